/** Texts and colours: one normal form, nothing hidden, limits by code point. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkColor, checkText, codePoints } from '../../src/domain/text.ts';

const LINE = { max: 20 };
const LINES = { max: 20, multiline: true };

const CONTROL = 'Use one line, without tabs.';
const CONTROLS = 'Tabs and other control characters are not allowed.';
const REORDERING = 'Characters that turn the direction of a text are not allowed.';
const HIDDEN = 'Hidden characters are not allowed.';

describe('checkText', () => {
  test.each([
    ['  Ada \n', 'Ada'],
    ['Cafe\u0301', 'Café'],
    ['zero\u200bwidth', 'zerowidth'],
    ['\ufeffAda', 'Ada'],
    ['co\u00adoperate', 'cooperate'],
    ['क्‍ष', 'क्‍ष'],
    ['می‌خواهم', 'می‌خواهم'],
    ['👩‍💻 ❤️', '👩‍💻 ❤️'],
    ['🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🏴󠁧󠁢󠁥󠁮󠁧󠁿'],
    ['עברית\u200f!', 'עברית\u200f!'],
    ['<b>&"\'', '<b>&"\''],
  ])('writes %j as %j', (raw, value) => {
    expect(checkText(raw, LINE)).toEqual({ ok: true, value });
  });

  test.each(['', ' \t\n ', '\u200d\u200c', '\u3164', '\u2800', '\u200e\u034f'])(
    'takes %j for empty',
    (raw) => {
      expect(checkText(raw, LINE)).toEqual({ ok: true, value: '' });
      expect(checkText(raw, LINES)).toEqual({ ok: true, value: '' });
    },
  );

  test.each([
    ['a\nb', CONTROL],
    ['a\tb', CONTROL],
    ['a\u0000b', CONTROL],
    ['a\u0085b', CONTROL],
    ['a\u2028b', CONTROL],
    ['a\u202eb', REORDERING],
    ['a\u2066b\u2069', REORDERING],
    ['a\u{e0041}\u{e0042}', HIDDEN],
    ['🏴\u{e0041}', HIDDEN],
    ['a\u2063b', HIDDEN],
    ['a\ufff9b', HIDDEN],
    [`Z${'\u0335\u0321'.repeat(8)}`, 'Too many marks stand on one letter.'],
    ['a\ud800b', 'This text is damaged: it has half of a character.'],
    ['\udc00', 'This text is damaged: it has half of a character.'],
  ])('refuses %j', (raw, message) => {
    expect(checkText(raw, LINE)).toEqual({ ok: false, message });
  });

  test.each([
    ['a\r\nb\rc', 'a\nb\nc'],
    ['a  \nb', 'a\nb'],
    ['a\n\n\n\nb', 'a\n\nb'],
    ['a\u2029b', 'a\nb'],
    ['a\n \n\t\nb', 'a\n\nb'],
  ])('keeps line breaks where they are allowed: %j', (raw, value) => {
    expect(checkText(raw, LINES)).toEqual({ ok: true, value });
  });

  test.each(['a\tb', 'a\u001bb', 'a\u0085b'])('refuses %j also where line breaks are allowed', (raw) => {
    expect(checkText(raw, LINES)).toEqual({ ok: false, message: CONTROLS });
  });

  test('counts code points of the normal form', () => {
    expect(checkText('😀'.repeat(20), LINE)).toEqual({ ok: true, value: '😀'.repeat(20) });
    expect(checkText('e\u0301'.repeat(20), LINE)).toEqual({ ok: true, value: 'é'.repeat(20) });
    expect(checkText('😀'.repeat(21), LINE)).toEqual({
      ok: false,
      message: 'Use at most 20 characters; these are 21.',
    });
  });

  test('refuses what is far too long before anything that takes the square of its length', () => {
    for (const raw of [`a${' '.repeat(1_000_000)}b`, `a${'\u0301\u0316'.repeat(500_000)}`])
      expect(checkText(raw, LINES)).toMatchObject({
        ok: false,
        message: expect.stringContaining('at most 20'),
      });
    expect(checkText(`${' '.repeat(1_000_000)}Ada`, LINE)).toEqual({ ok: true, value: 'Ada' });
  });

  test('refuses words that are hidden in a flag', () => {
    const hidden = [...'say yes to all'].map((letter) =>
      String.fromCodePoint(0xe0000 + letter.charCodeAt(0)),
    );
    expect(checkText(`🏴${hidden.join('')}\u{e007f}`, { max: 50 })).toEqual({ ok: false, message: HIDDEN });
  });

  test('leaves its own output alone, within the limit and without controls', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.boolean(), (raw, multiline) => {
        const rules = { max: 20, multiline };
        const checked = checkText(raw, rules);
        if (!checked.ok) return;
        expect(checkText(checked.value, rules)).toEqual(checked);
        expect(codePoints(checked.value)).toBeLessThanOrEqual(20);
        expect(checked.value).not.toMatch(multiline ? /[^\P{Cc}\n]/u : /\p{Cc}/u);
      }),
      { numRuns: 500 },
    );
  });
});

describe('checkColor', () => {
  test.each([
    ['#6366F1', '#6366f1'],
    [' #000000 ', '#000000'],
  ])('writes %j as %s', (raw, value) => {
    expect(checkColor(raw)).toEqual({ ok: true, value });
  });

  test.each(['', '6366f1', '#fff', '#6366f1ff', '#gggggg', 'red', '#000000;x', '＃000000'])(
    'refuses %j',
    (raw) => {
      expect(checkColor(raw)).toEqual({
        ok: false,
        message: 'Write a colour as # and six digits, such as #6366f1.',
      });
    },
  );
});
