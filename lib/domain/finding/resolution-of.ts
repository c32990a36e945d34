import { objectHash } from '../events/object-hash.ts';
import { formatMoney } from '../money/money.ts';
import type { CustomerRecord, Part } from '../record/customer-record.ts';
import type { Observation, Series } from '../record/series.ts';
import type { DetectorSummary } from './detector-summary.ts';
import type { Finding } from './finding.ts';

/**
 * Why a finding about one bill is over, as a sentence, from what came in since; undefined while it is open. Pure.
 * For example, `resolutionOf(draftSpike, record, 'amount')` is 'The invoice was voided: it is no longer owed.'.
 * @param record of the finding's customer, as it is now
 * @param resolvesBy what its detector says: an amount is over once it is as expected again
 */
export function resolutionOf(
  finding: Finding,
  record: CustomerRecord,
  resolvesBy: DetectorSummary['resolvesBy'],
): string | undefined {
  const { object, money } = finding;
  const isOwn = ({ hash }: Observation): boolean => hash === objectHash(object);
  if (object.startsWith('ch_'))
    return (
      givenBack(finding, 'refunded', record.setbacks, isOwn) ??
      (resolvesBy === 'amount' ? nextIsUsual(finding, record.charges, isOwn) : undefined)
    );
  if (!object.startsWith('in_')) return undefined;
  if ([...record.invoices.values()].some((series) => series.some((one) => isOwn(one) && one.voided)))
    return 'The invoice was voided: it is no longer owed.';
  const credited = givenBack(finding, 'credited', record.setbacks, isOwn);
  if (credited !== undefined) return credited;
  if (resolvesBy !== 'amount') return undefined;
  const amount = ownValue(record.invoices, isOwn);
  return amount !== undefined && isUsual(finding, amount)
    ? `The invoice was changed: it is ${formatMoney(amount, money.currency)} now, and no longer stands out.`
    : nextIsUsual(finding, record.invoices, isOwn);
}

const ofAmounts = /^(recurring|one_off|charge):/;

/** All that is at stake was refunded or credited. */
function givenBack(
  { atStakeMinor, money: { currency } }: Finding,
  word: 'refunded' | 'credited',
  setbacks: Part,
  isOwn: (one: Observation) => boolean,
): string | undefined {
  const back = (setbacks.get(`${word}:${currency}`) ?? [])
    .filter(isOwn)
    .reduce((sum, { value }) => sum + value, 0);
  if (atStakeMinor === null || back === 0 || back < atStakeMinor) return undefined;
  const amount = formatMoney(back, currency);
  return word === 'refunded'
    ? `The charge was refunded: ${amount} went back to the customer.`
    : `A credit note was issued: ${amount} was taken off the invoice.`;
}

function nextIsUsual(finding: Finding, part: Part, isOwn: (one: Observation) => boolean): string | undefined {
  const series = seriesWith(part, isOwn) ?? [];
  const next = series.slice(series.findIndex(isOwn) + 1).find(({ voided }) => !voided);
  return next !== undefined && isUsual(finding, next.value)
    ? `The next one, of ${formatMoney(next.value, finding.money.currency)}, does not stand out.`
    : undefined;
}

function ownValue(part: Part, isOwn: (one: Observation) => boolean): number | undefined {
  return seriesWith(part, isOwn)?.find(isOwn)?.value;
}

/** The series of amounts that holds the finding's object. */
function seriesWith(part: Part, isOwn: (one: Observation) => boolean): Series | undefined {
  return [...part].find(([key, series]) => ofAmounts.test(key) && series.some(isOwn))?.[1];
}

function isUsual({ expected }: Finding, value: number): boolean {
  return value >= expected.low && value <= expected.high;
}
