/** Builds the scanner and the owner's code into `public/`: hashed files, the pages, and the worker that keeps them. */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const SOURCE = fileURLToPath(new URL('.', import.meta.url));
const PUBLIC = fileURLToPath(new URL('../public', import.meta.url));
/** Hashed files: their names change with their content (`_headers` lets them be kept for ever). */
const CODE = join(PUBLIC, 'scanner/code');
/** Browsers that have what `verify/` needs, and `Intl.Segmenter` for initials. */
const TARGETS = ['chrome103', 'safari16.4', 'firefox125'];
const MARKS = fileURLToPath(new URL('../src/domain/links/platform-icons.txt', import.meta.url));
const COPIED = ['manifest.webmanifest', 'icons/icon.svg', 'icons/icon-192.png', 'icons/icon-512.png'];

type File = [path: string, content: Uint8Array | string];

if (import.meta.main) await buildScanner();

/** Writes what has changed and removes what is no longer part of it; answers the paths of all files, such as `/scan`. */
export async function buildScanner(): Promise<string[]> {
  const files = await bundle();
  const nameOf = (pattern: RegExp) => files.find(([path]) => pattern.test(path))?.[0] as string;
  const page = async (source: string, script: RegExp) =>
    (await readFile(join(SOURCE, source), 'utf8'))
      .replace('%APP%', nameOf(script))
      .replace('%STYLE%', nameOf(/\.css$/))
      .replace(/\n\s*/g, '\n');
  const scanner = await page('index.html', /\/app-\w+\.js$/);
  const myCode = await page('my-code.html', /\/my-code-\w+\.js$/);
  for (const name of COPIED)
    files.push([`/scanner/${name.replace(/^.*\//, '')}`, await readFile(join(SOURCE, name))]);

  const worker = await bundleWorker([...files, ['/scan', scanner], ['/code', myCode]]);
  const pages: File[] = ['/scan.html', '/q.html', '/c.html'].map((path) => [path, scanner]);
  const all: File[] = [...files, ...pages, ['/code.html', myCode], ['/scanner-worker.js', worker]];
  await mkdir(CODE, { recursive: true });
  await Promise.all(all.map(([path, content]) => writeIfChanged(join(PUBLIC, path), content)));
  const isPart = (name: string) => files.some(([path]) => path === `/scanner/code/${name}`);
  const outdated = (await readdir(CODE)).filter((name) => !isPart(name));
  await Promise.all(outdated.map((name) => rm(join(CODE, name), { force: true })));
  return all.map(([path]) => path);
}

/** The marks of all platforms in one picture: no code, and fetched behind the page. */
async function platformMarks(): Promise<[path: string, content: string]> {
  const lines = (await readFile(MARKS, 'utf8')).trimEnd().split('\n');
  const symbols = lines.map((line) => {
    const space = line.indexOf(' ');
    return `<symbol id="${line.slice(0, space)}" viewBox="0 0 24 24"><path d="${line.slice(space + 1)}"/></symbol>`;
  });
  const picture = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>`;
  return [`/scanner/code/platforms-${shortDigest(picture)}.svg`, picture];
}

function shortDigest(...parts: (Uint8Array | string)[]): string {
  const digest = createHash('sha256');
  for (const part of parts) digest.update(part);
  return digest.digest('hex').slice(0, 8);
}

async function bundle(): Promise<File[]> {
  const marks = await platformMarks();
  const { outputFiles } = await build({
    absWorkingDir: SOURCE,
    entryPoints: { app: 'app.ts', 'my-code': 'my-code.ts', style: 'style.css' },
    outdir: CODE,
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    minify: true,
    // Escapes of the dictionary's letters would weigh more than the letters.
    charset: 'utf8',
    target: TARGETS,
    legalComments: 'none',
    write: false,
    define: { MARKS: JSON.stringify(marks[0]) },
  });
  const code = outputFiles.map(
    ({ path, contents }): File => [path.slice(PUBLIC.length).replaceAll('\\', '/'), contents],
  );
  return [...code, marks];
}

async function bundleWorker(kept: readonly File[]): Promise<Uint8Array> {
  const { outputFiles } = await build({
    absWorkingDir: SOURCE,
    entryPoints: ['service-worker.ts'],
    bundle: true,
    minify: true,
    target: TARGETS,
    write: false,
    define: {
      FILES: JSON.stringify(kept.map(([path]) => path)),
      VERSION: JSON.stringify(shortDigest(...kept.flat())),
    },
  });
  return (outputFiles[0] as { contents: Uint8Array }).contents;
}

/** Servers that watch the folder reload only for a reason. */
async function writeIfChanged(path: string, content: Uint8Array | string): Promise<void> {
  const present = await readFile(path).catch(() => undefined);
  if (!present?.equals(Buffer.from(content))) await writeFile(path, content);
}
