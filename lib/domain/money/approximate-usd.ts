import { minorExponent } from './money.ts';

/**
 * Units of a currency that are worth about one US dollar, where that is far from one (rounded rates of 2025).
 * Only the order of magnitude matters: it sets floors and severities, never an amount that anyone reads.
 */
const unitsPerDollar: Readonly<Record<string, number>> = {
  ars: 1400,
  bdt: 120,
  brl: 5.5,
  clp: 950,
  cny: 7,
  cop: 4000,
  czk: 21,
  dkk: 6.5,
  egp: 48,
  gnf: 8600,
  hkd: 8,
  huf: 340,
  idr: 16000,
  ils: 3.5,
  inr: 88,
  isk: 122,
  jpy: 150,
  kes: 129,
  krw: 1400,
  lkr: 300,
  mad: 9,
  mga: 4500,
  mxn: 18,
  myr: 4.2,
  ngn: 1500,
  nok: 10,
  pen: 3.5,
  php: 58,
  pkr: 280,
  pln: 3.7,
  pyg: 7200,
  rsd: 100,
  rub: 80,
  rwf: 1450,
  sar: 3.75,
  sek: 9.5,
  thb: 32,
  try: 42,
  twd: 31,
  tzs: 2500,
  uah: 42,
  ugx: 3600,
  uyu: 40,
  vnd: 26000,
  xaf: 565,
  xof: 565,
  zar: 17.5,
};

/**
 * About so many US dollars, in minor units of the currency.
 * @example approximateUsd(5, 'usd') // 500, approximateUsd(5, 'jpy') // 750
 */
export function approximateUsd(dollars: number, currency: string): number {
  return Math.round(dollars * (unitsPerDollar[currency] ?? 1) * 10 ** minorExponent(currency));
}
