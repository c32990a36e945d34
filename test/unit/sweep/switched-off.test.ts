import { accountDetectors } from '../../../lib/detectors/registry.ts';
import { emptyAccountState } from '../../../lib/domain/account/account-state.ts';
import { sweepAccount } from '../../../lib/sweep/sweep.ts';

const key = { account: 'self', livemode: true };
const nowSec = 1_800_000_000;

/** A detector that always finds, for the place of another. */
function always(id: string) {
  const [model] = accountDetectors;
  if (model === undefined) throw new Error('there is no detector of accounts');
  const judgement = {
    sinceSec: nowSec - 3_600,
    page: 'payments',
    severity: 'high',
    severityReason: 'It is planted.',
    summary: 'It is planted.',
    headline: 'planted',
    money: { state: 'paid' },
  };
  return { ...model, id, judge: () => judgement as unknown as ReturnType<typeof model.judge> };
}

it('leaves out what a detector finds that is off, and remembers its episode, which others ask for', () => {
  const detectors = [always('revenue-drop'), always('webhook-silence')];
  const { findings, episodes } = sweepAccount(
    key,
    emptyAccountState,
    new Map(),
    nowSec,
    detectors,
    [],
    ['revenue-drop'],
  );
  expect(findings.map(({ detector }) => detector)).toEqual(['webhook-silence']);
  expect([...episodes.keys()].sort()).toEqual(['revenue-drop', 'webhook-silence']);
});
