import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { billingWatchApp } from '../../infra/billing-watch-app.ts';
import type { Config } from '../../infra/config.ts';
import { defaultSettings } from '../../lib/detectors/settings.ts';

export const settings: Config = {
  fromAddress: 'billingwatch@acme.test',
  senderIdentity: 'domain',
  financeRecipients: ['ann@acme.test', 'bob@acme.test'],
  platformRecipients: ['ops@acme.test'],
  routes: [{ to: ['cfo@acme.test'], severities: ['critical' as const] }],
  digestHours: [9],
  timeZone: 'Europe/Berlin',
  logRetentionDays: 30,
  webhookRatePerSec: 500,
  webhookBurst: 1000,
  webhookSilenceHours: 72,
  webhookReservedConcurrency: 0,
  detectorMaxConcurrency: 20,
  alertMaxConcurrency: 2,
  detection: defaultSettings,
};

export interface Synthesis {
  readonly app: App;
  readonly template: Template;
  /** What AWS's rules and our own warnings found, acknowledged ones left out. */
  readonly violations: readonly { readonly ruleName: string; readonly description: string }[];
}

interface ValidationReport {
  readonly pluginReports: readonly { readonly violations: Synthesis['violations'] }[];
}

/** The template as `cdk synth` makes it, without the seconds that bundling takes. */
export function synthesize(billingwatch: object = settings, change?: (app: App) => void): Synthesis {
  const outdir = mkdtempSync(join(tmpdir(), 'billingwatch-synth-'));
  const context = { billingwatch, 'aws:cdk:bundling-stacks': [], 'aws:cdk:enable-path-metadata': true };
  const app = billingWatchApp(context, outdir);
  change?.(app);
  try {
    const template = Template.fromJSON(app.synth().getStackByName('BillingWatch').template);
    const report: ValidationReport = JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8'));
    return { app, template, violations: report.pluginReports.flatMap(({ violations }) => violations) };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
