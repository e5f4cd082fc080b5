/** What the scanner weighs and says of itself: all its files together, and the headers that they come with. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { buildScanner } from '../../scanner/build.ts';

const MAX_BYTES = 45 * 1024;
const PUBLIC = fileURLToPath(new URL('../../public', import.meta.url));

const OTHER_NAMES = ['/q.html', '/c.html'];

let paths: string[];
beforeAll(async () => {
  paths = await buildScanner();
});

const read = (path: string) => readFile(PUBLIC + path);

test('pages, styles, code, manifest and worker of scanner and own code have at most 45 KB as browsers get them', async () => {
  // The scanner's page stands under three names and is fetched once.
  const counted = paths.filter(
    (path) => /\.(html|css|js|webmanifest)$/.test(path) && !OTHER_NAMES.includes(path),
  );
  const sizes = await Promise.all(counted.map(async (path) => brotliCompressSync(await read(path)).length));
  expect(counted.map((path) => path.replace(/-[A-Z0-9]{8}\./, '.')).sort()).toEqual([
    '/code.html',
    '/scan.html',
    '/scanner-worker.js',
    '/scanner/code/app.js',
    '/scanner/code/chunk.js',
    '/scanner/code/decoder.js',
    '/scanner/code/my-code.js',
    '/scanner/code/style.css',
    '/scanner/manifest.webmanifest',
  ]);
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(MAX_BYTES);
});

test('all paths have the same page, which names every file that it needs and no script of its own', async () => {
  const [scan, ...others] = await Promise.all(['/scan.html', ...OTHER_NAMES].map(read));
  for (const other of others) expect(other).toEqual(scan);
  const html = String(scan);
  const named = [...html.matchAll(/(?:href|src)="(\/[^"]+)"/g)].map(([, path]) => path);
  for (const path of named) if (path !== '/scan') expect(paths.concat(STATIC)).toContain(path);
  expect(html).not.toMatch(/<script(?![^>]*src=)|<style|style=|\son\w+=/);
});

/** Files under names that stay. */
const STATIC = [
  '/scanner/manifest.webmanifest',
  '/scanner/icon.svg',
  '/scanner/icon-192.png',
  '/scanner/icon-512.png',
];

test('the worker keeps every file', async () => {
  const worker = (await read('/scanner-worker.js')).toString();
  const kept = paths.filter((path) => path.startsWith('/scanner/'));
  for (const path of [...kept, '/scan', '/code']) expect(worker).toContain(`"${path}"`);
});

test('a second build changes nothing', async () => {
  const before = await Promise.all(paths.map(read));
  expect(await buildScanner()).toEqual(paths);
  expect(await Promise.all(paths.map(read))).toEqual(before);
});
