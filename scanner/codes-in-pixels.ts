/** All QR codes of a picture, with a decoder that reads one at a time and none that is mirrored. */
import decode, { type FinderPoints } from 'qr/decode.js';

/** Pixels, four bytes each: red, green, blue, alpha. */
export interface Pixels {
  data: Uint8ClampedArray;
  width: number;
  height: number;
}

/** Codes that are looked at in one picture. */
const MAX_CODES = 4;

/**
 * The text of the first code that is wanted, else of the first at all; undefined where none is found.
 * @param limitMs for each of at most five looks
 * @param mirror whether to look at the mirror image where nothing is found
 */
export function readPixels(
  pixels: Pixels,
  isWanted: (text: string) => boolean,
  limitMs: number,
  mirror: boolean,
): string | undefined {
  // Not by spreading: the size of ImageData is not its own property.
  const rest = { data: pixels.data.slice(), width: pixels.width, height: pixels.height };
  let first: string | undefined;
  for (let found = 0; found < MAX_CODES; found++) {
    const code = decodeOne(rest, limitMs);
    if (!code) break;
    if (isWanted(code.text)) return code.text;
    first ??= code.text;
    if (!code.points) break;
    blank(rest, code.points);
  }
  return first ?? (mirror ? decodeOne(mirrored(pixels), limitMs)?.text : undefined);
}

function decodeOne(pixels: Pixels, timeLimit: number) {
  let points: FinderPoints | undefined;
  try {
    const text = decode(pixels, {
      timeLimit,
      pointsOnDetect: (found) => {
        points = found;
      },
    });
    return { text, points };
  } catch {
    return undefined;
  }
}

/** Paints white over a code that was read, so that the next look finds another. */
function blank({ data, width, height }: Pixels, { boundingBox }: FinderPoints): void {
  const clamp = (value: number, max: number) => Math.min(max, Math.max(0, Math.round(value)));
  const left = clamp(boundingBox.x, width);
  const right = clamp(boundingBox.x + boundingBox.width, width);
  const bottom = clamp(boundingBox.y + boundingBox.height, height);
  for (let y = clamp(boundingBox.y, height); y < bottom; y++) {
    data.fill(255, 4 * (y * width + left), 4 * (y * width + right));
  }
}

function mirrored({ data, width, height }: Pixels): Pixels {
  const source = new Uint32Array(data.buffer, data.byteOffset, width * height);
  const target = new Uint32Array(width * height);
  for (let y = 0; y < height; y++) {
    target.set(source.subarray(y * width, (y + 1) * width).toReversed(), y * width);
  }
  return { data: new Uint8ClampedArray(target.buffer), width, height };
}
