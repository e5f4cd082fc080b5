/** Initials of names in many scripts. */
import { expect, test } from 'vitest';
import { initials } from '../../src/domain/initials.ts';

test.each([
  ['Ada Lovelace', 'AL'],
  ['ada', 'A'],
  ['Maria del Carmen Ruiz', 'MR'],
  ['  –  ', ''],
  ['🎉 Party', 'P'],
  ['Élodie Ünal', 'ÉÜ'],
  ['ليلى الفاسي', 'ل\u200cا'],
  ['<script>alert(1)</script>', 'SS'],
  ['ßeta straße', 'SS'],
  ['ﬁona ﬂynn', 'FF'],
  ['ﬃ', 'F'],
  ['գևորգ և', 'ԳԵ'],
  ['ǆoni ǉubić', 'ǅǈ'],
  ['Ǆ', 'ǅ'],
  ['ᾳδης', 'ᾼ'],
  ['ŉ Afrikaner', 'NA'],
  ['გიორგი მაისურაძე', 'გმ'],
  ['ᲒᲘᲝᲠᲒᲘ ᲛᲐᲘᲡᲣᲠᲐᲫᲔ', 'გმ'],
  ['ılgın şahin', 'IŞ'],
  ['e\u0301mile zola', 'E\u0301Z'],
])('%s: %s', (name, expected) => {
  expect(initials(name)).toBe(expected);
});
