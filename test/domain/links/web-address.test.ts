/** Addresses: only public https pages get through, in the form of the URL standard. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { looksLikeAddress, parseWebAddress } from '../../../src/domain/links/web-address.ts';

const hrefOf = (raw: string) => {
  const address = parseWebAddress(raw);
  return address.ok ? address.value.href : address.message;
};

const SCHEME = 'The address must start with https://.';
const DECEPTIVE = 'An address has no spaces, backslashes or invisible characters.';
const hidden = (code: string) => `${DECEPTIVE.slice(0, -1)}: this one has ${code}.`;
const CREDENTIALS = 'An address must not carry a user name or password.';
const NOT_PUBLIC = 'The address must have a public host name, such as example.org.';
const NO_ADDRESS = 'This is not an address. Write one such as https://example.org/me.';
const TOO_LONG = 'An address has at most 2048 characters.';

describe('parseWebAddress', () => {
  test.each([
    ['https://example.org', 'https://example.org/'],
    ['HTTPS://Example.ORG/A?b=c#d', 'https://example.org/A?b=c#d'],
    [' example.org/me ', 'https://example.org/me'],
    ['http://Example.org', 'https://example.org/'],
    ['http://example.org/', 'https://example.org/'],
    ['\u200b\u202ahttps://example.org/me\u202c\ufeff', 'https://example.org/me'],
    ['//example.org/me', 'https://example.org/me'],
    ['example.org:8443/me', 'https://example.org:8443/me'],
    ['https://example.org/a/../b', 'https://example.org/b'],
    ['https://bücher.example/ü', 'https://xn--bcher-kva.example/%C3%BC'],
    ['https://аpple.com', 'https://xn--pple-43d.com/'], // the first letter is Cyrillic
    ['https://example.org/"><script>', 'https://example.org/%22%3E%3Cscript%3E'],
    ['https://example.org/👋', 'https://example.org/%F0%9F%91%8B'],
  ])('writes %j as %s', (raw, href) => {
    expect(hrefOf(raw)).toBe(href);
  });

  test.each([
    ['', NO_ADDRESS],
    ['https://', NO_ADDRESS],
    ['https://exa[mple.org', NO_ADDRESS],
    ['https://%00.example.org', NO_ADDRESS],
    ['http://example.org/me', SCHEME],
    ['http://example.org:8080', SCHEME],
    ['http://example.org?a=b', SCHEME],
    ['javascript:alert(1)', SCHEME],
    ['JaVaScRiPt:alert(1)//https://', SCHEME],
    ['data:text/html,<script>', SCHEME],
    ['vbscript:x', SCHEME],
    ['file:///etc/passwd', SCHEME],
    ['blob:https://example.org/1', SCHEME],
    ['mailto:ada@example.org', SCHEME],
    ['java\nscript:alert(1)', hidden('U+000A')],
    ['\u0001javascript:alert(1)', hidden('U+0001')],
    ['https://exam\tple.org', hidden('U+0009')],
    ['https://example.org/a b', DECEPTIVE],
    ['https://example.org\\@evil.example', DECEPTIVE],
    ['https://example.org/\u202etxt.exe', hidden('U+202E')],
    ['https://exa\u200dmple.org', hidden('U+200D')],
    ['https://example.org/\ud800', hidden('U+D800')],
    ['https://ada@example.org', CREDENTIALS],
    ['https://ada:secret@example.org', CREDENTIALS],
    ['https://github.com@evil.example', CREDENTIALS],
    ['ada@example.org', CREDENTIALS],
    ['https://localhost', NOT_PUBLIC],
    ['https://intranet/', NOT_PUBLIC],
    ['https://printer.local', NOT_PUBLIC],
    ['https://db.internal', NOT_PUBLIC],
    ['https://a.localhost', NOT_PUBLIC],
    ['https://example.org.', NOT_PUBLIC],
    ['https://127.0.0.1', NOT_PUBLIC],
    ['https://0x7f.1', NOT_PUBLIC],
    ['https://2130706433', NOT_PUBLIC],
    ['https://８.８.８.８', NOT_PUBLIC],
    ['https://[::1]/', NOT_PUBLIC],
    [`https://example.org/${'a'.repeat(2048)}`, TOO_LONG],
    [`https://example.org/${'é'.repeat(700)}`, TOO_LONG],
  ])('refuses %j', (raw, message) => {
    expect(hrefOf(raw)).toBe(message);
  });

  test('gives only public https addresses without credentials, whatever comes in', () => {
    const parts = fc.constantFrom(
      ...['https:', 'http:', 'javascript:', '//', '/', '@', ':', '.', '#', '?', '\\', '[', ']', '%', '\t'],
      ...['example.org', 'localhost', '127.0.0.1', '0x7f', 'ada', '８', 'ß', '\u00ad', '\u200b', '。'],
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(parts, fc.string({ maxLength: 3 })), { maxLength: 8 }), (pieces) => {
        const address = parseWebAddress(pieces.join(''));
        if (!address.ok) return;
        expect(address.value.href).toMatch(
          /^https:\/\/(?:[\w-]+\.)+(?:[a-z]+|xn--[a-z\d-]+)(?::\d+)?\/[!-~]*$/,
        );
        expect(hrefOf(address.value.href)).toBe(address.value.href);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('looksLikeAddress', () => {
  test.each(['https://x.org', 'ftp://x', '//x.org', 'www.example.org', 'github.com/ada', 'x.org:80/'])(
    'takes %s for an address',
    (text) => expect(looksLikeAddress(text)).toBe(true),
  );

  test.each([
    'ada',
    '@ada',
    'ada.bsky.social',
    'ada@x.org',
    'u/ada',
    'Node.js',
    'ada/30min',
    '22656/jon-skeet',
    '',
  ])('takes %j for something else', (text) => expect(looksLikeAddress(text)).toBe(false));
});
