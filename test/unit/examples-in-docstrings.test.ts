import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { transformSync } from '@swc/core';

const lib = join(__dirname, '../../lib');
const sources = readdirSync(lib, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.ts'),
);

interface Example {
  readonly call: string;
  /** As written: a JavaScript value, perhaps with `: why` behind it. */
  readonly value: string;
}

/** `f(1) // 2`; several follow each other after a comma, `f(1) // 2, f(2) // 3`. One that can't run, or names no value, fails. */
function examplesIn(source: string): readonly Example[] {
  const texts = [...source.matchAll(/@example(?![.\w]) *(.*(?:\n \* +\/\/ .*)?)/g)].map(
    ([, text = '']) => text,
  );
  return texts.flatMap((text) => {
    const line = text.replace(/\n \* +/, ' ').replace(/ \*\/$/, '');
    const next = `, ${/^\w+\(/.exec(line)?.[0] ?? line}`;
    return line.split(next).map((part, index) => {
      const [call = '', value = ''] = (index === 0 ? part : `${next.slice(2)}${part}`).split(' // ');
      return { call, value };
    });
  });
}

/** Runs expressions where they stand: in the module, so that they see what it imports and what it keeps to itself. */
function runInModule(name: string, source: string, expressions: readonly string[]): readonly unknown[] {
  const file = join(lib, name);
  const all = `${source}\nexport const runExamples = [${expressions.map((one) => `() => (${one})`).join(', ')}];`;
  const { code } = transformSync(all, {
    jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
    module: { type: 'commonjs' },
  });
  const exports: { runExamples?: readonly (() => unknown)[] } = {};
  const requireHere = (path: string): unknown =>
    require(path.startsWith('.') ? resolve(dirname(file), path) : path);
  new Function('exports', 'require', code)(exports, requireHere);
  return exports.runExamples?.map((run) => run()) ?? [];
}

/** The longest part that is an expression: `true: on Monday` is `true`, and `{ a: 1 }` itself. */
function expressionOf(value: string): string {
  const ends = [...value.matchAll(/: /g)].map(({ index }) => index).reverse();
  const parts = [value, ...ends.map((end) => value.slice(0, end))];
  return parts.find(isExpression) ?? value;
}

function isExpression(text: string): boolean {
  try {
    new Function(`return (${text});`);
    return true;
  } catch {
    return false;
  }
}

/** A number is compared to the digits shown. */
function expectExample(actual: unknown, expected: unknown, shown: string): void {
  const decimals = /^-?[\d_]+(?:\.(\d+))?$/.exec(shown)?.[1] ?? '';
  if (typeof expected === 'number') expect(actual).toBeCloseTo(expected, decimals.length);
  else expect(actual).toEqual(expected);
}

const documented = sources
  .map((name) => ({ name, source: readFileSync(join(lib, name), 'utf8') }))
  .flatMap(({ name, source }) =>
    examplesIn(source).map(({ call, value }) => ({ name, source, call, value: expressionOf(value) })),
  );

it('finds the examples', () => {
  expect(documented.length).toBeGreaterThan(50);
});

it.each(documented)('lib/$name: $call is $value', ({ name, source, call, value }) => {
  const [actual, expected] = runInModule(name, source, [call, value]);
  expectExample(actual, expected, value);
});
