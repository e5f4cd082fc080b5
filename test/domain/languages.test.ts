/** Accept-Language chooses among the languages of the pages. */
import { expect, test } from 'vitest';
import { chooseLanguage, direction } from '../../src/domain/languages.ts';

test.each([
  [undefined, 'en'],
  ['', 'en'],
  ['*', 'en'],
  ['de', 'de'],
  ['DE-at', 'de'],
  ['pt-BR,pt;q=0.9', 'en'],
  ['pt-BR,fr;q=0.5,es;q=0.7', 'es'],
  ['en;q=0.5, ja', 'ja'],
  ['fr;q=0, de;q=0.1', 'de'],
  ['fr;q=2, ar;q=0.3', 'ar'],
  ['deutsch', 'en'],
  [`${'xx,'.repeat(1000)}de`, 'en'],
])('%s chooses %s', (header, language) => {
  expect(chooseLanguage(header)).toBe(language);
});

test('only Arabic is written from right to left', () => {
  expect([direction('ar'), direction('ja'), direction('en')]).toEqual(['rtl', 'ltr', 'ltr']);
});
