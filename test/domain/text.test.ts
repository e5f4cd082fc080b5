/** Texts and colours: one normal form, nothing hidden, limits by code point. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkColor, checkText, codePoints } from '../../src/domain/text.ts';

const LINE = { max: 20 };
const LINES = { max: 20, multiline: true };

const CONTROL = 'use one line, without tabs';
const CONTROLS = 'tabs and other control characters have no place here';
const REORDERING = 'it turns the direction of a text';
const HIDDEN = 'nobody can see it';
const refusal = (code: string, why: string) => `The character U+${code} is not allowed: ${why}.`;

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
    ['a\nb', refusal('000A', CONTROL)],
    ['a\tb', refusal('0009', CONTROL)],
    ['a\u0000b', refusal('0000', CONTROL)],
    ['a\u0085b', refusal('0085', CONTROL)],
    ['a\u2028b', refusal('2028', CONTROL)],
    ['a\u202eb', refusal('202E', REORDERING)],
    ['a\u2066b\u2069c', refusal('2066', REORDERING)],
    ['a\u{e0041}\u{e0042}', refusal('E0041', HIDDEN)],
    ['🏴\u{e0041}', refusal('E0041', HIDDEN)],
    ['a\u2063b', refusal('2063', HIDDEN)],
    ['a\ufff9b', refusal('FFF9', HIDDEN)],
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

  test.each([
    ['a\tb', '0009'],
    ['a\u001bb', '001B'],
    ['a\u0085b', '0085'],
  ])('refuses %j also where line breaks are allowed', (raw, code) => {
    expect(checkText(raw, LINES)).toEqual({ ok: false, message: refusal(code, CONTROLS) });
  });

  test('drops what nobody sees at the edges, and keeps inside what scripts need', () => {
    const invisible = [
      ...[
        [0x200b, 0x200f],
        [0x202a, 0x202e],
        [0x2060, 0x2069],
        [0xfeff, 0xfeff],
        [9, 9],
        [0xa0, 0xa0],
        [0x3164, 0x3164],
      ],
    ].flatMap(([from = 0, to = 0]) =>
      Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i)),
    );
    for (const edge of invisible)
      for (const raw of [`${edge}Ada`, `Ada${edge}`, ` ${edge}${edge} Ada ${edge} `])
        expect(checkText(raw, LINE)).toEqual({ ok: true, value: 'Ada' });
    for (const inside of ['\u200c', '\u200d', '\u200e', '\u200f', '\u061c'])
      expect(checkText(`A${inside}da`, LINE)).toEqual({ ok: true, value: `A${inside}da` });
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
    expect(checkText(`🏴${hidden.join('')}\u{e007f}`, { max: 50 })).toEqual({
      ok: false,
      message: refusal('E0073', HIDDEN),
    });
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
