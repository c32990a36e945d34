import type { FraudWarning } from '../../domain/events/fraud-warning.ts';
import { type Fields, flag, id, needed } from './fields.ts';

const fraudTypeShape = /^[a-z_]{1,60}$/;

/**
 * Stripe's early fraud warning in our words.
 * @throws UnreadableEventError without the charge that it is about
 */
export function normalizeFraudWarning(warning: Fields): FraudWarning {
  const { fraud_type: fraudType } = warning;
  return {
    charge: needed(id(warning.charge), 'early_fraud_warning.charge'),
    actionable: flag(warning.actionable),
    fraudType: typeof fraudType === 'string' && fraudTypeShape.test(fraudType) ? fraudType : null,
  };
}
