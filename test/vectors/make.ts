/**
 * Writes the test vectors of docs/offline-qr.md: `node test/vectors/make.ts`.
 *
 * ES256 signatures differ from run to run, so a new run changes every token; the tests check that the committed
 * tokens still say what today's code would write.
 */

import { createHmac } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { CompactSign, exportJWK, generateKeyPair } from 'jose';
import { qrCode, sturdyCode } from '../../src/domain/qr/encode.ts';
import { type KeyRing, publicKeySet, type RingKey } from '../../src/domain/tokens/key-ring.ts';
import { offlineCodeSegments, signCarrier } from '../../src/domain/tokens/offline-code.ts';
import { signQrSession } from '../../src/domain/tokens/qr-session.ts';
import { DICTIONARY, tokenToDigits } from '../../verify/layout2.ts';
import { verify } from '../../verify/verify.ts';
import { pairs, signLayout1 } from './layout1.ts';
import { PROFILES } from './profiles.ts';

const ISSUER = 'https://devcard.example';
const NOW = 1_795_000_000;

async function newKey(kid: string): Promise<RingKey> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  return { ...(await exportJWK(privateKey)), kid, alg: 'ES256', nbf: 0 } as RingKey;
}

const ring: KeyRing = [await newKey('t001')];
const stranger: KeyRing = [await newKey('t002')];
const impostor: KeyRing = [await newKey('t001')];
const jwks = publicKeySet(ring, NOW);
write('keys.json', { issuer: ISSUER, now: NOW, jwks, private: { keys: ring } });

writeFileSync(new URL('dictionary.bin', import.meta.url), DICTIONARY);

const carriers = [];
for (const [layout, sign] of [
  [1, signLayout1],
  [2, signCarrier],
] as const) {
  for (const [name, profile] of Object.entries(PROFILES)) {
    const { token, url, linksLeftOut } = await sign({ ring, origin: ISSUER, profile, now: NOW });
    const segments = offlineCodeSegments(url);
    const { size } = layout === 1 ? qrCode(segments, 'L') : sturdyCode(segments);
    const verdict = await verify(url, jwks, { now: NOW, issuer: ISSUER });
    if (verdict.outcome !== 'fresh') throw new Error(`${name}: ${JSON.stringify(verdict)}`);
    const digits = url.slice(url.indexOf('#') + 1);
    const { card } = verdict;
    carriers.push({ name, layout, profile, token, digits, qrVersion: (size - 17) / 4, linksLeftOut, card });
  }
}
write('carriers.json', carriers);

const typical = PROFILES.typical!;
const signAs =
  (defaults: object) =>
  (payload: Uint8Array, header: object = {}, keys = ring) =>
    new CompactSign(payload)
      .setProtectedHeader({ alg: 'ES256', kid: 't001', ...defaults, ...header })
      .sign(keys[0]!);
const sign1 = signAs({ typ: 'dcq', zip: 'DEF' });
const sign2 = signAs({ typ: 'dcq2' });
const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const deflated1 = (value: unknown) => new Uint8Array(deflateRawSync(JSON.stringify(value)));
const deflated2 = (value: unknown, dictionary = DICTIONARY) =>
  new Uint8Array(deflateRawSync(JSON.stringify(value), { dictionary }));
const claims = { iss: ISSUER, iat: NOW, exp: NOW + 600, sub: 'ada', n: 'Ada', a: '6366f1' };
const session = await signQrSession({ ring, origin: ISSUER, profile: typical, now: NOW });
const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const bomb = Buffer.alloc(10 << 20);
const padded = (bytes: number) => ({ ...claims, z: ' '.repeat(bytes - json({ ...claims, z: '' }).length) });

function macWithPublicKey(payload: string): string {
  const input = `${base64url({ alg: 'HS256', kid: 't001', typ: 'dcq', zip: 'DEF' })}.${payload}`;
  return `${input}.${createHmac('sha256', JSON.stringify(jwks.keys[0])).update(input).digest('base64url')}`;
}

type Input = [name: string, input: string, now?: number];

/** What goes for both layouts alike. */
async function common(
  layout: 1 | 2,
  sign: typeof signCarrier,
  seal: typeof sign1,
  deflated: typeof deflated1,
): Promise<Input[]> {
  const ofAda = { origin: ISSUER, profile: typical, now: NOW };
  const { url, token } = await sign({ ring, ...ofAda });
  const digits = url.slice(url.indexOf('#') + 1);
  const [header, payload, signature] = token.split('.') as [string, string, string];
  const other = seal(deflated({ ...claims, n: 'Mallory' }));
  const inputs: Input[] = [
    ['code as URL', url],
    ['code as digits', digits],
    ['code as token', token],
    ['token behind the URL', `${ISSUER}/q#${token}`],
    ['code in its last second', url, NOW + 599],
    ['expired code', url, NOW + 600],
    ['code signed in a minute from now', url, NOW - 60],
    ['code signed in the future', url, NOW - 61],
    [
      'offline pass of a week',
      (await sign({ ring, ...ofAda, pass: { hours: 168, epoch: 3 } })).url,
      NOW + 7 * 86_400 - 1,
    ],
    ['no links, least claims', await seal(deflated(claims))],
    ['not before a time that has come', await seal(deflated({ ...claims, nbf: NOW + 60 }))],
    ['not before a time to come', await seal(deflated({ ...claims, nbf: NOW + 61 }))],
    [
      'a platform newer than this registry, and addresses that must not be opened',
      await seal(
        deflated({
          ...claims,
          v: 'http://example.org/a.png',
          l: [
            [9999, 'ada'],
            [9999, 'ada', 'https://new.example/ada'],
            [17, 'bad', 'javascript:alert(1)'],
            [13, 'ada'],
            [1],
          ],
          x: 2,
        }),
      ),
    ],
    ['unknown key', (await sign({ ring: stranger, ...ofAda })).url],
    ['forged under a known kid', (await sign({ ring: impostor, ...ofAda })).url],
    ['payload of another token', `${header}.${(await other).split('.')[1]}.${signature}`],
    ['signature cut short', `${header}.${payload}.${signature.slice(0, -4)}`],
    ['link cut short', url.slice(0, -40)],
    ['link cut in its first digits', url.slice(0, url.indexOf('#') + 30)],
    ['a changed digit', url.slice(0, -9) + String((Number(url.at(-9)) + 1) % 10) + url.slice(-8)],
    ['no kid', await seal(deflated(claims), { kid: undefined })],
    ['signed payload that inflates to 10 MiB', await seal(new Uint8Array(deflateRawSync(bomb)))],
    ['signed payload of 8 KiB and one byte', await seal(deflated(padded(8193)))],
    ['signed payload of 8 KiB', await seal(deflated(padded(8192)))],
    ['signed payload that is not DEFLATE', await seal(json(claims))],
    ['signed payload with bytes after its end', await seal(new Uint8Array([...deflated(claims), 0]))],
    ['signed payload that was cut', await seal(deflated(claims).subarray(0, -3))],
    ['signed claims of a wrong type', await seal(deflated({ ...claims, n: 7 }))],
    ['signed claims without exp', await seal(deflated({ ...claims, exp: undefined }))],
    ['another issuer', await seal(deflated({ ...claims, iss: 'https://devcard.example.evil' }))],
  ];
  return inputs.map(([name, ...rest]) => [`layout ${layout}: ${name}`, ...rest]);
}

const code1 = await signLayout1({ ring, origin: ISSUER, profile: typical, now: NOW });
const code2 = await signCarrier({ ring, origin: ISSUER, profile: typical, now: NOW });
const [, payload1, signature1] = code1.token.split('.') as [string, string, string];
const digits2 = code2.url.slice(code2.url.indexOf('#') + 1);

const inputs: Input[] = [
  ...(await common(1, signLayout1, sign1, deflated1)),
  ...(await common(2, signCarrier, sign2, deflated2)),
  ['session', session.token],
  ['expired session', session.token, NOW + 600],
  [
    'layout 1: alg none',
    `${base64url({ alg: 'none', kid: 't001', typ: 'dcq', zip: 'DEF' })}.${payload1}.${signature1}`,
  ],
  ['layout 1: HS256 with the public key as secret', macWithPublicKey(payload1)],
  ['layout 1: typ of something else', await sign1(deflated1(claims), { typ: 'JWT' })],
  ['layout 1: without zip', await sign1(json(claims), { zip: undefined })],
  ['layout 1: header that is not JSON', `bm90IGpzb24.${payload1}.${signature1}`],
  ['layout 1: an odd number of digits', pairs(code1.token).slice(1)],
  ['layout 1: header of layout 1, payload of layout 2', await sign1(deflated2(claims))],
  ['layout 2: header of layout 2, payload of layout 1', await sign2(deflated1(claims))],
  ['layout 2: with zip', await sign2(deflated2(claims), { zip: 'DEF' })],
  [
    'layout 2: deflated with another dictionary',
    tokenToDigits('t001', await sign2(deflated2(claims, DICTIONARY.toReversed()))),
  ],
  ['layout 2: more digits than a code holds', digits2.padStart(1_023, '0')],
  ['layout 2: a number that is too large for its digits', '9'.repeat(digits2.length)],
  ['layout 2: a number of digits that no token has', `${digits2}0`],
  ['layout 2: zeros', '0'.repeat(digits2.length)],
  ['layout 2: shorter than a signature', `${ISSUER}/c#${tokenToDigits('t001', 'e30.e30.e30')}`],
  [
    'session for another audience',
    await sign1(json({ ...claims, aud: 'devcard:owner', profile: typical }), {
      typ: 'devcard-qr+jwt',
      zip: undefined,
    }),
  ],
  ['an address without a fragment', `${ISSUER}/u/ada`],
  ['nothing', ''],
];

const verdicts = [];
for (const [name, input, now = NOW] of inputs) {
  verdicts.push({ name, input, now, verdict: await verify(input, jwks, { now, issuer: ISSUER }) });
}
write('verdicts.json', verdicts);

function write(file: string, value: unknown): void {
  writeFileSync(new URL(file, import.meta.url), `${JSON.stringify(value, null, 2)}\n`);
}
