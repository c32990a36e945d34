import type { Alert } from '../domain/finding/alert.ts';

/** Most emails an hour: one every two minutes is more than a person reads with care. Others come as one email ... */
export const maxMailsPerHour = 30;
/** ... no more often than this. */
export const stormEverySec = 600;

/**
 * One email to send now. `alert`: about one finding. `group`: several with one cause. `digest`: unrelated ones, at
 * finance's hours. `storm`: more than a person reads one by one.
 */
export interface PlannedMail {
  readonly kind: 'alert' | 'group' | 'digest' | 'storm';
  readonly to: readonly string[];
  /** At least one; the most severe first, of equal ones the first filed. */
  readonly alerts: readonly Alert[];
  /** Its key among the sent emails: emails of one topic keep a minimum distance. */
  readonly topic: string;
}
