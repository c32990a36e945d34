import { Stryker } from '@stryker-mutator/core';
import { UsageError } from '../usage-error.ts';
import { strykerOptions, usage } from './stryker-options.ts';

mutants(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof UsageError ? error.message : error);
  process.exitCode = 1;
});

async function mutants(places: readonly string[]): Promise<void> {
  if (places.length === 0 || places.includes('--help')) console.log(usage);
  else await new Stryker(strykerOptions(places)).runMutationTest();
}
