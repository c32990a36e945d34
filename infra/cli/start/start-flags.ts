import { parseArgs } from 'node:util';
import { UsageError, usageErrorFrom } from '../usage-error.ts';

export const usage = `npm start -- [flags]     BillingWatch on this machine, with a made-up company to watch

  --no-demo       start with nothing: post your own webhooks
  --once          stop after the demo; exit 1 when a message was lost or an email is missing
  --json          last line: {"webhooks","findings","emails","deadLetters","seconds"}; all else on stderr
  --port N        of the webhook (4242; 0 takes any free one)
  --mail-port N   of the mailbox (4243)
  --verbose       show what the functions log
  --help          this text

STRIPE_WEBHOOK_SECRET is the signing secret, if set.`;

/**
 * @example startFlags(['--once', '--port', '5000']) // { once: true, port: 5000, mailPort: 4243, demo: true, ... }
 * @throws UsageError
 */
export function startFlags(args: string[]) {
  const { values } = parse(args);
  const port = portOf('--port', values.port);
  const mailPort = portOf('--mail-port', values['mail-port']);
  if (port === mailPort && port !== 0) {
    throw new UsageError(
      `--port and --mail-port are both ${port}: choose another for one of them, e.g. --mail-port 0.`,
    );
  }
  return {
    demo: values['no-demo'] !== true,
    once: values.once === true,
    json: values.json === true,
    verbose: values.verbose === true,
    help: values.help === true,
    port,
    mailPort,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        'no-demo': { type: 'boolean' },
        once: { type: 'boolean' },
        json: { type: 'boolean' },
        verbose: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
        port: { type: 'string', default: '4242' },
        'mail-port': { type: 'string', default: '4243' },
      },
    });
  } catch (error) {
    throw usageErrorFrom(error);
  }
}

function portOf(flag: string, text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new UsageError(`${flag} takes a port from 0 to 65535, not "${text}".`);
}
