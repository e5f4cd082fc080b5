/**
 * The order in which the letters of one line stand when it mixes directions: the Unicode Bidirectional Algorithm
 * (UAX #9) for a line without embeddings, with three levels: left-to-right, right-to-left, and what stands
 * left-to-right within that.
 */

/** The blocks of scripts that are written from right to left (Bidi_Class R and AL, and their marks). */
const RIGHT_TO_LEFT =
  /[\u0590-\u05ff\u0600-\u08ff\u200f\u061c\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const LETTER = /[\p{L}\p{M}\u200e\u200f\u061c]/u;
/** Numbers with the separators within them, and the signs around those of European digits (rules W4 and W5). */
const PARTS =
  /(?<arabic>[\u0660-\u0669]+(?:[.,:\u066b\u066c][\u0660-\u0669]+)*)|(?<number>[#$%\u20a0-\u20cf]*[\p{Nd}--[\u0660-\u0669]]+(?:[.,:\/+\-][\p{Nd}--[\u0660-\u0669]]+)*[#$%\u20a0-\u20cf]*)|./gsv;

/** Opening and closing brackets in turn. */
const BRACKETS = '()[]{}（）「」『』【】〈〉《》';

/** A part of a text whose letters follow each other in one direction. */
export interface DirectionRun {
  text: string;
  isRtl: boolean;
}

/** Whether a text reads from right to left: its first letter decides (rules P2 and P3). */
export function isRightToLeft(text: string): boolean {
  const first = [...text].find((character) => LETTER.test(character));
  return first !== undefined && RIGHT_TO_LEFT.test(first);
}

/** The runs of a line from left to right; the letters within each are in the order of reading. */
export function visualRuns(line: string, isRtlLine: boolean): DirectionRun[] {
  const runs: { text: string; level: number }[] = [];
  for (const { text, level } of leveled(line, isRtlLine ? 1 : 0)) {
    const last = runs.at(-1);
    if (last?.level === level) last.text += text;
    else runs.push({ text, level });
  }
  // From the highest level down, what stands on it or above is turned around (rule L2).
  for (let level = 2; level > 0; level--) {
    for (let from = 0; from < runs.length; from++) {
      let to = from;
      while ((runs[to]?.level ?? -1) >= level) to++;
      runs.splice(from, to - from, ...runs.slice(from, to).reverse());
      from = Math.max(from, to - 1);
    }
  }
  return runs.map(({ text, level }) => ({ text, isRtl: level === 1 }));
}

/** A part of a line: its level, where that is known, and the direction that it gives to what stands beside it. */
interface Part {
  text: string;
  level?: number;
  side?: number;
}

/** The parts of a line with their levels, in the order of reading. */
function leveled(line: string, base: 0 | 1): { text: string; level: number }[] {
  // The direction of the last letter, which numbers follow (rules W2 and W7).
  let strong: number = base;
  const parts = [...line.matchAll(PARTS)].map(({ 0: text, groups }): Part => {
    if (groups?.arabic !== undefined) return { text, level: 2, side: 1 };
    // Beside neutral characters a number counts as right-to-left where the letters before it are (rule N1).
    if (groups?.number !== undefined)
      return { text, level: strong === 1 || base === 1 ? 2 : 0, side: strong };
    if (!LETTER.test(text)) return { text };
    strong = RIGHT_TO_LEFT.test(text) ? 1 : 0;
    return { text, level: strong === 1 ? 1 : 2 * base, side: strong };
  });
  const sideBefore = (i: number) =>
    parts.slice(0, i).findLast(({ side }) => side !== undefined)?.side ?? base;
  const sideAfter = (i: number) => parts.slice(i + 1).find(({ side }) => side !== undefined)?.side ?? base;
  const decide = (part: Part, side: number) =>
    Object.assign(part, { level: side === 1 ? 1 : 2 * base, side });
  // Brackets with letters between them take the same direction (rule N0).
  for (const [from, to] of pairs(parts)) {
    const inside = parts.slice(from + 1, to).flatMap(({ side }) => side ?? []);
    if (inside.length === 0) continue;
    const side = inside.includes(base) ? base : sideBefore(from);
    for (const at of [from, to]) decide(parts[at] as Part, side);
  }
  // Others take that of both sides where those agree (rules N1 and N2).
  const sides = parts.map(({ side }, i) => {
    if (side !== undefined) return side;
    return sideBefore(i) === sideAfter(i) ? sideBefore(i) : base;
  });
  return parts.map((part, i) => ({
    text: part.text,
    level: part.level ?? decide(part, sides[i] as number).level,
  }));
}

/** Where brackets open and close, by where they open (definition BD16). */
function pairs(parts: readonly Part[]): [number, number][] {
  const open: { close: string; at: number }[] = [];
  const found: [number, number][] = [];
  for (const [at, { text }] of parts.entries()) {
    const kind = BRACKETS.indexOf(text);
    if (kind >= 0 && kind % 2 === 0) open.push({ close: BRACKETS[kind + 1] as string, at });
    const opened = open.findLastIndex(({ close }) => close === text);
    if (opened < 0) continue;
    found.push([(open[opened] as { at: number }).at, at]);
    open.length = opened;
  }
  return found.sort(([a], [b]) => a - b);
}
