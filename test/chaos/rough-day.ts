import type { Faults } from './invocations.ts';

/** Most events meet several of these on their way. */
export const roughDay: Faults = { refused: 5, lost: 2, killed: 2 };
