import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import cdkJson from '../cdk.json' with { type: 'json' };
import { BillingWatchStack } from './billing-watch-stack.ts';
import { parseConfig } from './config.ts';

/** Which bundle belongs to which function, for `npm start`; the CDK's command line asks for it by itself. */
const assetPaths = { 'aws:cdk:enable-asset-metadata': true };

/**
 * The whole app with cdk.json's settings, the same whether the CDK's command line runs it or not;
 * synthesis fails when it breaks one of AWS's rules without a reason.
 *
 * @param context set over cdk.json's
 * @throws ConfigError when a setting can't be used
 */
export function billingWatchApp(context: Readonly<Record<string, unknown>> = {}, outdir?: string): App {
  const app = new App({
    context: { ...assetPaths, ...cdkJson.context, ...context },
    outdir: outdir ?? process.env.CDK_OUTDIR ?? cdkJson.output,
  });
  new BillingWatchStack(app, 'BillingWatch', parseConfig(app.node.tryGetContext('billingwatch')));
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return app;
}
