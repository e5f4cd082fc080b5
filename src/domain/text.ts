/** What a text on a card may contain: one normal form, nothing that hides, reorders or overflows. */

import { error, ok, type Result } from './result.ts';

interface TextRules {
  /** Most Unicode code points, counted in the normal form. */
  max: number;
  /** Whether line breaks are kept. */
  multiline?: boolean;
}

/** More than 10 combining marks in a row: the deepest orthography needs four, "Zalgo" text needs dozens. */
const STACKED_MARKS = /\p{M}{11}/u;

/**
 * What leaves no ink at the edge of a text: white space of all kinds, zero-width and directional characters, fillers.
 * Variation selectors and tags are not among them, because they end emoji.
 */
const EDGE =
  '[\\p{White_Space}\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\u2800\\u3164\\ufeff\\uffa0]';
const LEADING = new RegExp(`^${EDGE}+`, 'u');
const TRAILING = new RegExp(`(?<!${EDGE})${EDGE}+$`, 'u');

/** Zero-width space, word joiner, byte order mark, soft hyphen: debris of copying, dropped without a word. */
const PASTE_DEBRIS = /[\u200b\u2060\ufeff\u00ad]/g;

/** Controls of ASCII and Latin-1, and the line and paragraph separators; the line feed is treated before. */
const CONTROL = /[\p{Cc}\u2028\u2029]/u;

/** Embeddings, overrides and isolates make a text read otherwise than it is stored (Unicode TR 36, 2.9). */
const REORDERING = /[\u202a-\u202e\u2066-\u2069]/;

/** The flags of England, Scotland, Wales and others: the one honest use of tag characters (Unicode TR 51). */
const FLAG_SEQUENCE = /\u{1f3f4}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{3,6}\u{e007f}/gu;

/** Tag characters, invisible operators, deprecated formatting and annotations carry text that nobody sees. */
const HIDDEN = /[\u{e0000}-\u{e007f}\u2061-\u2065\u206a-\u206f\ufff9-\ufffb]/u;

/** Characters that draw nothing; joiners, direction marks and variation selectors are fine beside one that does. */
const INKLESS = /[\p{Default_Ignorable_Code_Point}\p{White_Space}\p{C}\u2800]/gu;

/** UTF-16 units for each code point that is allowed: no text has so many that is short enough in its normal form. */
const UNITS_PER_CODE_POINT = 10;

/** A text without what nobody sees at its edges: the first step of reading any field of one line. */
export function trimInvisible(raw: string): string {
  return raw.replace(LEADING, '').replace(TRAILING, '');
}

/** The code of a character as Unicode writes it: `U+202E`. */
export function codeOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Length of a text in Unicode code points, the unit of all limits. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/**
 * Checks a text and brings it into its normal form: NFC, without invisible edges, `\n` as line break and at most one blank line in
 * a row. A text of invisible characters alone becomes `''`. Joiners stay, because emoji and Indic scripts need them.
 */
export function checkText(raw: string, { max, multiline = false }: TextRules): Result<string> {
  if (!raw.isWellFormed()) return error('This text is damaged: it has half of a character.');
  // First of all, because normalisation takes quadratic time.
  const trimmed = trimInvisible(raw);
  if (trimmed.length > max * UNITS_PER_CODE_POINT) return tooLong(max, codePoints(trimmed));
  let text = trimInvisible(trimmed.replace(PASTE_DEBRIS, '').normalize('NFC'));
  if (multiline) {
    text = text
      .replace(/\r\n?|[\u2028\u2029]/g, '\n')
      .replace(/(?<![^\S\n])[^\S\n]+\n/g, '\n')
      .replace(/\n{3,}/g, '\n\n');
  }
  if (text.replace(INKLESS, '') === '') return ok('');
  const control = CONTROL.exec(multiline ? text.replaceAll('\n', ' ') : text)?.[0];
  if (control) {
    const instead = multiline
      ? 'tabs and other control characters have no place here'
      : 'use one line, without tabs';
    return error(`The character ${codeOf(control)} is not allowed: ${instead}.`);
  }
  const turning = REORDERING.exec(text)?.[0];
  if (turning)
    return error(`The character ${codeOf(turning)} is not allowed: it turns the direction of a text.`);
  const hidden = HIDDEN.exec(text.replace(FLAG_SEQUENCE, ''))?.[0];
  if (hidden) return error(`The character ${codeOf(hidden)} is not allowed: nobody can see it.`);
  if (STACKED_MARKS.test(text)) return error('Too many marks stand on one letter.');
  const length = codePoints(text);
  return length > max ? tooLong(max, length) : ok(text);
}

function tooLong(max: number, length: number): Result<string> {
  return error(`Use at most ${max} characters; these are ${length}.`);
}

/** Checks a colour `#rrggbb` and writes it in lower case. */
export function checkColor(raw: string): Result<string> {
  const color = trimInvisible(raw).toLowerCase();
  return /^#[\da-f]{6}$/.test(color)
    ? ok(color)
    : error('Write a colour as # and six digits, such as #6366f1.');
}
