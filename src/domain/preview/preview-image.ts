/** The picture that chats and feeds show of a profile: 1200 × 630 pixels, drawn without a browser. */
import { ground, mix } from '../color.ts';
import { initials } from '../initials.ts';
import { encodePng, FILTER_UP } from '../png.ts';
import type { ProfileFields } from '../profile.ts';
import { addressCode } from '../qr/encode.ts';
import type { OutlineFont } from './outline-font.ts';
import { Rasterizer } from './rasterizer.ts';

export const PREVIEW_WIDTH = 1200;
export const PREVIEW_HEIGHT = 630;

/** Part of the picture's entity tag: raise it when the drawing changes. */
export const PREVIEW_REVISION = 1;

/** Steps from the ground to the colour of the text: what smooth edges are made of. */
const SHADES = 32;
const WHITE = SHADES;
const BLACK = SHADES + 1;

const MARGIN = 80;
const TEXT_WIDTH = 660;
const DISC_RADIUS = 64;
const DISC_Y = 144;
const NAME_TOP = 226;
const ADDRESS_Y = 566;
/** The white square with the code, at the right. */
const PANEL = { x: 800, y: 155, size: 320 };
const QUIET_ZONE_MODULES = 4;

/** Heights of lines, in sizes of their letters. */
const NAME_LINE = 1.15;
const DETAIL_LINE = 1.35;

/** Sizes to try for the name, with as many lines as then have room. */
const NAME_SIZES = [
  { size: 80, lines: 1 },
  { size: 64, lines: 2 },
  { size: 52, lines: 2 },
] as const;
const DETAIL_SIZE = 34;
const ADDRESS_SIZE = 28;
/** Strength of the ink of secondary text. */
const SOFT = 0.85;

/** What no font has and no name needs: pictographs, and what joins and colours them. */
const PICTOGRAPHS =
  /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\p{Default_Ignorable_Code_Point}/gu;

export interface PreviewFonts {
  regular: OutlineFont;
  bold: OutlineFont;
}

/** A PNG of a profile; `url` is the address of its page. */
export function previewImage(
  profile: Omit<ProfileFields, 'bio'>,
  url: string,
  fonts: PreviewFonts,
): Promise<Uint8Array<ArrayBuffer>> {
  const { ground: fill, text } = ground(profile.accentColor);
  const picture = new Picture();
  const handle = `@${profile.username}`;
  // The handle instead of boxes when the font lacks the name's script.
  const name = drawable(profile.displayName, fonts.bold) ?? handle;
  picture.disc(MARGIN + DISC_RADIUS, DISC_Y, initials(name === handle ? profile.username : name), fonts.bold);

  const { size, lines } = fitted(name, fonts.bold);
  let y = NAME_TOP + size;
  for (const line of lines) {
    picture.text(fonts.bold, line, MARGIN, y, size, 1);
    y += size * NAME_LINE;
  }
  // From the baseline after the name to that of smaller letters, and a little air.
  y += 1.6 * DETAIL_SIZE - size;

  for (const detail of [profile.role, profile.company]) {
    const line = detail && drawable(detail, fonts.regular);
    if (!line) continue;
    picture.text(
      fonts.regular,
      shortened(line, fonts.regular, DETAIL_SIZE, TEXT_WIDTH),
      MARGIN,
      y,
      DETAIL_SIZE,
      SOFT,
    );
    y += DETAIL_SIZE * DETAIL_LINE;
  }
  const address = url.replace(/^https?:\/\//, '');
  const widest = PANEL.x + PANEL.size - MARGIN;
  picture.text(
    fonts.regular,
    shortened(address, fonts.regular, ADDRESS_SIZE, widest),
    MARGIN,
    ADDRESS_Y,
    ADDRESS_SIZE,
    SOFT,
  );
  picture.code(url);
  return picture.encode(fill, text);
}

/** The text without pictographs if the font can write it, else undefined. */
function drawable(text: string, font: OutlineFont): string | undefined {
  const plain = text.replace(PICTOGRAPHS, '').replace(/\s+/g, ' ').trim().normalize('NFC');
  return plain !== '' && font.covers(plain) ? plain : undefined;
}

/** The largest size at which a name fits, and its lines; at the smallest it is shortened. */
function fitted(name: string, font: OutlineFont): { size: number; lines: string[] } {
  for (const { size, lines: most } of NAME_SIZES) {
    const lines = wrapped(name, font, size);
    if (lines.length <= most && lines.every((line) => font.width(line, size) <= TEXT_WIDTH)) {
      return { size, lines };
    }
  }
  const { size, lines: most } = NAME_SIZES[2];
  const lines = wrapped(name, font, size);
  const kept = [...lines.slice(0, most - 1), lines.slice(most - 1).join(' ')];
  return { size, lines: kept.map((line) => shortened(line, font, size, TEXT_WIDTH)) };
}

function wrapped(text: string, font: OutlineFont, size: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line !== undefined && font.width(`${line} ${word}`, size) <= TEXT_WIDTH) {
      lines[lines.length - 1] = `${line} ${word}`;
    } else lines.push(word);
  }
  return lines;
}

function shortened(text: string, font: OutlineFont, size: number, width: number): string {
  if (font.width(text, size) <= width) return text;
  let kept = [...text];
  while (kept.length > 0 && font.width(`${kept.join('')}…`, size) > width) kept = kept.slice(0, -1);
  return `${kept.join('').trimEnd()}…`;
}

/** Pixels as places in the palette: shades from the ground to the text, then white and black. */
class Picture {
  readonly #pixels = new Uint8Array(PREVIEW_WIDTH * PREVIEW_HEIGHT);

  /** @param strength of the ink, 1 for the colour of the text itself */
  text(font: OutlineFont, text: string, x: number, baseline: number, size: number, strength: number): void {
    const height = Math.ceil(size * 1.6);
    const top = Math.round(baseline - size * 1.15);
    const coverage = new Rasterizer(PREVIEW_WIDTH - x, height);
    coverage.addText(font, text, 0, baseline - top, size);
    coverage.visit((dx, dy, share) => this.#set(x + dx, top + dy, shade(share * strength)));
  }

  /** A disc in the text's colour with initials cut out of it. */
  disc(centerX: number, centerY: number, letters: string, font: OutlineFont): void {
    const side = 2 * DISC_RADIUS;
    const size = DISC_RADIUS * 0.85;
    const disc = new Rasterizer(side, side);
    disc.addDisc(DISC_RADIUS, DISC_RADIUS, DISC_RADIUS);
    const [left, top] = [centerX - DISC_RADIUS, centerY - DISC_RADIUS];
    disc.visit((x, y, share) => this.#set(left + x, top + y, shade(share)));
    const inside = new Rasterizer(side, side);
    inside.addText(
      font,
      letters,
      DISC_RADIUS - font.width(letters, size) / 2,
      DISC_RADIUS + size * 0.36,
      size,
    );
    inside.visit((x, y, share) => this.#set(left + x, top + y, shade(1 - share)));
  }

  /** The code of an address in whole modules on its white square. */
  code(url: string): void {
    const grid = addressCode(url);
    const scale = Math.floor(PANEL.size / (grid.size + 2 * QUIET_ZONE_MODULES));
    const margin = Math.floor((PANEL.size - grid.size * scale) / 2);
    this.#fill(PANEL.x, PANEL.y, PANEL.size, WHITE);
    for (let y = 0; y < grid.size; y++) {
      for (let x = 0; x < grid.size; x++) {
        if (grid.has(x, y))
          this.#fill(PANEL.x + margin + x * scale, PANEL.y + margin + y * scale, scale, BLACK);
      }
    }
  }

  encode(fill: string, text: string): Promise<Uint8Array<ArrayBuffer>> {
    const shades = Array.from({ length: SHADES }, (_, i) => mix(fill, text, i / (SHADES - 1)));
    const stride = PREVIEW_WIDTH + 1;
    const scanLines = new Uint8Array(stride * PREVIEW_HEIGHT);
    const pixels = this.#pixels;
    for (let y = 0; y < PREVIEW_HEIGHT; y++) {
      scanLines[y * stride] = FILTER_UP;
      for (let x = 0, at = y * PREVIEW_WIDTH; x < PREVIEW_WIDTH; x++, at++) {
        scanLines[y * stride + 1 + x] = (pixels[at] ?? 0) - (y > 0 ? (pixels[at - PREVIEW_WIDTH] ?? 0) : 0);
      }
    }
    return encodePng({
      width: PREVIEW_WIDTH,
      height: PREVIEW_HEIGHT,
      depth: 8,
      palette: [...shades, '#ffffff', '#000000'],
      scanLines,
    });
  }

  #fill(left: number, top: number, size: number, color: number): void {
    for (let y = top; y < top + size; y++) {
      this.#pixels.fill(color, y * PREVIEW_WIDTH + left, y * PREVIEW_WIDTH + left + size);
    }
  }

  #set(x: number, y: number, color: number): void {
    if (x >= 0 && x < PREVIEW_WIDTH && y >= 0 && y < PREVIEW_HEIGHT)
      this.#pixels[y * PREVIEW_WIDTH + x] = color;
  }
}

function shade(share: number): number {
  return Math.round(share * (SHADES - 1));
}
