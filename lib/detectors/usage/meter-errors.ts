import type { UsageRefusedEvent } from '../../domain/events/billing-event.ts';
import { noBill } from '../../domain/finding/money-state.ts';
import { weekSec } from '../../domain/time.ts';
import { defineDetector } from '../define.ts';
import { type Examples, exampleUsageInvoice, monthAtSec } from '../examples/example-events.ts';

export const meterErrors = defineDetector({
  id: 'meter-errors',
  question: 'Does Stripe refuse usage that is reported to it, so that it is never billed?',
  certainty: 'proven',
  nextSteps: [
    'Open the meter in Stripe, or the list of meters where no meter takes the usage: their errors show what was refused, and examples.',
    'Have the team that reports usage correct it: an unknown customer, a bad value, a time too long ago, a meter that was deactivated.',
    'Report again what was refused, with its own timestamps: Stripe takes usage of the past 35 days.',
  ],
  blindSpots: [
    'How much was refused, and of which customers: the notice names the meter only.',
    'Usage that Stripe refuses at once, in its answer to the call that reports it.',
    'Usage that is never reported: see usage-drop.',
  ],
  on: ['usage_refused'],
  judge({ meter, occurredAtSec }) {
    const says = meter.id === 'meters' ? 'no meter takes it' : `meter ${meter.id} has errors`;
    return [
      {
        about: `${meter.id} ${Math.floor(occurredAtSec / weekSec)}`,
        severity: 'high',
        severityReason: 'What is refused is on no invoice until it is reported again.',
        summary: `Stripe could not count usage that was reported to it: ${says}.`,
        headline: `usage could not be counted, ${says}`,
        measure: { kind: 'quantity', unit: '', what: 'error reports of usage' },
        actual: 1,
        expected: { low: 0, high: 0 },
        boundary: null,
        rule: 'Every report by Stripe that usage was refused is an alert, once a week for each meter.',
        history: { count: 0, points: [] },
        breakdown: null,
        atStakeMinor: null,
        money: noBill(),
      },
    ];
  },
});

function exampleRefusal(meter: string): UsageRefusedEvent {
  const atSec = monthAtSec(0);
  return {
    id: 'evt_thin',
    account: 'self',
    livemode: true,
    customer: null,
    customerName: null,
    apiVersion: null,
    kind: 'usage_refused',
    occurredAtSec: atSec,
    receivedAtSec: atSec + 1,
    meter: { id: meter },
  };
}

export const examples: Examples = () => ({
  fires: [
    { name: 'errors at a meter', history: [], event: exampleRefusal('mtr_1') },
    { name: 'usage that no meter takes', history: [], event: exampleRefusal('meters') },
  ],
  quiet: [
    { name: 'usage that was counted', history: [], event: exampleUsageInvoice(0, 100_000) },
    { name: 'no usage', history: [], event: exampleUsageInvoice(0, 0) },
  ],
});
