import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { detectorIds } from '../lib/detectors/registry.ts';

const root = resolve(__dirname, '..');

/** Who may import what: a place, and what each of its imports must match; SAME is what the place's group matched. */
const rules: readonly { readonly from: RegExp; readonly may: RegExp }[] = [
  // zod/mini: a schema is next to its type, which is inferred from it, and is as pure as it.
  { from: /^lib\/domain\//, may: /^(lib\/domain\/|node:crypto$|zod\/mini$)/ },
  { from: /^lib\/stats\//, may: /^(lib\/stats\/|node:crypto$)/ },
  { from: /^lib\/detectors\//, may: /^(lib\/(detectors|domain|stats)\/|zod\/mini$)/ },
  {
    from: /^lib\/stripe\//,
    may: /^(lib\/(stripe|domain|secrets)\/|stripe$|@aws-sdk\/client-secrets-manager|node:)/,
  },
  { from: /^lib\/secrets\//, may: /^(lib\/secrets\/|@aws-sdk\/client-secrets-manager$)/ },
  {
    from: /^lib\/store\//,
    may: /^(lib\/(store|domain)\/|lib\/infrastructure-error|@aws-sdk\/client-dynamodb$|node:|zod\/mini$)/,
  },
  {
    from: /^lib\/queue\//,
    may: /^(lib\/(queue|domain)\/|lib\/store\/\w+\/(?!dynamo)|lib\/(error-names|infrastructure-error)|@aws-sdk\/client-sqs$|aws-lambda$|node:)/,
  },
  {
    from: /^lib\/message\//,
    may: /^(lib\/(message|domain)\/|@resvg\/resvg-wasm$|nodemailer|node:)/,
  },
  {
    from: /^lib\/feedback\//,
    may: /^(lib\/(feedback|message|domain|secrets)\/|lib\/store\/\w+\/(?!dynamo)|lib\/detect\/pipeline|node:)/,
  },
  {
    from: /^lib\/notify\//,
    may: /^(lib\/(notify|message|domain)\/|lib\/store\/\w+\/(?!dynamo)|lib\/error-names|@aws-sdk\/client-ses$|zod\/mini$)/,
  },
  {
    from: /^lib\/ingest\//,
    may: /^lib\/((ingest|domain|stripe)\/|queue\/event-queue|error-names)/,
  },
  {
    from: /^lib\/(detect|sweep|reconcile)\//,
    may: /^lib\/((SAME|domain|detectors|stripe)\/|queue\/event-queue|store\/\w+\/(?!dynamo)|error-names)/,
  },
  {
    from: /^functions\/(\w+)\//,
    may: /^(functions\/SAME\/|lib\/|@aws-|aws-lambda$|zod\/mini$|node:path$|.+\.(wasm|ttf)$)/,
  },
  {
    from: /^infra\/(?!local\/|cli\/)/,
    may: /^(infra\/(?!local\/|cli\/)|functions\/\w+\/env\.ts|lib\/detectors\/detector-summaries|lib\/detectors\/parse-settings|lib\/domain\/(setting-mistakes|finding\/finding)|aws-cdk|constructs$|cdk-nag$|zod|cdk.json$|node:)/,
  },
];

/** What only the edges may touch: a clock, chance, the environment. */
const impure = /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bprocess\.env\b/;

const sources = ['lib', 'functions', 'infra'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.m?ts$/.test(file) && !file.endsWith('.d.ts'))
    .map((file) => join(folder, file)),
);

const tests = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => join('test', file));

function importsOf(file: string): readonly string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const specifiers = [...text.matchAll(/^(?:import|export)\b[^'"]*?from '([^']+)'/gms)].flatMap(
    ([, specifier]) => specifier ?? [],
  );
  return specifiers.map((specifier) =>
    specifier.startsWith('.') ? relative(root, resolve(root, dirname(file), specifier)) : specifier,
  );
}

it.each(sources)('%s imports only what its place may', (file) => {
  for (const { from, may } of rules) {
    const match = from.exec(file);
    if (match === null) continue;
    const allowed = new RegExp(may.source.replace('SAME', match[1] ?? ''));
    expect(importsOf(file).filter((imported) => !allowed.test(imported))).toEqual([]);
  }
});

it.each(sources.filter((file) => file.startsWith('lib/')))(
  '%s knows no clock, chance or environment',
  (file) => {
    expect(readFileSync(join(root, file), 'utf8')).not.toMatch(impure);
  },
);

it('reads the imports of the files it judges', () => {
  expect(importsOf('lib/detect/pipeline.ts')).toContain('lib/domain/record/learn.ts');
});

it('keeps files short enough to find one’s way', () => {
  const long = sources.filter((file) => readFileSync(join(root, file), 'utf8').split('\n').length > 251);
  expect(long).toEqual([]);
});

it('has no test that a busy machine makes fail: tests wait for what must come true, and time nothing', () => {
  const tests = readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.test.ts'),
  );
  const timing = /\bperformance[.]now\(|^\}, [\d_]+\);/m;
  expect(tests.length).toBeGreaterThan(100);
  expect(tests.filter((file) => timing.test(readFileSync(join(__dirname, file), 'utf8')))).toEqual([]);
});

it('keeps folders small enough to find one’s way', () => {
  const folders = Map.groupBy([...sources, ...tests], (file) => dirname(file));
  const full = [...folders].filter(([, files]) => files.length > 25).map(([folder]) => folder);
  expect(full).toEqual([]);
});

it('keeps a rule and its helpers in one room: what several rooms use lies in baseline, finding or examples', () => {
  const room = /^lib\/detectors\/(amount|duplicate|invoice|usage|payment|subscription|account|health)\//;
  const borrowed = sources.flatMap((file) =>
    importsOf(file)
      .filter((imported) => room.test(imported) && room.exec(imported)?.[1] !== room.exec(file)?.[1])
      .filter((imported) => !detectorIds.includes(basename(imported, '.ts')))
      .map((imported) => `${file} -> ${imported}`),
  );
  expect(borrowed).toEqual([]);
});

it('gives an exported constant one name and one value, and units of time one home', () => {
  const constants = sources
    .filter((file) => file.startsWith('lib/'))
    .flatMap((file) => {
      const text = readFileSync(join(root, file), 'utf8');
      const found = text.matchAll(
        /^(export )?const (\w+) = ([\d_. *]+|\d*\*? ?(?:minute|hour|day|week)Sec);/gm,
      );
      return [...found].map(([, isExported, name, value]) => ({ file, isExported, name, value }));
    });
  const exported = constants.filter(({ isExported }) => isExported);
  const twice = exported.filter(({ name, value }) =>
    exported.some((one) => one.name === name && one.value !== value),
  );
  expect(twice).toEqual([]);
  const seconds = sources.filter(
    (file) =>
      /^lib\//.test(file) &&
      !file.endsWith('/time.ts') &&
      /\b86_?400\b/.test(readFileSync(join(root, file), 'utf8')),
  );
  expect(seconds).toEqual([]);
});

it('keeps handlers to AWS’s shape in, AWS’s shape out', () => {
  const handlers = sources.filter((file) => file.endsWith('/handler.ts'));
  const long = handlers.filter((file) => readFileSync(join(root, file), 'utf8').split('\n').length > 31);
  expect(handlers.length).toBeGreaterThanOrEqual(3);
  expect(long).toEqual([]);
});

it('uses the words of the glossary, and none of a dialect of its own', () => {
  const dialect = /\b(told|tells?|mend(s|ed)?|whom|nobody|anybody|somebody|anew)\b/i;
  const docs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join('docs', file));
  const own = 'test/architecture.test.ts'; // lists them
  const texts = [...sources, ...tests.filter((file) => file !== own), ...docs, 'README.md', 'CHANGELOG.md'];
  const found = texts.flatMap((file) =>
    readFileSync(join(root, file), 'utf8')
      .split('\n')
      .flatMap((line, index) => (dialect.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])),
  );
  expect(found).toEqual([]);
});
