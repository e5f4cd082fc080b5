/** Pictures of codes for decoders: pixels drawn from modules through a projection, blurred and with noise, all seeded. */
import type { QrGrid } from '../../src/domain/qr/grid.ts';
import type { Pixels } from './readers.ts';

/** How a camera sees a code. */
export interface View {
  /** Pixels of the code from its left to its right edge, without the quiet zone. */
  codeWidth: number;
  width: number;
  height: number;
  /** Degrees about the vertical axis, as when somebody holds it aslant. */
  tilt?: number;
  /** Degrees in the plane of the picture. */
  turn?: number;
  /** How much shorter the upper edge is than the lower one, as a part of it. */
  keystone?: number;
  /** Standard deviation of a Gaussian blur in pixels. */
  blur?: number;
  /** Standard deviation of noise, of 255. */
  noise?: number;
  isMirrored?: boolean;
  isInverted?: boolean;
  /** Where the centre of the code stands, as parts of width and height. */
  at?: readonly [x: number, y: number];
}

/** Light of each pixel, from 0 to 255. */
export type Luma = Float32Array;

const DARK = 30;
const LIGHT = 225;
/** Distance of the eye, in widths of the code. */
const DISTANCE = 3;
/** Looks into each pixel along each axis. */
const SAMPLES = 3;

/** A light background. */
export function blankLuma(width: number, height: number): Luma {
  return new Float32Array(width * height).fill(LIGHT);
}

/** Draws a code into a picture. */
export function drawCode(luma: Luma, code: QrGrid, view: View): void {
  const { width, height, codeWidth, tilt = 0, turn = 0, keystone = 0, at = [0.5, 0.5] } = view;
  const toRadians = Math.PI / 180;
  const [sinTilt, cosTilt] = [Math.sin(tilt * toRadians), Math.cos(tilt * toRadians)];
  const [sinTurn, cosTurn] = [Math.sin(turn * toRadians), Math.cos(turn * toRadians)];
  // The code with its quiet zone, turned any way.
  const reach = 0.9 * codeWidth;
  const [left, right] = [Math.max(0, at[0] * width - reach), Math.min(width, at[0] * width + reach)];
  const [top, bottom] = [Math.max(0, at[1] * height - reach), Math.min(height, at[1] * height + reach)];
  for (let py = Math.floor(top); py < bottom; py++) {
    for (let px = Math.floor(left); px < right; px++) {
      let dark = 0;
      let inside = 0;
      for (let sample = 0; sample < SAMPLES * SAMPLES; sample++) {
        const sx = (px + ((sample % SAMPLES) + 0.5) / SAMPLES - at[0] * width) / codeWidth;
        const sy = (py + (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES - at[1] * height) / codeWidth;
        let x = sx * cosTurn + sy * sinTurn;
        let y = sy * cosTurn - sx * sinTurn;
        // The ray through the pixel meets the tilted plane of the code.
        const distance = DISTANCE / (DISTANCE * cosTilt - x * sinTilt || 1e-9);
        x *= distance;
        y *= distance * cosTilt;
        x /= 1 + keystone * y;
        if (view.isMirrored) x = -x;
        const [column, row] = [Math.floor((x + 0.5) * code.size), Math.floor((y + 0.5) * code.size)];
        if (Math.min(column, row) < -4 || Math.max(column, row) >= code.size + 4) continue;
        inside += 1;
        if (column >= 0 && row >= 0 && column < code.size && row < code.size && code.has(column, row))
          dark += 1;
      }
      if (inside === 0) continue;
      const part = dark / inside;
      const share = view.isInverted ? 1 - part : part;
      luma[py * width + px] = LIGHT + (DARK - LIGHT) * share;
    }
  }
}

/** A Gaussian blur, in both directions one after the other. */
export function blurred(luma: Luma, width: number, sigma: number): Luma {
  if (sigma === 0) return luma;
  const radius = Math.ceil(3 * sigma);
  const weights = Array.from({ length: 2 * radius + 1 }, (_, i) =>
    Math.exp(-((i - radius) ** 2) / (2 * sigma ** 2)),
  );
  const sum = weights.reduce((a, b) => a + b);
  const height = luma.length / width;
  const pass = (source: Luma, step: number, length: number, other: number, otherStep: number) => {
    const target = new Float32Array(source.length);
    for (let line = 0; line < other; line++) {
      for (let i = 0; i < length; i++) {
        let value = 0;
        for (let k = -radius; k <= radius; k++) {
          const at = Math.min(length - 1, Math.max(0, i + k));
          value += weights[k + radius]! * source[line * otherStep + at * step]!;
        }
        target[line * otherStep + i * step] = value / sum;
      }
    }
    return target;
  };
  return pass(pass(luma, 1, width, height, width), width, height, width, 1);
}

/** Adds noise that the seed decides. */
export function noisy(luma: Luma, deviation: number, seed: number): Luma {
  let state = (seed * 2654435761) >>> 0 || 1;
  const random = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  return luma.map(
    (value) => value + deviation * (random() + random() + random() + random() - 2) * Math.sqrt(3),
  );
}

/** A picture of one code. */
export function pictureOf(code: QrGrid, view: View, seed = 1): Luma {
  const luma = blankLuma(view.width, view.height);
  drawCode(luma, code, view);
  return noisy(blurred(luma, view.width, view.blur ?? 0), view.noise ?? 0, seed);
}

/** The same as pixels. */
export function pixelsOf(luma: Luma, width: number): Pixels {
  const data = new Uint8ClampedArray(luma.length * 4);
  luma.forEach((value, i) => {
    data.fill(value, 4 * i, 4 * i + 3);
    data[4 * i + 3] = 255;
  });
  return { data, width, height: luma.length / width };
}
