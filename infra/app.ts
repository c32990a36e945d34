import { billingWatchApp } from './billing-watch-app.ts';
import { ConfigError } from './config.ts';

try {
  billingWatchApp().synth();
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
