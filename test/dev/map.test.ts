/** The map in CONTRIBUTING.md names every folder that there is, and none that is gone. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Folders whose contents need no entry of their own. */
const WHOLE = /^(?:test|docs|public|drizzle|scanner|bench|api)\//;

test('the map and the folders agree', () => {
  const text = readFileSync(`${ROOT}CONTRIBUTING.md`, 'utf8');
  const map = text.slice(text.indexOf('## The map'), text.indexOf('## How to add'));
  const named = [...map.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([\w/-]+)\/`/g)].map(([, folder]) => folder as string),
  );
  const files = execFileSync('git', ['ls-files'], { cwd: ROOT, encoding: 'utf8' }).split('\n');
  const folders = new Set(
    files.map((file) => dirname(file)).filter((folder) => !/^\.|\/__/.test(folder) && !WHOLE.test(folder)),
  );
  expect(new Set(named).size).toBe(named.length);
  expect(named.toSorted()).toEqual([...folders].toSorted());
});
