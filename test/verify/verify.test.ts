/** The verifier's outcome for every vector, and that it asks nothing of keys and tokens that it should not. */

import { describe, expect, test, vi } from 'vitest';
import { verify } from '../../verify/verify.ts';
import { KEYS, LAYOUT_1, LAYOUT_2, VERDICTS } from './vectors.ts';

const { issuer, now, jwks } = KEYS;
const code1 = LAYOUT_1.find(({ name }) => name === 'typical')!;
const code2 = LAYOUT_2.find(({ name }) => name === 'typical')!;

describe('vectors', () => {
  test.each(VERDICTS)('$name', async ({ input, now, verdict }) => {
    expect(await verify(input, jwks, { now, issuer })).toEqual(verdict);
  });

  test('every outcome and every reason has a vector', () => {
    expect(new Set(VERDICTS.map(({ verdict }) => verdict.outcome))).toEqual(
      new Set(['fresh', 'expired', 'early', 'unknown-key', 'incomplete', 'not-authentic']),
    );
    const reasons = VERDICTS.flatMap(({ verdict }) => ('reason' in verdict ? [verdict.reason] : []));
    expect(new Set(reasons)).toEqual(
      new Set([
        'no-token',
        'bad-header',
        'wrong-algorithm',
        'wrong-type',
        'bad-signature',
        'bad-payload',
        'wrong-issuer',
        'wrong-audience',
      ]),
    );
  });
});

describe.each([code1, code2])('verify, layout $layout', ({ token, digits, layout, profile }) => {
  const path = layout === 1 ? '/q' : '/c';
  const url = `${issuer}${path}#${digits}`;
  const check = (text: string) => verify(text, jwks, { now, issuer });

  test('refuses what is too long before it looks inside', async () => {
    expect(await check(`${token}${'A'.repeat(256 * 1024)}`)).toEqual({
      outcome: 'not-authentic',
      reason: 'too-long',
    });
  });

  /** Every 76 characters, as mail programs do. */
  const wrapped = (text: string, end: string) => text.match(/.{1,76}/g)!.join(end);
  const encoded = encodeURIComponent(url);

  test.each([
    ['white space around it', ` ${digits}\n`],
    ['a link inside a sentence', `Here is my card: ${url}, see you there.`],
    ['a link before a full stop', `${url}.`],
    ['a link in brackets', `(my card: ${url})`],
    ['a link in angle brackets', `Ada <${url}>`],
    ['a link in quotes', `“${url}”`],
    ['a link in Markdown', `[card](${url})`],
    ['a link with a campaign behind it', `${url}&fbclid=IwAR0xyz123&utm_source=a`],
    ['a link with a campaign before the fragment', url.replace('#', '?utm_source=newsletter#')],
    ['a link with a slash before the fragment', url.replace('#', '/#')],
    ['a link broken over lines', wrapped(url, '\n')],
    ['a link broken over lines, and text behind it', `${wrapped(url, '\r\n')}\r\n\r\nBest, Ada`],
    ['a quoted link broken over lines', `> ${wrapped(url, '\n> ')}`],
    ['a link in quoted-printable', wrapped(url, '=\r\n')],
    ['a link with spaces in it', url.replace(/(\d{40})/g, '$1 ')],
    ['zero-width spaces', `\u200b${url.replace('#', '#\u200b').replace(/(\d{100})/g, '$1\u200b')}\ufeff`],
    ['full-width digits', digits.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)))],
    ['an escaped fragment', url.replace('#', '%23')],
    [
      'Outlook Safe Links',
      `https://nam02.safelinks.protection.outlook.com/?url=${encoded}&data=05%7C02&reserved=0`,
    ],
    [
      'a link that was wrapped twice',
      `https://l.example/?u=${encodeURIComponent(`https://m.example/?to=${encoded}`)}`,
    ],
    [
      'URL Defense v2',
      `https://urldefense.proofpoint.com/v2/url?u=https-3A__devcard.example_${path.slice(1)}-23${digits}&d=Dw`,
    ],
    ['URL Defense v3', `https://urldefense.com/v3/__${url.replace('#', '*')}__;Iw!!abc`],
    ['a token as a bearer', `Authorization: Bearer ${token}`],
    ['a token in quotes', `{"token":"${token}"}`],
    ['a token in 76 columns', wrapped(token, '\n')],
    ['a token in a query', `https://devcard.example/?token=${token}&x=1`],
    ['a token before a full stop', `My token is ${token}.`],
  ])('finds %s', async (_, text) => {
    expect(await check(text)).toMatchObject({ outcome: 'fresh', card: { username: profile.username } });
  });

  test.each([
    ['a link that lost its end', url.slice(0, -1)],
    ['a link that lost most', url.slice(0, url.length / 2)],
    ['a link that lost its end, in a sentence', `See ${url.slice(0, 300)}… for my card`],
    ['digits that lost their end', digits.slice(0, -200)],
    ['a token that lost its end', token.slice(0, -1)],
    ['a token without its signature', token.slice(0, token.lastIndexOf('.'))],
    ['a token that lost its end in the payload', token.slice(0, 150)],
    ['a token that lost its end in the header', token.slice(0, 40)],
  ])('calls %s incomplete', async (_, text) => {
    expect(await check(text)).toEqual({ outcome: 'incomplete' });
  });

  test('calls no other link or number incomplete', async () => {
    for (const text of [
      `${issuer}/u/ada#1234`,
      '+49 151 23456789',
      '4'.repeat(40),
      'eyJ',
      'https://a.example/#12',
    ])
      expect(await check(text)).toEqual({ outcome: 'not-authentic', reason: 'no-token' });
  });

  test('inflates nothing before the signature holds', async () => {
    const inflate = vi.spyOn(globalThis, 'DecompressionStream');
    const forged = VERDICTS.find(({ name }) => name === `layout ${layout}: forged under a known kid`)!;
    await check(forged.input);
    expect(inflate).not.toHaveBeenCalled();
    await check(token);
    expect(inflate).toHaveBeenCalledTimes(1);
    inflate.mockRestore();
  });

  test.each([
    ['no keys at all', []],
    ['a key of another type under the same kid', [{ kty: 'oct', k: 'AAAA', kid: 't001' }]],
    ['a key on another curve', [{ ...jwks.keys[0]!, crv: 'P-384' }]],
    ['a key that is no point of the curve', [{ ...jwks.keys[0]!, x: jwks.keys[0]!.y! }]],
  ])('calls the key unknown given %s', async (_, keys) => {
    expect(await verify(token, { keys }, { now, issuer })).toEqual({ outcome: 'unknown-key', kid: 't001' });
    expect(await verify(url, { keys }, { now, issuer })).toEqual({ outcome: 'unknown-key', kid: 't001' });
  });

  test('refuses critical header parameters, which it does not understand (RFC 7515 section 4.1.11)', async () => {
    const [header = '', payload, signature] = token.split('.');
    const critical = { ...JSON.parse(Buffer.from(header, 'base64url').toString()), crit: ['exp'], exp: 1 };
    const changed = Buffer.from(JSON.stringify(critical)).toString('base64url');
    expect(await check(`${changed}.${payload}.${signature}`)).toEqual({
      outcome: 'not-authentic',
      reason: 'bad-header',
    });
  });

  test.each(['crypto', 'DecompressionStream'])('says so where the device has no %s', async (missing) => {
    vi.stubGlobal(missing, undefined);
    await expect(check(token)).rejects.toThrow();
    vi.unstubAllGlobals();
  });

  test('a single changed character is noticed, wherever it stands', async () => {
    for (let i = 0; i < token.length; i += 7) {
      if (token[i] === '.') continue;
      const changed = `${token.slice(0, i)}${token[i] === 'A' ? 'B' : 'A'}${token.slice(i + 1)}`;
      expect((await check(changed)).outcome, `character ${i}`).not.toBe('fresh');
    }
    for (let i = 0; i < digits.length; i += 11) {
      const changed = `${digits.slice(0, i)}${(Number(digits[i]) + 1) % 10}${digits.slice(i + 1)}`;
      expect((await check(changed)).outcome, `digit ${i}`).not.toBe('fresh');
    }
  });
});

test.each([
  ['digits', '1 '.repeat(131_000)],
  ['one number', '1'.repeat(262_144)],
  ['spaces', `${' '.repeat(262_000)}x`],
  ['dots', `eyJ${'.'.repeat(262_000)}x`],
  ['beginnings of tokens', 'eyJ'.repeat(87_000)],
  ['tokens', 'eyJhbGciOiJFUzI1NiJ9.e30.e30 '.repeat(9_000)],
  ['escapes', '%25'.repeat(87_000)],
  ['long numbers', `${'9'.repeat(1022)} `.repeat(256)],
])('a text of 256 Ki characters that are %s takes no longer than its length', async (_, text) => {
  expect(await verify(text, jwks, { now, issuer })).toMatchObject({
    outcome: expect.stringMatching(/^(not-authentic|incomplete|unknown-key)$/),
  });
});
