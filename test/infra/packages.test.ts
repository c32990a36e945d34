import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import lock from '../../package-lock.json' with { type: 'json' };

interface Locked {
  readonly license?: string;
  readonly dev?: boolean;
  readonly version?: string;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const permissive = /^(MIT|MIT-0|Apache-2\.0|ISC|0BSD|BSD-[23]-Clause)$/;

const root = join(__dirname, '../..');
const locked: ReadonlyMap<string, Locked> = new Map(Object.entries(lock.packages));

/** Where npm finds a dependency of the package at a path: next to it, or further up. */
function lockedFor(path: string, name: string): Locked | undefined {
  const here = locked.get(`${path === '' ? '' : `${path}/`}node_modules/${name}`);
  if (here !== undefined || path === '') return here;
  return lockedFor(path.slice(0, Math.max(0, path.lastIndexOf('node_modules/') - 1)), name);
}

function runsOn({ os, cpu }: Locked, [system, processor]: readonly [string, string]): boolean {
  return os?.includes(system) === true && cpu?.includes(processor) === true;
}

/** Packages that leave their native part to one package a platform. */
const native = [...locked].flatMap(([path, { optionalDependencies = {} }]) => {
  const names = Object.keys(optionalDependencies);
  const parts = names.map((name) => [name, lockedFor(path, name)] as const);
  const isNative = parts.some(([, part]) => part !== undefined && runsOn(part, ['linux', 'x64']));
  return isNative ? [{ path, parts }] : [];
});

// To write the lock again: rm -r node_modules package-lock.json && npm install. Next to a filled node_modules npm locks
// the packages of this platform alone.
describe('the lock', () => {
  it('finds the packages with a native part', () => {
    const paths = native.map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining(
        ['esbuild', '@swc/core', '@biomejs/biome'].map((name) => `node_modules/${name}`),
      ),
    );
  });

  it.each(native)('holds every part of $path', ({ parts }) => {
    expect(parts.filter(([, part]) => part === undefined).map(([name]) => name)).toEqual([]);
  });

  it.each([
    ['darwin', 'arm64'],
    ['darwin', 'x64'],
    ['win32', 'x64'],
    ['linux', 'arm64'],
  ] as const)('holds what %s on %s needs', (...platform) => {
    const without = native.filter(
      ({ parts }) => !parts.some(([, part]) => part !== undefined && runsOn(part, platform)),
    );
    expect(without.map(({ path }) => path)).toEqual([]);
  });

  it('holds no address to download from: whoever installs has a registry of their own', () => {
    expect([...locked].filter(([, one]) => 'resolved' in one).map(([path]) => path)).toEqual([]);
    expect(readFileSync(join(root, '.npmrc'), 'utf8')).toMatch(/^omit-lockfile-registry-resolved=true$/m);
  });

  it('agrees with package.json', () => {
    const { name, version, license, engines, dependencies, devDependencies, optionalDependencies } = manifest;
    expect(lock.packages['']).toEqual({
      name,
      version,
      license,
      engines,
      dependencies,
      devDependencies,
      optionalDependencies,
    });
  });
});

describe('Node', () => {
  const needed = manifest.engines.node.replace('>=', '');

  /** What the check does on another version of Node. */
  function checkOn(version: string) {
    const script = `Object.defineProperty(process.versions, 'node', { value: '${version}' }); require('./infra/cli/need-node.cjs');`;
    const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', script], { cwd: root });
    return { status, said: String(stdout) + String(stderr) };
  }

  const scripts: ReadonlyMap<string, string> = new Map(Object.entries(manifest.scripts));
  const work = [...scripts].filter(
    ([name, script]) =>
      !name.startsWith('pre') && !script.split(' && ').every((part) => part.startsWith('npm run ')),
  );

  it.each(work)('is checked before npm run %s', (name) => {
    expect(scripts.get(`pre${name}`)).toBe('node infra/cli/need-node.cjs');
  });

  it.each(['0.12.18', '16.20.2', '20.20.2', '23.11.1'])('%s is refused in one sentence', (version) => {
    const { status, said } = checkOn(version);
    expect(said).toBe(
      `BillingWatch needs Node ${needed} and this is ${version}: \`npm ci\` brings it along, unless optional packages or install scripts are left out.\n`,
    );
    expect(status).toBe(1);
  });

  it.each([`${needed}.0.0`, '26.1.0'])('%s is taken', (version) => {
    expect(checkOn(version)).toEqual({ status: 0, said: '' });
  });

  it('is checked in words that the oldest one reads', () => {
    const source = readFileSync(join(root, 'infra/cli/need-node.cjs'), 'utf8').replace(/'.*?'|\/\/.*$/gm, '');
    expect(source).not.toMatch(/=>|`|\?\.|\?\?|\b(const|let|class|import)\b/);
  });

  it('comes along in the version that is needed, which is the one of the Lambdas', () => {
    expect(manifest.optionalDependencies.node).toMatch(new RegExp(`^\\^${needed}\\.`));
    expect(readFileSync(join(root, 'infra/constructs/service-function.ts'), 'utf8')).toContain(
      `NODEJS_${needed}_X`,
    );
  });
});

it('has the license that package.json names', () => {
  expect(manifest.license).toBe('MIT');
  expect(existsSync(join(root, 'LICENSE'))).toBe(true);
  expect(readFileSync(join(root, 'LICENSE'), 'utf8')).toMatch(
    /^MIT License\n\nCopyright \(c\) 2026 The BillingWatch authors\n/,
  );
});

it('names each package at run time whose license asks for a notice', () => {
  const notices = readFileSync(join(root, 'THIRD-PARTY-NOTICES.md'), 'utf8');
  const atRunTime = [...locked].filter(([path, { dev }]) => path !== '' && dev !== true);
  const others = atRunTime.filter(([, { license = '' }]) => !permissive.test(license));
  expect(others.map(([path]) => path.replace('node_modules/', ''))).toEqual([
    '@expo-google-fonts/inter',
    '@resvg/resvg-wasm',
  ]);
  for (const [path, { license = '' }] of others) {
    expect(notices).toContain(`[${path.replace('node_modules/', '')}](`);
    expect(notices).toContain(`(${license.replace('MIT AND ', '')})`);
  }
});

it('gives CI on GitHub no more than it needs: pinned actions, read access, and the script that CI runs everywhere', () => {
  const workflow = readFileSync(join(root, '.github/workflows/ci.yml'), 'utf8');
  const actions = [...workflow.matchAll(/uses: (.*)/g)].map(([, action]) => action);
  expect(actions.length).toBeGreaterThan(0);
  for (const action of actions) expect(action).toMatch(/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  expect(workflow).toMatch(/^permissions: \{\}$/m);
  expect(workflow).toMatch(/^ +- run: \.ci\/run$/m);
});

it('is installed from the lock by CI and the README, and CI refuses a lock that the installation changes', () => {
  const [ci, readme] = ['.ci/run', 'README.md'].map((file) => readFileSync(join(root, file), 'utf8'));
  expect(ci).toMatch(/^npm ci .*\ngit diff --exit-code package-lock\.json$/m);
  expect(readme).toMatch(/^npm ci\b.*&& npm start$/m);
  expect(readme).toMatch(/^npm ci\b.*&& npm test$/m);
  expect(`${ci}${readme}`).not.toContain('npm install');
});
