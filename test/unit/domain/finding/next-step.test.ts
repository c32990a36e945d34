import { eventDetectors } from '../../../../lib/detectors/registry.ts';
import { stepsFor } from '../../../../lib/domain/finding/next-step.ts';

it('says what fits the state of the money, and nothing that does not', () => {
  const steps = ['Open it.', { draft: 'Edit it.', paid: 'Refund it.' }, 'Inform the customer.'];
  expect(stepsFor('draft', steps)).toEqual(['Open it.', 'Edit it.', 'Inform the customer.']);
  expect(stepsFor('paid', steps)).toEqual(['Open it.', 'Refund it.', 'Inform the customer.']);
  expect(stepsFor('failed', steps)).toEqual(['Open it.', 'Inform the customer.']);
});

it.each(eventDetectors.map(({ id, nextSteps }) => [id, nextSteps] as const))(
  '%s asks of no bill that was charged what is possible with a draft only',
  (_id, nextSteps) => {
    const [first] = stepsFor('paid', nextSteps);
    expect(first).toMatch(/^\p{Lu}.*[.?]$/u);
    expect(stepsFor('paid', nextSteps).join(' ')).not.toMatch(/draft|auto_advance|before it is finalised/);
    expect(stepsFor('open', nextSteps).join(' ')).not.toMatch(/draft|auto_advance|before it is finalised/);
  },
);
