import { systemWords } from './system-words.ts';

/**
 * Ends the program once its output can't be written: silently when its reader has stopped, as in `replay FILE | head`,
 * else with one sentence and exit code 1.
 */
export function watchOutput(): void {
  process.stdout.on('error', (error) => {
    if ('code' in error && error.code === 'EPIPE') process.exit(0);
    console.error(`The output can't be written: ${systemWords(error)}`);
    process.exit(1);
  });
}
