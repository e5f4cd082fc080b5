/** The fonts of preview images as tests open them: from the folder that the build writes. */
import { readFileSync } from 'node:fs';
import { HarfBuzz } from '../../../src/domain/preview/harfbuzz.ts';
import { FontShelf, Typesetter } from '../../../src/domain/preview/typesetter.ts';

const ROOT = new URL('../../../', import.meta.url);

const read = (path: string): ArrayBuffer => {
  const file = readFileSync(new URL(path, ROOT));
  return file.buffer.slice(file.byteOffset, file.byteOffset + file.length) as ArrayBuffer;
};

/** A font or index by its name. */
export const fontBytes = (name: string): ArrayBuffer => read(`public/preview-fonts/${name}`);

export function newHarfBuzz(): HarfBuzz {
  return new HarfBuzz(
    new WebAssembly.Module(read('node_modules/harfbuzzjs/dist/harfbuzz.wasm')),
    new WebAssembly.Module(read('src/domain/preview/outline-callbacks.wasm')),
  );
}

/** A shelf with what the Worker brings along. */
export function basicShelf(): FontShelf {
  const shelf = new FontShelf(newHarfBuzz());
  for (const name of ['alphabets.index', 'latin.ttf']) shelf.add(name, fontBytes(name));
  return shelf;
}

/** A typesetter for the texts of a card, with all fonts that they need on the shelf; answers also which were added. */
export function typesetterFor(texts: readonly string[], shelf = basicShelf()) {
  const typesetter = new Typesetter(shelf, texts.join(' '));
  const added: string[] = [];
  for (;;) {
    const missing = texts.flatMap((text) => typesetter.files(text)).filter((name) => !shelf.has(name));
    if (missing.length === 0) return { typesetter, added };
    for (const name of new Set(missing)) {
      shelf.add(name, fontBytes(name));
      added.push(name);
    }
  }
}
