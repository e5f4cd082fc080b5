/** What stands in the middle of a code: the mark of this service, or somebody's initials, as outlines. */
import type { OutlinePen } from '../preview/harfbuzz.ts';
import type { Line } from '../preview/typesetter.ts';

/** Outlines in any unit, y upwards: a line of text is one. */
export type Outline = Pick<Line, 'draw'>;

/** The card of `pages/favicon.svg`, with what is cut out of it in the opposite direction. */
const MARK: readonly (readonly [left: number, top: number, right: number, bottom: number, isCut?: true])[] = [
  [7, 9, 25, 23],
  [9, 11, 23, 21, true],
  [11, 13, 15, 17],
  [17, 13, 21, 14.5],
  [17, 16, 21, 17.5],
  [11, 18.5, 21, 20],
];

export const MARK_OUTLINE: Outline = {
  draw: (penAt) => {
    const pen = penAt(0, 0);
    for (const [left, top, right, bottom, isCut] of MARK) {
      const corners = [
        [left, top],
        [right, top],
        [right, bottom],
        [left, bottom],
        [left, top],
      ] as const;
      for (const [i, [x, y]] of (isCut ? corners.toReversed() : corners).entries())
        i === 0 ? pen.moveTo(x, -y) : pen.lineTo(x, -y);
    }
  },
};

/** Draws an outline as large as a square in the middle of `center` takes it, y downwards. */
export function drawInto(outline: Outline, center: number, side: number, pen: OutlinePen): void {
  let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
  outline.draw((atX, atY) => {
    const to = (x: number, y: number) => {
      [left, right] = [Math.min(left, atX + x), Math.max(right, atX + x)];
      [low, high] = [Math.min(low, atY + y), Math.max(high, atY + y)];
    };
    return { moveTo: to, lineTo: to, curveTo: (_cx, _cy, x, y) => to(x, y) };
  });
  const scale = side / Math.max(right - left, high - low);
  outline.draw((atX, atY) => {
    const at = (x: number, y: number) =>
      [
        center + (atX + x - (left + right) / 2) * scale,
        center - (atY + y - (low + high) / 2) * scale,
      ] as const;
    return {
      moveTo: (x, y) => pen.moveTo(...at(x, y)),
      lineTo: (x, y) => pen.lineTo(...at(x, y)),
      curveTo: (cx, cy, x, y) => pen.curveTo(...at(cx, cy), ...at(x, y)),
    };
  });
}

/** A pen that writes SVG path data. */
export function pathPen(): { pen: OutlinePen; path: () => string } {
  let path = '';
  const n = (value: number) => String(Math.round(value * 100) / 100);
  return {
    pen: {
      moveTo: (x, y) => {
        path += `M${n(x)} ${n(y)}`;
      },
      lineTo: (x, y) => {
        path += `L${n(x)} ${n(y)}`;
      },
      curveTo: (cx, cy, x, y) => {
        path += `Q${n(cx)} ${n(cy)} ${n(x)} ${n(y)}`;
      },
    },
    path: () => path,
  };
}
