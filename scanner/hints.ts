/** What may help when no code is found: told from the brightness of two small frames, which costs next to nothing. */

/** Of the frames that are looked at, in pixels. */
export const HINT_WIDTH = 32;
export const HINT_HEIGHT = 24;

/** Mean brightness below which a code cannot be told from its ground, 0 to 255. */
const DARK = 50;
/** Mean difference of two frames above which the camera moves. */
const MOVING = 18;

/** A sentence for two frames in RGBA, one shortly after the other. */
export function hintOf(before: Uint8ClampedArray, now: Uint8ClampedArray): string {
  const brightness = mean(now, (index) => now[index] ?? 0);
  if (brightness < DARK) return 'More light helps.';
  const difference = mean(now, (index) => Math.abs((now[index] ?? 0) - (before[index] ?? 0)));
  return difference > MOVING ? 'Hold it still for a moment.' : 'Move closer, until the code fills the frame.';
}

/** Over the green of all pixels, which is most of what eyes and codes see. */
function mean(frame: Uint8ClampedArray, value: (index: number) => number): number {
  let sum = 0;
  for (let index = 1; index < frame.length; index += 4) sum += value(index);
  return sum / (frame.length / 4);
}
