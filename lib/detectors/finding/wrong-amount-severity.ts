import type { Severity } from '../../domain/finding/finding.ts';
import type { InvoiceMoneyState } from '../../domain/finding/money-state.ts';
import { approximateUsd } from '../../domain/money/approximate-usd.ts';
import { formatMoney } from '../../domain/money/money.ts';

const lowDollars = 20; //   less at stake is of low severity, whatever the invoice's state
const highDollars = 500; // more is one step more severe

const consequence: Readonly<Record<InvoiceMoneyState['state'], string>> = {
  upcoming: 'it can still be corrected before the invoice is made',
  draft: 'it can still be corrected before it is finalised',
  open: 'the customer has been asked to pay',
  paid: 'the customer has been charged already',
  uncollectible: 'the invoice has been given up as uncollectible',
  void: 'the invoice is void',
};

/**
 * How bad it is that an amount on an invoice is wrong, and the sentence that says why.
 * @param atStakeMinor how far the two amounts are apart, not negative
 */
export function wrongAmountSeverity(
  atStakeMinor: number,
  money: InvoiceMoneyState,
): { severity: Severity; severityReason: string } {
  const apart = formatMoney(atStakeMinor, money.currency);
  return {
    severity: severityOf(atStakeMinor, money),
    severityReason: `The two amounts are ${apart} apart, and ${consequence[money.state]}.`,
  };
}

/** Money already asked for or taken is one step worse than money on a draft. */
function severityOf(atStakeMinor: number, { state, currency }: InvoiceMoneyState): Severity {
  if (atStakeMinor < approximateUsd(lowDollars, currency)) return 'low';
  const isLarge = atStakeMinor >= approximateUsd(highDollars, currency);
  if (state === 'open' || state === 'paid') return isLarge ? 'critical' : 'high';
  return isLarge ? 'high' : 'medium';
}
