/**
 * How much of each pixel a shape covers, which is what smooth edges are drawn with.
 *
 * Every edge adds to the pixels that it crosses the area to its right, with the sign of its direction; the running sum
 * along a row is then the coverage. No edge lists and no sorting, whatever the shape.
 */
import type { OutlinePen } from './harfbuzz.ts';

/** Segments of a curve: enough for letters of 100 pixels. */
const CURVE_STEPS = 6;

/** Less than a shade can show. */
const LEAST_SHARE = 0.01;

/** A part of a picture, in pixels. */
export class Rasterizer {
  readonly width: number;
  readonly height: number;
  readonly #areas: Float32Array;
  /** An edge at the right end adds to the two pixels after it. */
  readonly #stride: number;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.#stride = width + 2;
    this.#areas = new Float32Array(this.#stride * height);
  }

  /** A pen that adds outlines with their origin at x, y; `size` is pixels an em. An outline ends where it began. */
  pen(x: number, y: number, size: number): OutlinePen {
    let [lastX, lastY] = [0, 0];
    const lineTo = (toX: number, toY: number) => {
      this.#addLine(lastX, lastY, toX, toY);
      [lastX, lastY] = [toX, toY];
    };
    const [right, down] = [(dx: number) => x + dx * size, (dy: number) => y - dy * size];
    return {
      moveTo: (toX, toY) => {
        [lastX, lastY] = [right(toX), down(toY)];
      },
      lineTo: (toX, toY) => lineTo(right(toX), down(toY)),
      curveTo: (controlX, controlY, toX, toY) => {
        const [fromX, fromY] = [lastX, lastY];
        for (let i = 1; i <= CURVE_STEPS; i++) {
          const t = i / CURVE_STEPS;
          const [a, b, c] = [(1 - t) ** 2, 2 * t * (1 - t), t ** 2];
          lineTo(
            a * fromX + b * right(controlX) + c * right(toX),
            a * fromY + b * down(controlY) + c * down(toY),
          );
        }
      },
    };
  }

  /** Adds a disc. */
  addDisc(centerX: number, centerY: number, radius: number): void {
    const corners = 90;
    const at = (i: number): [number, number] => {
      const angle = (2 * Math.PI * i) / corners;
      return [centerX + radius * Math.cos(angle), centerY + radius * Math.sin(angle)];
    };
    for (let i = 0; i < corners; i++) this.#addLine(...at(i), ...at(i + 1));
  }

  /** Calls `visitor` for each pixel that is covered, with the share of it that is, up to 1. */
  visit(visitor: (x: number, y: number, share: number) => void): void {
    for (let y = 0; y < this.height; y++) {
      let sum = 0;
      for (let x = 0; x < this.width; x++) {
        sum += this.#areas[y * this.#stride + x] ?? 0;
        const share = Math.min(1, Math.abs(sum));
        if (share > LEAST_SHARE) visitor(x, y, share);
      }
    }
  }

  #addLine(x0: number, y0: number, x1: number, y1: number): void {
    if (y0 === y1) return;
    const sign = y0 < y1 ? 1 : -1;
    const [topX, topY, bottomX, bottomY] = sign > 0 ? [x0, y0, x1, y1] : [x1, y1, x0, y0];
    const slope = (bottomX - topX) / (bottomY - topY);
    const from = Math.max(0, Math.floor(topY));
    const to = Math.min(this.height, Math.ceil(bottomY));
    for (let row = from; row < to; row++) {
      const top = Math.max(row, topY);
      const bottom = Math.min(row + 1, bottomY);
      const xTop = topX + (top - topY) * slope;
      this.#addStretch(row, xTop, xTop + (bottom - top) * slope, sign * (bottom - top));
    }
  }

  /** The part of an edge within one row: `weight` is its signed height. */
  #addStretch(row: number, xFrom: number, xTo: number, weight: number): void {
    const clamp = (x: number) => Math.min(this.width, Math.max(0, x));
    const left = clamp(Math.min(xFrom, xTo));
    const right = clamp(Math.max(xFrom, xTo));
    const areas = this.#areas;
    const base = row * this.#stride;
    const end = Math.max(left + 1e-6, right);
    const density = weight / (end - left);
    for (let x = Math.floor(left); x < end; x++) {
      const a = Math.max(x, left);
      const b = Math.min(x + 1, end);
      const part = density * (b - a);
      // What lies to the right of the edge within this pixel, and the rest in the next.
      const covered = part * (x + 1 - (a + b) / 2);
      areas[base + x] = (areas[base + x] ?? 0) + covered;
      areas[base + x + 1] = (areas[base + x + 1] ?? 0) + part - covered;
    }
  }
}
