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
  const files = [...text.matchAll(/`((?:src|test|dev|api)\/[\w./-]+\.tsx?)`/g)].map(
    ([, file]) => file as string,
  );
  expect([...links, ...files].filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  const commands = [...text.matchAll(/npm run (?:-s )?([a-z]+)/g)].map(([, name]) => name as string);
  expect(commands.filter((name) => !(name in scripts))).toEqual([]);
});
