/** Brings texts of an existing DevCard into a form that this service accepts. */
import { checkText, codePoints, trimInvisible } from '../../src/domain/text.ts';
import type { Finding } from './findings.ts';

/** What `checkText` refuses, beside length. */
const CONTROL = /[\p{Cc}\u2028\u2029]/gu;
const HIDDEN = /[\u202a-\u202e\u2061-\u206f\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
const TOO_MANY_MARKS = /(\p{M}{10})\p{M}+/gu;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

interface Rules {
  field: string;
  /** Code points. */
  max: number;
  multiline?: boolean;
}

/** The text, or `''` where nothing of it is left, and what was done to it. */
export function mendText(raw: string | null, rules: Rules): { text: string; findings: Finding[] } {
  const given = raw ?? '';
  const checked = checkText(given, rules);
  if (checked.ok) return { text: checked.value, findings: [] };
  const { field, max, multiline } = rules;
  const clean = given
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(CONTROL, (control) => (multiline && control === '\n' ? control : ' '))
    .replace(HIDDEN, '')
    .replace(TOO_MANY_MARKS, '$1');
  const short = cut(trimInvisible(clean).normalize('NFC'), max);
  const mended = checkText(short, rules);
  const text = mended.ok ? mended.value : '';
  const reason = codePoints(clean) > max ? 'text-cut' : 'text-mended';
  return { text, findings: [{ outcome: 'changed', reason, field, from: given, to: text }] };
}

/** The first graphemes that fit into `max` code points. */
function cut(text: string, max: number): string {
  let kept = '';
  let length = 0;
  // No text that fits has more UTF-16 units than this; a book need not be segmented.
  for (const { segment } of graphemes.segment(text.slice(0, max * 10))) {
    length += codePoints(segment);
    if (length > max) break;
    kept += segment;
  }
  return trimInvisible(kept);
}
