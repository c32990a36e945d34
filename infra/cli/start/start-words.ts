import { styleText } from 'node:util';
import type { Finding } from '../../../lib/domain/finding/finding.ts';
import { cleanFinding } from '../../../lib/message/clean-finding.ts';
import { moneyStateWords } from '../../../lib/message/money-state-words.ts';
import type { Counts, LocalSystem } from '../../local/local-system.ts';

/** What `npm start` says, for one output: colours only where that is a terminal which wants them. */
export function startWords(stream: NodeJS.WriteStream) {
  const bold = (text: string) => styleText('bold', text, { stream });
  const dim = (text: string) => styleText('dim', text, { stream });

  return {
    welcome: ({ webhookUrl, mailUrl }: LocalSystem, signingSecrets: string): readonly string[] => [
      bold('BillingWatch is running on this machine.'),
      '',
      `  Mailbox   ${bold(mailUrl)}`,
      `  Webhook   ${bold(webhookUrl)}`,
      `  Secret    ${signingSecrets}`,
      '',
      dim('  Your own Stripe test mode, in two terminals:'),
      dim('    STRIPE_WEBHOOK_SECRET=$(stripe listen --print-secret) npm start -- --no-demo'),
      dim(`    stripe listen --forward-to ${webhookUrl.replace('http://', '')}`),
      '',
    ],

    finding(finding: Finding, nowSec: number): string {
      const { severity, summary, money } = cleanFinding(finding);
      const { brief } = moneyStateWords(money, nowSec, 'UTC');
      const label = styleText(severityStyles[severity], severity.toUpperCase().padEnd(9), { stream });
      return `  ${label} ${summary}${brief === null ? '' : dim(` (${brief})`)}`;
    },

    denied: (advice: string): string => `  ${styleText('red', 'DENIED'.padEnd(9), { stream })} ${advice}`,

    summary({ seconds, ...counts }: Counts & { readonly seconds: number }): readonly string[] {
      const rows = [
        ['Webhooks', counts.webhooks.toLocaleString('en')],
        ['Findings', counts.findings.toLocaleString('en')],
        ['Emails', counts.emails.toLocaleString('en')],
        ['Dead letters', counts.deadLetters.toLocaleString('en')],
        ['Seconds', seconds.toFixed(1)],
      ] as const;
      const problems = [
        counts.deadLetters > 0 && '  Messages were given up on: --verbose shows why.',
        counts.emails < counts.findings && '  A finding was not mailed: --verbose shows why.',
      ].filter((problem) => problem !== false);
      return [
        '',
        ...rows.map(([name, value]) => `  ${name.padEnd(12)} ${bold(value.padStart(7))}`),
        '',
        ...problems,
      ];
    },
  };
}

const severityStyles = { low: 'blue', medium: 'cyan', high: 'yellow', critical: 'red' } as const;
