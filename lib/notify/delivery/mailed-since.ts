import type { AccountKey } from '../../domain/events/billing-event.ts';
import type { Alert } from '../../domain/finding/alert.ts';
import type { AlertStore } from '../../store/alert/alert-store.ts';

/**
 * Alerts in the order of mailing, without histories: no report shows one, and a storm's hundred thousand alerts then
 * fit into memory.
 */
export async function mailedSince(
  key: AccountKey,
  store: Pick<AlertStore, 'mailedSince'>,
  sinceSec: number,
): Promise<readonly Alert[]> {
  const alerts: Alert[] = [];
  for await (const alert of store.mailedSince(key, sinceSec)) {
    const finding = { ...alert.finding, history: { count: 0, points: [] }, breakdown: null };
    alerts.push({ ...alert, finding });
  }
  return alerts.sort(
    (a, b) => (a.mailedAtSec ?? 0) - (b.mailedAtSec ?? 0) || (a.finding.id < b.finding.id ? -1 : 1),
  );
}
