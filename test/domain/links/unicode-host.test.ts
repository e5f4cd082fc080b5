/** Hosts in other scripts, held against Node's own reading of Punycode. */
import { domainToASCII, domainToUnicode } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asciiHost, unicodeHost } from '../../../src/domain/links/unicode-host.ts';

test.each([
  'bücher.example',
  'straße.de',
  'пример.рф',
  'сахар.рф',
  '例え.jp',
  '한국.kr',
  'हिन्दी.भारत',
  'ไทย.ไทย',
  'مثال.إختبار',
  'παράδειγμα.gr',
  'ñandú.cl',
  'a.b.ünder.example',
])('%s is read as it is written', (host) => {
  const ascii = domainToASCII(host);
  expect(asciiHost(host)).toBe(ascii);
  expect(unicodeHost(ascii)).toBe(host);
});

test.each(['аpple.com', 'аррӏе.com', 'gооgle.com', 'ехаmрlе.org', 'раура.com', 'καα.com'])(
  '%s could be read as another host, and stays punycode',
  (host) => {
    expect(unicodeHost(domainToASCII(host))).toBe(domainToASCII(host));
  },
);

test.each(['xn--a', 'xn--', 'xn--0', 'xn--99999999', 'xn--a-ecp.ru', 'example.org'])(
  '%s stays as it is',
  (host) => {
    expect(unicodeHost(host)).toBe(host);
  },
);

test('whatever it makes readable means the same host', () => {
  const label = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(label, (text) => {
      const ascii = domainToASCII(`${text}.example`);
      fc.pre(ascii !== '');
      const shown = unicodeHost(ascii);
      expect(domainToASCII(shown)).toBe(ascii);
      const labels = domainToUnicode(ascii).split('.');
      for (const [index, part] of shown.split('.').entries())
        if (!part.startsWith('xn--')) expect(part).toBe(labels[index]);
    }),
    { numRuns: 300 },
  );
});

test('what is no host has none', () => {
  for (const text of ['a b', 'a/b', 'a@b', 'a:1', 'a?b', '']) expect(asciiHost(text)).toBeUndefined();
});
