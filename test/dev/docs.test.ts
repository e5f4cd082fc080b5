/** Pages name nothing that is not there: tests, files and commands. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PAGES = globSync(['*.md', 'docs/*.md'], { cwd: ROOT });
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

test.for(PAGES)('%s', (page) => {
  const text = readFileSync(join(ROOT, page), 'utf8');
  const links = [...text.matchAll(/\]\(((?!https?:|mailto:|#)[^)#]+)/g)].map(([, to]) =>
    join(dirname(page), to as string),
  );
  const files = [...text.matchAll(/`((?:src|test|dev|api|verify)\/[\w./-]+\.tsx?)`/g)].map(
    ([, file]) => file as string,
  );
  expect([...links, ...files].filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  const commands = [...text.matchAll(/npm run (?:-s )?([a-z]+(?:-[a-z]+)*)/g)].map(
    ([, name]) => name as string,
  );
  expect(commands.filter((name) => !(name in scripts))).toEqual([]);
});

test('every event and counter of the log is on the page that explains them', () => {
  const page = readFileSync(join(ROOT, 'docs/observability.md'), 'utf8');
  const sources = globSync('src/**/*.ts', { cwd: ROOT }).map((file) =>
    readFileSync(join(ROOT, file), 'utf8'),
  );
  const events = sources.flatMap((text) =>
    [...text.matchAll(/\b(?:log\(|log, |event: |opened: |closed: )'([\w.-]+)'/g)].map(
      ([, event]) => event as string,
    ),
  );
  const counters = sources.flatMap((text) =>
    [...text.matchAll(/\bcount\('(\w+)'\)/g)].map(([, counter]) => counter as string),
  );
  expect(new Set(events).size).toBeGreaterThan(15);
  expect(new Set(counters).size).toBe(3);
  expect([...events, ...counters].filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});

test('every row of the threat model names a test, and every test that it names is there', () => {
  const page = readFileSync(join(ROOT, 'docs/security.md'), 'utf8');
  const threats = page.slice(0, page.indexOf('## What is signed'));
  const rows = threats.split('\n').filter((line) => /^\| (?!---|Who)/.test(line));
  expect(rows.length).toBeGreaterThan(15);
  for (const row of rows) {
    const named = [
      ...row
        .split('|')
        .at(-2)!
        .matchAll(/`(test\/[^`]+)`/g),
    ].map(([, path]) => path as string);
    expect([row, named.length > 0, named.filter((path) => !existsSync(join(ROOT, path)))]).toEqual([
      row,
      true,
      [],
    ]);
  }
});
