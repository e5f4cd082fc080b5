/** Builds the scanner into `public/`: hashed files, the page under its paths, and the worker that keeps them. */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const SOURCE = fileURLToPath(new URL('.', import.meta.url));
const PUBLIC = fileURLToPath(new URL('../public', import.meta.url));
/** Hashed files: their names change with their content (`_headers` lets them be kept for ever). */
const CODE = join(PUBLIC, 'scanner/code');
/** Browsers that have what `verify/` needs. */
const TARGETS = ['chrome103', 'safari16.4', 'firefox113'];
const COPIED = ['manifest.webmanifest', 'icons/icon.svg', 'icons/icon-192.png', 'icons/icon-512.png'];

type File = [path: string, content: Uint8Array | string];

if (import.meta.main) await buildScanner();

/** Writes what has changed and removes what is no longer part of it; answers the paths of all files, such as `/scan`. */
export async function buildScanner(): Promise<string[]> {
  const files = await bundle();
  const page = await readFile(join(SOURCE, 'index.html'), 'utf8');
  const nameOf = (pattern: RegExp) => files.find(([path]) => pattern.test(path))?.[0] as string;
  const html = page
    .replace('%APP%', nameOf(/app-\w+\.js$/))
    .replace('%STYLE%', nameOf(/\.css$/))
    .replace(/\n\s*/g, '\n');
  for (const name of COPIED)
    files.push([`/scanner/${name.replace(/^.*\//, '')}`, await readFile(join(SOURCE, name))]);

  const kept: File[] = [...files, ['/scan', html]];
  const worker = await bundleWorker(kept);
  const pages: File[] = ['/scan.html', '/q.html', '/c.html'].map((path) => [path, html]);
  const all: File[] = [...files, ...pages, ['/scanner-worker.js', worker]];
  await mkdir(CODE, { recursive: true });
  await Promise.all(all.map(([path, content]) => writeIfChanged(join(PUBLIC, path), content)));
  const isPart = (name: string) => files.some(([path]) => path === `/scanner/code/${name}`);
  const outdated = (await readdir(CODE)).filter((name) => !isPart(name));
  await Promise.all(outdated.map((name) => rm(join(CODE, name), { force: true })));
  return all.map(([path]) => path);
}

async function bundle(): Promise<File[]> {
  const { outputFiles } = await build({
    absWorkingDir: SOURCE,
    entryPoints: { app: 'app.ts', style: 'style.css' },
    outdir: CODE,
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    minify: true,
    target: TARGETS,
    legalComments: 'none',
    write: false,
  });
  return outputFiles.map(({ path, contents }) => [path.slice(PUBLIC.length).replaceAll('\\', '/'), contents]);
}

async function bundleWorker(kept: readonly File[]): Promise<Uint8Array> {
  const digest = createHash('sha256');
  for (const [path, content] of kept) digest.update(path).update(content);
  const { outputFiles } = await build({
    absWorkingDir: SOURCE,
    entryPoints: ['service-worker.ts'],
    bundle: true,
    minify: true,
    target: TARGETS,
    write: false,
    define: {
      FILES: JSON.stringify(kept.map(([path]) => path)),
      VERSION: JSON.stringify(digest.digest('hex').slice(0, 8)),
    },
  });
  return (outputFiles[0] as { contents: Uint8Array }).contents;
}

/** Servers that watch the folder reload only for a reason. */
async function writeIfChanged(path: string, content: Uint8Array | string): Promise<void> {
  const present = await readFile(path).catch(() => undefined);
  if (!present?.equals(Buffer.from(content))) await writeFile(path, content);
}
