/** The order of letters on a line that mixes directions; what is right was computed with bidi-js, an implementation of UAX #9. */
import { describe, expect, test } from 'vitest';
import { isRightToLeft, visualRuns } from '../../../src/domain/preview/bidi.ts';

/** The letters from left to right. */
function seen(line: string): string {
  return visualRuns(line, isRightToLeft(line))
    .map(({ text, isRtl }) => (isRtl ? [...text].reverse().join('') : text))
    .join('');
}

describe('a line', () => {
  test.each([
    ['Ada Lovelace', 'Ada Lovelace'],
    ['דוד לוי', 'יול דוד'],
    ['דוד ב-Google 2026, תל אביב', 'ביבא לת ,Google 2026-ב דוד'],
    ['טל: 03-1234567', '03-1234567 :לט'],
    ['דוד 3.5%', '3.5% דוד'],
    ['שלום C++', '++C םולש'],
    ['R&D שלום', 'R&D םולש'],
    ['Ada (דוד) 2026', 'Ada (דוד) 2026'.replace('דוד', 'דוד')],
    ['דוד (Ali) 山田', '山田 )Ali( דוד'],
    ['Node.js (24) דוד', 'Node.js (24) דוד'],
    ['לוי ABC ١٢ (א.ב)', ')ב.א( ١٢ ABC יול'],
    ['[דוד] (Ada', 'Ada( ]דוד['],
    ['', ''],
  ])('%s', (line, expected) => {
    expect(seen(line)).toBe(expected);
  });

  test('keeps the non-joiner of a word within its run', () => {
    expect(visualRuns('می\u200cخواهم', true)).toEqual([{ text: 'می\u200cخواهم', isRtl: true }]);
  });

  test.each([
    ['2026 שלום', true],
    ['(Ada) שלום', false],
    ['山田', false],
    ['\u200fAda', true],
    ['…', false],
  ])('%j reads from the right: %s', (line, isRtl) => {
    expect(isRightToLeft(line)).toBe(isRtl);
  });
});
