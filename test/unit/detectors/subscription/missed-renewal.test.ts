import { monthAtSec } from '../../../../lib/detectors/examples/example-events.ts';
import { examples } from '../../../../lib/detectors/subscription/missed-renewal.ts';
import { renewalLife } from '../../../fixtures/lives/renewal-life.ts';

const { fires, quiet } = examples();
const afterGraceSec = monthAtSec(1) + 50 * 3600;

it.each(fires.map(({ name, history }) => [name, history] as const))('fires at %s', async (_name, history) => {
  const [finding, ...others] = await renewalLife(history, afterGraceSec);
  expect(others).toEqual([]);
  expect(finding).toMatchObject({
    customer: 'cus_acme',
    object: 'sub_1',
    eventId: null,
    summary: expect.stringMatching(
      /^No invoice came for the renewal of cus_acme’s subscription, due 2026-01-31 .*\.$/,
    ),
    severityReason: expect.stringMatching(/\.$/),
    rule: expect.stringMatching(/\.$/),
  });
  expect(finding?.actual).toBeLessThan(finding?.boundary ?? Number.NaN);
});

it.each(quiet.map(({ name, history }) => [name, history] as const))(
  'is quiet at %s',
  async (_name, history) => {
    expect(await renewalLife(history, afterGraceSec)).toEqual([]);
  },
);

it('says what has not been billed, when the price list has it in the customer’s own currency', async () => {
  const amounts = await Promise.all(
    fires.map(async ({ history }) => (await renewalLife(history, afterGraceSec))[0]?.atStakeMinor),
  );
  expect(amounts).toEqual([41_000, null, null, null, null, null]);
});

it('fires once, however long the subscription stays without an invoice', async () => {
  const [example] = fires;
  expect(await renewalLife(example?.history ?? [], monthAtSec(4))).toHaveLength(1);
});
