import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';

const root = join(__dirname, '../..');
const pages = ['README.md', ...filesIn('docs').filter((file) => file.endsWith('.md'))];
const fileNames = new Set(
  ['lib', 'functions', 'infra', 'test'].flatMap(filesIn).map((file) => basename(file)),
);

const projectPath = /(?<![\w./-])(?:\.\/)?(?:lib|functions|infra|test)\/[\w./-]*[\w/](?![\w<{*])/g;
const sourceName = /`([\w.-]+\.m?ts)`/g;
const localLink = /\]\((?!https?:|mailto:|#)([^)#\s]+)/g;

function filesIn(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
    join(folder, file),
  );
}

function textOf(page: string): string {
  return readFileSync(join(root, page), 'utf8');
}

it('reads the paths of these pages', () => {
  const named = pages.flatMap((page) => textOf(page).match(projectPath) ?? []);
  expect(named.length).toBeGreaterThan(100);
});

describe.each(pages)('%s', (page) => {
  const text = textOf(page);

  it('names only files and folders that exist', () => {
    const paths = [...new Set(text.match(projectPath))];
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    const names = [...text.matchAll(sourceName)].map(([, name = '']) => name);
    expect(names.filter((name) => !fileNames.has(name))).toEqual([]);
  });

  it('links only to files that exist', () => {
    const targets = [...text.matchAll(localLink)].map(([, target = '']) => join(dirname(page), target));
    expect(targets.filter((target) => !existsSync(join(root, target)))).toEqual([]);
  });
});

describe('docs/glossary.md', () => {
  const rows = [...textOf('docs/glossary.md').matchAll(/^\| (?!term|-)(.+?) \| (.+) \| `(\S+)` \|$/gm)];

  it('explains each term once, with the file where it lives', () => {
    const terms = rows.map(([, term = '']) => term);
    expect(terms.length).toBeGreaterThan(35);
    expect(new Set(terms).size).toBe(terms.length);
    for (const [, , , file = ''] of rows) expect(file).toMatch(/^(lib|infra|functions)\/.+\.ts$/);
    expect(textOf('docs/glossary.md').match(/^\| (?!term)/gm)).toHaveLength(rows.length);
  });

  it.each(['README.md', 'docs/architecture.md'])('is linked by %s', (page) => {
    expect(textOf(page)).toContain(`](${relative(dirname(page), 'docs/glossary.md')})`);
  });
});

it('keeps README.md under 150 lines', () => {
  expect(textOf('README.md').trimEnd().split('\n').length).toBeLessThan(150);
});
