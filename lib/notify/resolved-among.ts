import type { AccountState } from '../domain/account/account-state.ts';
import { lastSeenSec } from '../domain/account/episodes.ts';
import { hourOf } from '../domain/account/hour-counts.ts';
import type { AccountKey } from '../domain/events/billing-event.ts';
import { objectHash } from '../domain/events/object-hash.ts';
import type { Alert } from '../domain/finding/alert.ts';
import type { DetectorSummary } from '../domain/finding/detector-summary.ts';
import type { Finding } from '../domain/finding/finding.ts';
import { resolutionOf } from '../domain/finding/resolution-of.ts';
import { hourSec } from '../domain/time.ts';
import type { ResolvedAlert } from '../message/report/render-resolved.ts';
import { timeWords } from '../message/text/time-words.ts';
import type { AccountStore } from '../store/account/account-store.ts';
import type { RecordStore } from '../store/record/record-store.ts';

/** Sources of the current state. */
export interface Standing {
  readonly accounts: Pick<AccountStore, 'accounts' | 'loadState'>;
  readonly records: Pick<RecordStore, 'load'>;
  /** Every detector. */
  readonly detectors: readonly DetectorSummary[];
}

const atOnce = 16; //       records, so that thousands of open alerts are checked within a lease
const mostAnHour = 2_000; // customers; with more, as after a storm, each is checked every few hours

/**
 * Finds the open alerts of an account that are over by what arrived since, each with the reason in words. Where there
 * are too many for an hour, it checks another part of them each hour.
 * @param isTimeLeft once it is false, the rest is left to another hour
 */
export async function resolvedAmong(
  key: AccountKey,
  alerts: readonly Alert[],
  { accounts, records, detectors }: Standing,
  timeZone: string,
  nowSec: number,
  isTimeLeft: () => boolean,
): Promise<readonly ResolvedAlert[]> {
  const open = alerts.flatMap(({ finding, outcome }) => (outcome === null ? finding : []));
  const byCustomer = partOfHour([...Map.groupBy(open, ({ customer }) => customer)], nowSec);
  const summaryOf = ({ detector }: Finding) => detectors.find(({ id }) => id === detector);
  const resolutions = async (customer: string | null): Promise<(finding: Finding) => string | undefined> => {
    if (customer === null) {
      const { state } = await accounts.loadState(key);
      return (finding) => accountResolution(finding, summaryOf(finding), state, timeZone);
    }
    const { record } = await records.load({ ...key, customer });
    return (finding) => resolutionOf(finding, record, summaryOf(finding)?.resolvesBy);
  };
  const resolved: ResolvedAlert[] = [];
  for (let from = 0; from < byCustomer.length && isTimeLeft(); from += atOnce) {
    const some = byCustomer.slice(from, from + atOnce).map(async ([customer, findings]) => {
      const reasonOf = await resolutions(customer);
      return findings.flatMap((finding) => {
        const reason = reasonOf(finding);
        return reason === undefined ? [] : [{ finding, reason }];
      });
    });
    resolved.push(...(await Promise.all(some)).flat());
  }
  return resolved;
}

/**
 * Selects the customers to check in this hour, by hash: a customer stays in its part when others leave. The whole
 * account is in each part.
 */
function partOfHour(
  byCustomer: readonly (readonly [customer: string | null, Finding[]])[],
  nowSec: number,
): readonly (readonly [customer: string | null, Finding[]])[] {
  const parts = Math.ceil(byCustomer.length / mostAnHour);
  const turn = hourOf(nowSec) % Math.max(1, parts);
  return byCustomer.filter(([customer]) => customer === null || objectHash(customer) % parts === turn);
}

/** The reason why an alert about the whole account is over: its episode has not been seen for as long as ends it. */
function accountResolution(
  finding: Finding,
  detector: DetectorSummary | undefined,
  state: AccountState,
  timeZone: string,
): string | undefined {
  const lastSec = lastSeenSec(state.episodes, finding);
  if (detector?.overAfterHours === undefined || lastSec === undefined) return undefined;
  const lookedUntilSec = detector.kind === 'renewal' ? state.renewalsLookedUntil * hourSec : state.sweptAtSec; // renewals are judged days later
  const isOver = lookedUntilSec - lastSec > detector.overAfterHours * hourSec;
  return isOver ? `It was last seen at ${timeWords(lastSec, timeZone)}, and not again since.` : undefined;
}
