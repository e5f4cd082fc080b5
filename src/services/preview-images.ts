/** Draws preview images, with the fonts that each of them needs. */
import { BoundedMap } from '../cache/bounded-map.ts';
import { BOLD, HarfBuzz } from '../domain/preview/harfbuzz.ts';
import { previewImage, previewTexts } from '../domain/preview/preview-image.ts';
import { FontShelf, type Line, Typesetter } from '../domain/preview/typesetter.ts';
import type { ProfileFields } from '../domain/profile.ts';
import type { Log, PreviewFiles } from '../ports.ts';

/** Most fonts and indexes of a picture (about 70 KB each). A text that would need more is left out; the handle replaces a name. */
const MAX_FILES = 32;

/** Open fonts of an isolate, in bytes; beyond them the next picture begins with none. */
const MAX_OPEN_BYTES = 8 * 1024 * 1024;

/** Chats ask several times within seconds of a link's posting; a picture has about 20 KB and takes 10 ms. */
const MAX_PICTURES = 32;

type Picture = Uint8Array<ArrayBuffer>;

/** A font could not be read: the picture would lack a text. */
export class FontsUnavailable extends Error {
  override name = 'FontsUnavailable';
}

/** The pictures that chats show of profiles. */
export class PreviewImages {
  readonly #deps: { files: PreviewFiles; log: Log };
  readonly #pictures = new BoundedMap<Picture>({ maxEntries: MAX_PICTURES });
  #shelf: FontShelf | undefined;

  constructor(deps: { files: PreviewFiles; log: Log }) {
    this.#deps = deps;
  }

  /**
   * A profile's PNG.
   * @param tag names the version of the profile
   * @param url of its page
   * @throws FontsUnavailable
   */
  picture(tag: string, profile: ProfileFields, url: string): Promise<Picture> {
    return this.#pictures.getOrMake(tag, async () => {
      const shelf = await this.#openShelf();
      const { name, handle, details } = previewTexts(profile);
      const all = [name && `${name.text} ${name.initials}`, ...details];
      const typesetter = new Typesetter(shelf, all.join(' '));
      const files = new Set<string>();
      const isReady: boolean[] = [];
      for (const text of all)
        isReady.push(text !== undefined && (await this.#prepare(text, typesetter, shelf, files)));
      const [hasName, ...hasDetails] = isReady;
      const texts = {
        name: hasName ? name : undefined,
        handle,
        details: details.filter((_, i) => hasDetails[i]),
      };
      return previewImage(texts, { url, accentColor: profile.accentColor }, typesetter);
    });
  }

  /** A PNG of what needs no fonts but those of the Worker: the handle, and the name and the rest as far as they have them. */
  async plainPicture(profile: ProfileFields, url: string): Promise<Picture> {
    const typesetter = new Typesetter(await this.#newShelf(), '');
    return previewImage(previewTexts(profile), { url, accentColor: profile.accentColor }, typesetter);
  }

  /** The outlines of initials; undefined where no font has their letters, or it cannot be read right now. */
  async outline(letters: string): Promise<Line | undefined> {
    try {
      const shelf = await this.#openShelf();
      const typesetter = new Typesetter(shelf, letters);
      const isReady = await this.#prepare(letters, typesetter, shelf, new Set());
      return isReady ? typesetter.line(letters, BOLD) : undefined;
    } catch (error) {
      if (error instanceof FontsUnavailable) return undefined;
      throw error;
    }
  }

  /** Opens the fonts of a text. @param files of the whole picture; answers false when this text would make them too many */
  async #prepare(
    text: string,
    typesetter: Typesetter,
    shelf: FontShelf,
    files: Set<string>,
  ): Promise<boolean> {
    for (;;) {
      const needed = new Set([...files, ...typesetter.files(text)]);
      if (needed.size > MAX_FILES) return false;
      const missing = [...needed].filter((name) => !shelf.has(name));
      for (const name of needed) files.add(name);
      if (missing.length === 0) return true;
      const read = await Promise.all(missing.map((name) => this.#read(name)));
      for (const [i, name] of missing.entries()) shelf.add(name, read[i] as ArrayBuffer);
    }
  }

  async #read(name: string): Promise<ArrayBuffer> {
    try {
      return await this.#deps.files.read(name);
    } catch (cause) {
      this.#deps.log('preview.font-unavailable', { file: name, error: (cause as Error).message });
      throw new FontsUnavailable(`${name} could not be read`, { cause });
    }
  }

  async #openShelf(): Promise<FontShelf> {
    if (!this.#shelf || this.#shelf.bytes > MAX_OPEN_BYTES) this.#shelf = await this.#newShelf();
    return this.#shelf;
  }

  async #newShelf(): Promise<FontShelf> {
    const { files } = this.#deps;
    const [{ module, callbacks }, basic] = await Promise.all([files.harfBuzz(), files.basic()]);
    const shelf = new FontShelf(new HarfBuzz(module, callbacks));
    for (const [name, file] of basic) shelf.add(name, file);
    return shelf;
  }
}
