/** What a finding of the whole account is about: a page of Stripe's dashboard. */
export function wholeAccount(object: string, nowSec: number) {
  return {
    customer: null,
    customerName: null,
    eventId: null,
    object,
    objectLabel: 'The whole account',
    atSec: nowSec,
    receivedAtSec: nowSec,
  };
}
