import type { Finding } from '../../../../lib/domain/finding/finding.ts';
import { builtMail } from '../built-message.ts';
import { collections, drifts, planned } from '../sample-collections.ts';
import { cardTesting, draftSpike, yenCharge } from '../sample-findings.ts';

const { meterGroup, storm } = collections;

it('counts the lines that it has, and says that all are listed where they are', async () => {
  const { text } = await builtMail(storm);
  const own = Number(/(\d+) findings of 101 are listed/.exec(text)?.[1]);
  const inFull = text.match(/^State: /gm)?.length ?? 0; // of one finding, or of a cause, which is in lines
  const inLines = text.match(/^At stake: /gm)?.length ?? 0;
  const causes = text.match(/^Not listed here: /gm)?.length ?? 0;
  expect(own).toBe(inFull - causes + inLines);
  const few = planned('storm', [draftSpike, cardTesting], 'storm');
  expect((await builtMail(few)).text).toContain('All of them are listed below.');
});

it('names customers as they are written, and begins other lines with a capital', async () => {
  const named = ['eBay', null, null].map((customerName, index): Finding => {
    const customer = ['cus_ebay', 'cus_9f3', 'card_a'][index] ?? null;
    return { ...draftSpike, id: `named${index}`, object: `in_named${index}`, customer, customerName };
  });
  const first = [1, 2, 3, 4, 5].map(
    (nth): Finding => ({ ...yenCharge, id: `first${nth}`, object: `ch_${nth}` }),
  );
  const { text } = await builtMail(planned('digest', [...first, ...named], 'digest'));
  for (const line of [/^eBay: /m, /^cus_9f3: /m, /^A guest: /m]) expect(text).toMatch(line);
  expect(text).not.toMatch(/EBay|Cus_/);
});

it('says of a price that is only unusual what decimal-shift finds: that it is billed, not that it is not', async () => {
  const shifted = drifts
    .slice(0, 3)
    .map((finding) => ({ ...finding, cause: 'shifted_price:price_1QvTeamPlan' }));
  const { text } = await builtMail(planned('group', shifted, 'shifted_price:price_1QvTeamPlan'));
  expect(text).toMatch(/^3 invoices bill Team plan at an unusual price/);
  expect(text).toContain('which has the digits of the price before, with the decimal point elsewhere.');
  expect(text).not.toMatch(/wrong price|bill another amount/);
});

it('calls forecasts of invoices upcoming invoices, and only charges payments', async () => {
  const upcoming = meterGroup.alerts.map(({ finding }, index) => ({
    ...finding,
    object: `sub_${index}`,
    money: { ...finding.money, state: 'upcoming' as const },
  }));
  const { text } = await builtMail(planned('group', upcoming, 'meter:price_1QvCalls'));
  expect(text).toMatch(/^3 upcoming invoices count unusual usage/);
});
