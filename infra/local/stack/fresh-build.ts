import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { StartError } from '../start-error.ts';
import { withLock } from './with-lock.ts';

const root = join(import.meta.dirname, '../../..');
const assembly = join(root, 'cdk.out');

/** What goes into the template and the bundles; of infra/, not what only runs on this machine. */
const sources = ['functions', 'lib', 'infra', 'cdk.json', 'package-lock.json', 'tsconfig.json'];
const notDeployed = [join(root, 'infra/local'), join(root, 'infra/cli')];

/**
 * The folder with the synthesized stack, built again by `cdk synth` when it is missing or older than its sources.
 * @param onBuild called before that, as it takes some seconds
 * @throws StartError with the last lines of a synthesis that failed
 */
export async function freshBuild(onBuild: () => void): Promise<string> {
  if (isFresh()) return assembly;
  onBuild();
  // Tests side by side ask for it at once, and the CDK refuses to write where another one writes.
  await withLock(`${assembly}.lock`, async () => {
    if (!isFresh()) await synthesize();
  });
  return assembly;
}

function isFresh(): boolean {
  const manifest = join(assembly, 'manifest.json');
  return existsSync(manifest) && statSync(manifest).mtimeMs > newestMs(sources.map((one) => join(root, one)));
}

/** Folders count too: theirs is the time at which a file in them was added or deleted. */
function newestMs(paths: readonly string[]): number {
  const times = paths.map((path) => {
    if (notDeployed.includes(path)) return 0;
    const { mtimeMs } = statSync(path);
    const inside = readdirIfFolder(path).map((name) => join(path, name));
    return Math.max(mtimeMs, inside.length > 0 ? newestMs(inside) : 0);
  });
  return Math.max(...times);
}

const readdirIfFolder = (path: string): string[] => (statSync(path).isDirectory() ? readdirSync(path) : []);

async function synthesize(): Promise<void> {
  const path = [dirname(process.execPath), join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter);
  const cdk = spawn(process.execPath, ['node_modules/aws-cdk/bin/cdk', 'synth', '--quiet'], {
    cwd: root,
    env: { ...process.env, PATH: path },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exit = new Promise<number | null>((resolve) => {
    cdk.once('close', resolve);
  });
  const [code, stdout, stderr] = await Promise.all([exit, text(cdk.stdout), text(cdk.stderr)]);
  if (code === 0) return;
  const lastLines = `${stdout}${stderr}`.trim().split('\n').slice(-15).join('\n');
  throw new StartError(
    `The build failed; \`npm run synth\` shows all of it. Its last lines:\n\n${lastLines}`,
  );
}
