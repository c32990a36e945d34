import { daySec } from '../../domain/time.ts';
import { type Fields, id } from './fields.ts';

const aheadSec = daySec; //       clocks that go wrong are wrong by less
const behindSec = 31 * daySec; // Stripe keeps events for 30 days; what is older it can't send

/**
 * Whether an event's times are those of a test clock, which can stand anywhere: its object names one, or its time is one
 * from which no event can come. Only test mode has test clocks.
 * @param object of the event
 */
export function isSimulatedTime(
  { livemode, occurredAtSec }: { readonly livemode: boolean; readonly occurredAtSec: number },
  object: Fields,
  receivedAtSec: number,
): boolean {
  if (livemode) return false;
  const ageSec = receivedAtSec - occurredAtSec;
  return id(object.test_clock) !== null || ageSec < -aheadSec || ageSec > behindSec;
}
