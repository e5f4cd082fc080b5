/** No file grows beyond what one reads in one go. Tests of one feature may, and what a command writes. */
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MAX_LINES = 300;

test('no source file has more than 300 lines', () => {
  const files = globSync('{api,bench,dev,scanner,src,verify}/**/*.{ts,tsx,js,css}', {
    cwd: ROOT,
    exclude: ['**/{node_modules,dist}/**'],
  });
  expect(files.length).toBeGreaterThan(200);
  const linesOf = (file: string) => readFileSync(ROOT + file, 'utf8').split('\n').length - 1;
  expect(files.filter((file) => linesOf(file) > MAX_LINES)).toEqual([]);
});
