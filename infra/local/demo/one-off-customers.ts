import type { OneOffCustomer } from './demo-customer.ts';

/** Who buys message credits of Larchmoor Cloud. All names are made up. */
export const oneOffCustomers: readonly OneOffCustomer[] = [
  { name: 'Amberley Events', currency: 'usd', packMinor: 3_000 },
  { name: 'Stonegate Tutors', currency: 'usd', packMinor: 1_100, today: { minutesAgo: 96 } },
  { name: 'Lindqvist Konserter AB', currency: 'eur', packMinor: 2_400 },
  {
    name: 'Hoshizora Travel K.K.',
    currency: 'jpy',
    packMinor: 9_600,
    today: { minutesAgo: 4, fault: 'a_hundred_times' },
  },
];
