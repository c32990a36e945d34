import type { UsageCustomer } from './demo-customer.ts';

/** Who pays Larchmoor Cloud for API calls. All names are made up. */
export const usageCustomers: readonly UsageCustomer[] = [
  {
    name: 'Hexley Maps',
    currency: 'usd',
    sinceMonths: 24,
    thousandCalls: 2_400,
    today: { minutesAgo: 9, fault: 'counted_four_times' },
  },
  { name: 'Parcelwise', currency: 'usd', sinceMonths: 18, thousandCalls: 860 },
  {
    name: 'Ninefold Weather',
    currency: 'usd',
    sinceMonths: 16,
    thousandCalls: 5_200,
    today: { minutesAgo: 41 },
  },
  { name: 'Tidemark Ticketing', currency: 'usd', sinceMonths: 9, thousandCalls: 1_300, declinedMonthsAgo: 3 },
  { name: 'Fahrplan Sieben GmbH', currency: 'eur', sinceMonths: 13, thousandCalls: 1_750, taxPercent: 19 },
];
