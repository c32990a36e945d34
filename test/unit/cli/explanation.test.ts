import { stripVTControlCharacters } from 'node:util';
import { explanationOf } from '../../../infra/cli/replay/explanation.ts';
import { explanationLines } from '../../../infra/cli/replay/explanation-lines.ts';
import { judgeAndLearn } from '../../../lib/detect/pipeline.ts';
import { plainContext } from '../../../lib/detectors/context.ts';
import { type Example, exampleCharge, monthly } from '../../../lib/detectors/examples/example-events.ts';
import { eventDetectors } from '../../../lib/detectors/registry.ts';
import { emptyRecord } from '../../../lib/domain/record/customer-record.ts';
import { examplesOf } from '../../fixtures/examples-of.ts';

const { fires, quiet } = examplesOf('amount-spike')();
const all = eventDetectors.flatMap(({ id }) => Object.values(examplesOf(id)()).flat());

/** The explanation of a case's event, judged after its history. */
function explain({ history, event }: Omit<Example, 'name'>, without: readonly string[] = []) {
  const explanation = explanationOf(event.id);
  const record = history.reduce((before, past) => judgeAndLearn(past, before, []).record, emptyRecord);
  const trace = explanation.traceOf(event);
  const context = { ...plainContext, without: new Set(without), trace };
  const { outcome, findings } = judgeAndLearn(event, record, eventDetectors, context);
  explanation.isOver(outcome);
  const explained = explanation.explained();
  if (explained === undefined) throw new Error('Nothing was taken down.');
  const lines = explanationLines(explained, eventDetectors, process.stdout).map(stripVTControlCharacters);
  return { text: lines.join('\n'), lines, findings };
}

function named(cases: readonly Example[], name: string): Example {
  const found = cases.find((one) => one.name === name);
  if (found === undefined) throw new Error(`No case is named ${name}.`);
  return found;
}

it('says why nothing was found: too little history', () => {
  const { text } = explain(named(quiet, 'too little history'));
  expect(text).toContain('    = 4 amounts to compare with, and 5 are needed');
  expect(text).toContain('  explain\n    not asked');
  expect(text).toContain('  silent because there is too little history');
  expect(text).toContain('Found\n  nothing');
});

it('says why nothing was found: the amount is within its boundary', () => {
  const { text } = explain(named(quiet, 'the usual amount'));
  expect(text).toContain('  silent because $410.00 is not above the boundary of ');
});

it('says which rule explained the amount, with its numbers', () => {
  const { text } = explain(named(quiet, 'five times the seats, as set on the subscription'));
  expect(text).toMatch(/^ {4}as-planned +usual up to \$3,280\.00$/m);
  expect(text).toContain('  silent because $2,050.00 is not above the boundary of $3,280.00');
});

it('says which rule suppressed it', () => {
  const { text } = explain(named(quiet, 'what was reported the month before, and continues'));
  expect(text).toMatch(/^ {4}ongoing +drops the spike$/m);
  expect(text).toContain('  silent because of ongoing: Drops what was alerted the last time and continues.');
});

it('says which rules were left out', () => {
  const { text } = explain(named(quiet, 'what was reported the month before, and continues'), ['ongoing']);
  expect(text).toMatch(/^ {4}ongoing +left out$/m);
  expect(text).toContain('Found\n  amount-spike: ');
});

it('says to which detector a finding yields', () => {
  const { text } = explain(named(quiet, 'the price at ten times its amount, which price-drift says'));
  expect(text).toMatch(/^ {2}amount-spike: \w+, not sent, as it yields to price-drift$/m);
  expect(text).toMatch(/^ {2}price-drift: \w+, sent$/m);
});

it('says who looks at such an event and who does not, and of a test clock', () => {
  const event = exampleCharge(6, 410_000);
  const history = monthly(exampleCharge, [41_000, 41_000, 41_000, 41_000, 41_000]);
  expect(explain({ history, event }).text).toMatch(
    /^Do not look at charge_succeeded\n {2}amount-drop, discount-change/m,
  );
  const simulated = { ...event, livemode: false, isSimulated: true } as const;
  expect(explain({ history, event: simulated }).text).toContain(
    'silent because the customer lives by a test clock',
  );
  const failed = exampleCharge(6, 410_000, {}, 'charge_failed');
  expect(explain({ history, event: failed }).text).toContain(
    'silent because it does not look at charge_failed',
  );
});

it('says that an event is a repeat, and explains the first of several deliveries', () => {
  const [example] = fires as [Example];
  const { history, event } = example;
  expect(explain({ history: [...history, event], event }).text).toContain('It is a repeat: ');
  const explanation = explanationOf(event.id);
  const trace = explanation.traceOf(event);
  judgeAndLearn(event, emptyRecord, eventDetectors, { ...plainContext, trace });
  explanation.isOver('new');
  expect(explanation.traceOf(event)).toBeUndefined();
});

it('changes no finding, and fits into 100 columns', () => {
  for (const example of all) {
    const { lines, findings } = explain(example);
    const record = example.history.reduce(
      (before, past) => judgeAndLearn(past, before, []).record,
      emptyRecord,
    );
    expect(findings).toEqual(judgeAndLearn(example.event, record, eventDetectors).findings);
    expect(lines.filter((line) => line.length > 100)).toEqual([]);
  }
});
