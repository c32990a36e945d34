/*
 * What a million webhooks cost at list prices of us-east-1: the sums of the table in docs/architecture.md. Counts are
 * measured by webhook-cost.contract.test.ts; how long a Lambda runs is assumed, as it was not measured on AWS.
 */

/** An event of a type that we use, in units of DynamoDB. */
export const unitsAnEvent = {
  /** The record; and for one event in five, of which something of the same second came before, the kept events. */
  reads: 1.25,
  record: 1,
  /** Invoices and charges are kept, to be judged again: one unit; an invoice of many lines takes two. */
  recent: 0.9,
  /** A batch has one item for each hour that it covers: ten events of a busy night, two or three. */
  counts: { 1: 1, 10: 0.3 },
  /** A subscription event notes when the next renewal is due; about one in seven is one. */
  calendar: 0.15,
};

/** Bytes of log, with the 26 that CloudWatch adds to each line. test/infra/stack and webhook-wiring hold the first parts. */
export const logBytes = { webhook: 45 + 26, ignoredEvent: 253 + 26 };

const assumedMs = { webhook: 15, detector: { 1: 20, 10: 60 } };
const memoryGb = 0.5;

export type BatchSize = 1 | 10;

interface Row {
  readonly what: string;
  readonly unit: string;
  readonly dollarsAUnit: number;
  readonly units: number;
}

/** @param used share of the webhooks that are of types that we use */
export function costsOfMillion(used: number, batch: BatchSize): readonly Row[] {
  const { reads, record, recent, counts, calendar } = unitsAnEvent;
  const gbSec = 1e3 * memoryGb * (assumedMs.webhook + (used * assumedMs.detector[batch]) / batch);
  const logGb = (logBytes.webhook + (1 - used) * logBytes.ignoredEvent) / 1e3;
  return [
    { what: 'API Gateway', unit: 'million requests', dollarsAUnit: 1, units: 1 },
    { what: 'Lambda', unit: 'million requests', dollarsAUnit: 0.2, units: 1 + used / batch },
    { what: 'Lambda, ARM', unit: 'thousand GB-s', dollarsAUnit: 0.0133334, units: gbSec / 1e3 },
    { what: 'SQS FIFO', unit: 'million requests', dollarsAUnit: 0.5, units: used * (1 + 2 / batch) },
    { what: 'DynamoDB', unit: 'million reads', dollarsAUnit: 0.125, units: used * reads },
    {
      what: 'DynamoDB',
      unit: 'million writes',
      dollarsAUnit: 0.625,
      units: used * (record + recent + counts[batch] + calendar),
    },
    { what: 'CloudWatch Logs', unit: 'GB', dollarsAUnit: 0.5, units: logGb },
  ];
}

export function dollars(rows: readonly Row[]): number {
  return rows.reduce((sum, { dollarsAUnit, units }) => sum + dollarsAUnit * units, 0);
}

/** The table of docs/architecture.md, line by line. */
export function costTable(): readonly string[] {
  const used = 2 / 3;
  const [one, ten] = [costsOfMillion(used, 1), costsOfMillion(used, 10)];
  const cells = ({ dollarsAUnit, units }: Row) => [units.toFixed(2), (dollarsAUnit * units).toFixed(2)];
  const rows = one.map((row, index) => [
    row.what,
    `${row.dollarsAUnit} a ${row.unit}`,
    ...cells(row),
    ...cells(ten[index] ?? row),
  ]);
  const sums = (share: number) =>
    ([1, 10] as const).flatMap((batch) => ['', `**${dollars(costsOfMillion(share, batch)).toFixed(2)}**`]);
  return [...rows, ['**sum**', '', ...sums(used)], ['**sum, if all are used**', '', ...sums(1)]].map(
    (row) => `| ${row.join(' | ')} |`,
  );
}
