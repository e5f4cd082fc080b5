/**
 * Builds `public/preview-fonts/`, the fonts of preview images, out of the Noto Sans packages: each file of theirs
 * unpacked (WOFF2 is a compressed TrueType font), and an index a family.
 */
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import decompress from 'woff2-encoder/decompress';
import { ALPHABETS, FontIndex, fontFile, IDEOGRAPHIC, indexFile } from '../src/domain/preview/font-index.ts';
import { HarfBuzz, REGULAR } from '../src/domain/preview/harfbuzz.ts';

const PACKAGES = fileURLToPath(new URL('../node_modules/@fontsource-variable', import.meta.url));
const TARGET = fileURLToPath(new URL('../public/preview-fonts', import.meta.url));
const HARFBUZZ = fileURLToPath(new URL('../node_modules/harfbuzzjs/dist/harfbuzz.wasm', import.meta.url));
const CALLBACKS = fileURLToPath(new URL('../src/domain/preview/outline-callbacks.wasm', import.meta.url));
/** What needs no font: controls, and characters that nobody sees. */
const NOTHING = /[\p{Cc}\p{Default_Ignorable_Code_Point}]/u;
/** What the folder was built from; written last. */
const STAMP = join(TARGET, 'versions.json');

/** One file of a package. */
interface Source {
  /** Within the packages. */
  path: string;
  /** Our name for it. */
  name: string;
  /** Of the characters for which it is meant: `U+0E01-0E3A,U+0E3F`. */
  ranges: string;
}

if (import.meta.main) await buildPreviewFonts();

/** Writes the fonts, unless they are there already. */
export async function buildPreviewFonts(): Promise<void> {
  const basic = await subsetsOf('noto-sans');
  const isBasic = (alphabet: string) => basic.has(alphabet);
  const packages = [
    'noto-sans',
    ...[...ALPHABETS, ...IDEOGRAPHIC].filter((one) => !isBasic(one)).map((one) => `noto-sans-${one}`),
  ];
  const stamp = JSON.stringify(await Promise.all(packages.map(describe)));
  if ((await readFile(STAMP, 'utf8').catch(() => undefined)) === stamp) return;

  await rm(TARGET, { recursive: true, force: true });
  await mkdir(TARGET, { recursive: true });
  const alphabets = ALPHABETS.map((alphabet) =>
    source(isBasic(alphabet) ? 'noto-sans' : `noto-sans-${alphabet}`, alphabet),
  );
  await writeFamily('alphabets', await Promise.all(alphabets));
  for (const family of IDEOGRAPHIC) {
    const subsets = await subsetsOf(`noto-sans-${family}`);
    // Its other subsets are alphabets.
    const numbers = [...subsets.keys()]
      .map((subset) => /^\[(\d+)\]$/.exec(subset)?.[1])
      .filter((one) => one !== undefined);
    const files: Source[] = [];
    for (const number of numbers)
      files[Number(number)] = {
        path: `noto-sans-${family}/files/noto-sans-${family}-${number}-wght-normal.woff2`,
        name: `${family}-${number}`,
        ranges: subsets.get(`[${number}]`) as string,
      };
    await writeFamily(family, files);
  }
  for (const name of packages)
    await copyFile(join(PACKAGES, name, 'LICENSE'), join(TARGET, `${name}.license.txt`));
  await writeFile(STAMP, stamp);
}

async function source(packageName: string, subset: string): Promise<Source> {
  return {
    path: `${packageName}/files/${packageName}-${subset}-wght-normal.woff2`,
    name: subset,
    ranges: (await subsetsOf(packageName)).get(subset) as string,
  };
}

/** Writes the fonts of a family and its index. @param sources by their numbers in the index */
async function writeFamily(
  family: Parameters<typeof indexFile>[0],
  sources: readonly (Source | undefined)[],
): Promise<void> {
  const harfBuzz = await openHarfBuzz();
  const characters: { codePoint: number; file: number }[] = [];
  for (const [file, one] of sources.entries()) {
    if (!one) continue;
    const bytes = Uint8Array.from(await decompress(await readFile(join(PACKAGES, one.path))));
    await writeFile(join(TARGET, fontFile(one.name)), bytes);
    const font = harfBuzz.font(bytes.buffer);
    for (const codePoint of codePoints(one.ranges)) {
      const character = String.fromCodePoint(codePoint);
      // The ranges are wishes: not all of them are in the font.
      const isThere = font.shape(character, REGULAR, false).every(({ id }) => id !== 0);
      if (isThere && !NOTHING.test(character)) characters.push({ codePoint, file });
    }
  }
  await writeFile(join(TARGET, indexFile(family)), FontIndex.encode(characters));
}

function codePoints(ranges: string): number[] {
  return [...ranges.matchAll(/U\+([\dA-F]+)(?:-([\dA-F]+))?/gi)].flatMap(([, first, last = first]) => {
    const [from, to] = [Number.parseInt(first as string, 16), Number.parseInt(last as string, 16)];
    return Array.from({ length: to - from + 1 }, (_, i) => from + i);
  });
}

async function openHarfBuzz(): Promise<HarfBuzz> {
  const [module, callbacks] = await Promise.all([readFile(HARFBUZZ), readFile(CALLBACKS)]);
  return new HarfBuzz(new WebAssembly.Module(module), new WebAssembly.Module(callbacks));
}

/** Ranges of characters by subset: `thai`, or `[31]`. */
async function subsetsOf(packageName: string): Promise<Map<string, string>> {
  return new Map(
    Object.entries(JSON.parse(await readFile(join(PACKAGES, packageName, 'unicode.json'), 'utf8'))),
  );
}

async function describe(packageName: string): Promise<string> {
  const { name, version } = JSON.parse(await readFile(join(PACKAGES, packageName, 'package.json'), 'utf8'));
  return `${name}@${version}`;
}
