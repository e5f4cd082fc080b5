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
])('%s: %s', (name, expected) => {
  expect(initials(name)).toBe(expected);
});
