/** The translations: no language lacks a text, has one too many, or forgets a value. */
import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../../src/domain/languages.ts';
import { de } from '../../../src/pages/texts/de.ts';
import { type Dictionary, en } from '../../../src/pages/texts/en.ts';
import { DICTIONARIES, textsOf } from '../../../src/pages/texts/texts.ts';

const KEYS = Object.keys(en) as (keyof Dictionary)[];

describe.each(LANGUAGES.filter((language) => language !== 'en'))('%s', (language) => {
  test.each(KEYS)('%s is translated, with the same values', (key) => {
    const [english, own] = [en[key], DICTIONARIES[language][key]];
    const holes = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
    expect(holes(own)).toEqual(holes(english));
    // A name of a product or one letter apart may be the same; a sentence never is.
    if (english.length > 12) expect(own).not.toBe(english);
  });
});

test('values are filled in, and a value that is not given keeps its braces', () => {
  expect(textsOf('de')('wholeProfile', { name: '$& Ada' })).toBe('Ganzes Profil von $& Ada');
  expect(textsOf('de')('wholeProfile')).toBe('Ganzes Profil von {name}');
});

test('a missing or surplus key is a type error', () => {
  const { links, ...others } = de;
  // @ts-expect-error: `links` is missing.
  const incomplete: Dictionary = others;
  // @ts-expect-error: `surplus` is no key.
  const surplus: Dictionary = { ...others, links, surplus: 'überzählig' };
  expect(Object.keys(surplus).length - Object.keys(incomplete).length).toBe(2);
});
