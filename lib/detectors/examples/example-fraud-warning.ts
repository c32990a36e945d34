import type { FraudWarningEvent } from '../../domain/events/billing-event.ts';
import type { FraudWarning } from '../../domain/events/fraud-warning.ts';
import { daySec } from '../../domain/time.ts';
import { monthAtSec } from './example-events.ts';

/** What a card's issuer says of the charge of the month. */
export function exampleFraudWarning(month: number, changes: Partial<FraudWarning> = {}): FraudWarningEvent {
  const occurredAtSec = monthAtSec(month) + daySec;
  return {
    account: 'self',
    livemode: true,
    apiVersion: '2026-10-28.endive',
    customer: null,
    customerName: null,
    id: `evt_fraud_warning_${month}`,
    kind: 'fraud_warning_received',
    occurredAtSec,
    receivedAtSec: occurredAtSec + 1,
    warning: {
      charge: `ch_${month}`,
      actionable: true,
      fraudType: 'made_with_stolen_card',
      ...changes,
    },
  };
}
