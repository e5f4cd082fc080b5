/** The picture that chats and feeds show of a profile: 1200 × 630 pixels, drawn without a browser. */
import { ground, mix } from '../color.ts';
import { initials } from '../initials.ts';
import { encodePng, FILTER_UP } from '../png.ts';
import type { ProfileFields } from '../profile.ts';
import { addressCode } from '../qr/encode.ts';
import { Fitting } from './fitting.ts';
import { BOLD, REGULAR } from './harfbuzz.ts';
import { Rasterizer } from './rasterizer.ts';
import type { Line, Typesetter } from './typesetter.ts';

export const PREVIEW_WIDTH = 1200;
export const PREVIEW_HEIGHT = 630;

/** Part of the picture's entity tag: raise it when the drawing changes. */
export const PREVIEW_REVISION = 2;

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
const DETAIL_LINE = 1.45;

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

/** Capitals of these scripts have one height; letters of others are put into the middle by their ink. */
const HAS_CAPITALS = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]+$/u;
const CAPITAL_HEIGHT = 0.72;

/** Pictographs with what joins and colours them: no font has them, and no name needs them. Signs such as ™ are letters. */
const PICTOGRAPHS =
  /(?:(?![©®™](?!\ufe0f))\p{Extended_Pictographic}[\ufe0f\u20e3\p{Emoji_Modifier}\u{e0020}-\u{e007f}]*\u200d?)+|\p{Emoji_Modifier}|\p{Regional_Indicator}|[\d#*]\ufe0f?\u20e3/gu;
/** What is not seen, but for what scripts need to join letters or to keep them apart, and marks of direction. */
const UNSEEN = /(?![\u200c-\u200f\u061c])\p{Default_Ignorable_Code_Point}/gu;

/** What stands largest: a name or handle, with the initials of the disc. */
interface Title {
  text: string;
  initials: string;
}

/** What the picture says, beside the page's address. */
export interface PreviewTexts {
  /** Undefined where there is nothing to read in it. */
  name: Title | undefined;
  /** Instead of a name whose letters are not to be had. */
  handle: Title;
  details: string[];
}

/** The texts of a picture; their letters decide which fonts it needs. */
export function previewTexts({
  username,
  displayName,
  role,
  company,
}: Pick<ProfileFields, 'username' | 'displayName' | 'role' | 'company'>): PreviewTexts {
  const name = readable(displayName);
  const handle = { text: `@${username}`, initials: initials(username) };
  return {
    name: name === undefined ? undefined : { text: name, initials: initials(name) || handle.initials },
    handle,
    details: [role, company].map((text) => readable(text ?? '')).filter((text) => text !== undefined),
  };
}

/**
 * A PNG that leads to a page. Texts whose letters the typesetter lacks are left out, but for the name, which the handle
 * stands in for.
 */
export function previewImage(
  { name, handle, details }: PreviewTexts,
  { url, accentColor }: { url: string; accentColor: string },
  typesetter: Typesetter,
): Promise<Uint8Array<ArrayBuffer>> {
  const { ground: fill, text } = ground(accentColor);
  const picture = new Picture();
  const fitting = new Fitting(typesetter);
  const title = name && typesetter.line(name.text, BOLD) ? name : handle;
  picture.disc(MARGIN + DISC_RADIUS, DISC_Y, title.initials, typesetter);

  const { size, lines } = fitting.fitted(title.text, { weight: BOLD, width: TEXT_WIDTH, sizes: NAME_SIZES });
  const block = Math.max(...lines.map(({ width }) => width));
  let y = NAME_TOP + size;
  for (const line of lines) {
    // Lines that are read from the right begin at the right end of their block.
    picture.text(line, MARGIN + (line.isRtl ? (block - line.width) * size : 0), y, size, 1);
    y += size * NAME_LINE;
  }
  // From the baseline after the name to that of smaller letters, and a little air.
  y += 1.75 * DETAIL_SIZE - size;

  const oneLine = (part: string, size: number, width: number) =>
    fitting.fitted(part, { weight: REGULAR, width, sizes: [{ size, lines: 1 }] }).lines[0] as Line;
  for (const detail of details) {
    if (!typesetter.line(detail, REGULAR)) continue;
    picture.text(oneLine(detail, DETAIL_SIZE, TEXT_WIDTH), MARGIN, y, DETAIL_SIZE, SOFT);
    y += DETAIL_SIZE * DETAIL_LINE;
  }
  const address = url.replace(/^https?:\/\//, '');
  const widest = PANEL.x + PANEL.size - MARGIN;
  picture.text(oneLine(address, ADDRESS_SIZE, widest), MARGIN, ADDRESS_Y, ADDRESS_SIZE, SOFT);
  picture.code(url);
  return picture.encode(fill, text);
}

/** A text without pictographs and in one line, or undefined when nothing is left of it. */
function readable(text: string): string | undefined {
  const plain = text
    .replace(PICTOGRAPHS, '')
    .replace(UNSEEN, '')
    .replace(/\s+/g, ' ')
    .trim()
    .normalize('NFC');
  return /[^\p{Default_Ignorable_Code_Point}\s]/u.test(plain) ? plain : undefined;
}

/** Pixels as places in the palette: shades from the ground to the text, then white and black. */
class Picture {
  readonly #pixels = new Uint8Array(PREVIEW_WIDTH * PREVIEW_HEIGHT);

  /** @param strength of the ink, 1 for the colour of the text itself */
  text(line: Line, x: number, baseline: number, size: number, strength: number): void {
    // Room for marks above and below letters of all scripts.
    const height = Math.ceil(size * 2.2);
    const top = Math.round(baseline - size * 1.5);
    const left = Math.floor(x);
    const coverage = new Rasterizer(PREVIEW_WIDTH - left, height);
    line.draw((dx, dy) => coverage.pen(x - left + dx * size, baseline - top - dy * size, size));
    coverage.visit((dx, dy, share) => this.#set(left + dx, top + dy, shade(share * strength)));
  }

  /** A disc in the text's colour with initials cut out of it. */
  disc(centerX: number, centerY: number, letters: string, typesetter: Typesetter): void {
    const side = 2 * DISC_RADIUS;
    const disc = new Rasterizer(side, side);
    disc.addDisc(DISC_RADIUS, DISC_RADIUS, DISC_RADIUS);
    const [left, top] = [centerX - DISC_RADIUS, centerY - DISC_RADIUS];
    disc.visit((x, y, share) => this.#set(left + x, top + y, shade(share)));
    const line = typesetter.line(letters, BOLD);
    if (!line || line.width === 0) return;
    const size = Math.min(DISC_RADIUS * 0.85, (1.5 * DISC_RADIUS) / line.width);
    const middle = HAS_CAPITALS.test(letters) ? CAPITAL_HEIGHT / 2 : middleOf(line);
    const inside = new Rasterizer(side, side);
    line.draw((dx, dy) =>
      inside.pen(DISC_RADIUS + (dx - line.width / 2) * size, DISC_RADIUS + (middle - dy) * size, size),
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

/** The height of the middle of a line's ink above its baseline, in ems. */
function middleOf(line: Line): number {
  let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  line.draw((_x, y) => {
    const to = (_toX: number, toY: number) => {
      lowest = Math.min(lowest, y + toY);
      highest = Math.max(highest, y + toY);
    };
    return { moveTo: to, lineTo: to, curveTo: (_cx, _cy, x, toY) => to(x, toY) };
  });
  return (lowest + highest) / 2;
}

function shade(share: number): number {
  return Math.round(share * (SHADES - 1));
}
