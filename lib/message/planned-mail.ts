import type { Alert } from '../domain/finding/alert.ts';

/** One every two minutes is more than a person reads with care; what is beyond comes as one email ... */
export const mailsAnHour = 30;
/** ... no more often than this. */
export const stormEverySec = 600;

/**
 * One email to be sent now. `alert`: about one finding. `group`: several with one cause. `digest`: unrelated ones, at
 * finance's hours. `storm`: more than anybody reads one by one.
 */
export interface PlannedMail {
  readonly kind: 'alert' | 'group' | 'digest' | 'storm';
  readonly to: readonly string[];
  /** At least one; the most severe first, of equal ones the first filed. */
  readonly alerts: readonly Alert[];
  /** Its place in the memory of what was mailed: emails of one topic keep their distance. */
  readonly topic: string;
}
