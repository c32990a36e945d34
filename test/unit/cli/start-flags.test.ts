import { startFlags } from '../../../infra/cli/start/start-flags.ts';
import { UsageError } from '../../../infra/cli/usage-error.ts';

it.each([
  [['--port', '5000', '--mail-port', '5000'], '--port and --mail-port are both 5000'],
  [['--port', '4243'], '--port and --mail-port are both 4243'],
  [['--mail-port', '4242'], '--port and --mail-port are both 4242'],
])('refuses one port for both servers: %j', (args, sentence) => {
  expect(() => startFlags(args)).toThrow(UsageError);
  expect(() => startFlags(args)).toThrow(`${sentence}: choose another for one of them, e.g. --mail-port 0.`);
});

it('takes any free port for both', () => {
  expect(startFlags(['--port', '0', '--mail-port', '0'])).toMatchObject({ port: 0, mailPort: 0 });
});
