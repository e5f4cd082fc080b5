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
import { qrCode } from '../../src/domain/qr/encode.ts';
import { type KeyRing, publicKeySet, type RingKey } from '../../src/domain/tokens/key-ring.ts';
import { offlineCodeSegments, signCarrier } from '../../src/domain/tokens/offline-code.ts';
import { signQrSession } from '../../src/domain/tokens/qr-session.ts';
import { tokenToDigits } from '../../verify/token-text.ts';
import { verify } from '../../verify/verify.ts';
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

const carriers = [];
for (const [name, profile] of Object.entries(PROFILES)) {
  const { token, url, linksLeftOut } = await signCarrier({ ring, origin: ISSUER, profile, now: NOW });
  const { size } = qrCode(offlineCodeSegments(url), 'L');
  const verdict = await verify(token, jwks, { now: NOW, issuer: ISSUER });
  if (verdict.outcome !== 'fresh') throw new Error(`${name}: ${JSON.stringify(verdict)}`);
  const digits = tokenToDigits(token);
  carriers.push({
    name,
    profile,
    token,
    digits,
    qrVersion: (size - 17) / 4,
    linksLeftOut,
    card: verdict.card,
  });
}
write('carriers.json', carriers);

const typical = PROFILES.typical!;
const sign = (payload: Uint8Array, header: object, keys = ring) =>
  new CompactSign(payload)
    .setProtectedHeader({ alg: 'ES256', kid: 't001', typ: 'dcq', zip: 'DEF', ...header })
    .sign(keys[0]!);
const deflated = (value: unknown) => new Uint8Array(deflateRawSync(JSON.stringify(value)));
const claims = { iss: ISSUER, iat: NOW, exp: NOW + 600, sub: 'ada', n: 'Ada', a: '6366f1' };
const carrier = await signCarrier({ ring, origin: ISSUER, profile: typical, now: NOW });
const session = await signQrSession({ ring, origin: ISSUER, profile: typical, now: NOW });
const [header, payload, signature] = carrier.token.split('.') as [string, string, string];
const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

function macWithPublicKey(): string {
  const input = `${base64url({ alg: 'HS256', kid: 't001', typ: 'dcq', zip: 'DEF' })}.${payload}`;
  return `${input}.${createHmac('sha256', JSON.stringify(jwks.keys[0])).update(input).digest('base64url')}`;
}

const inputs: [name: string, input: string, now?: number][] = [
  ['carrier as URL', carrier.url],
  ['carrier as digits', tokenToDigits(carrier.token)],
  ['carrier as token', carrier.token],
  ['token behind the URL', `${ISSUER}/q#${carrier.token}`],
  ['carrier in its last second', carrier.url, NOW + 599],
  ['expired carrier', carrier.url, NOW + 600],
  ['session', session.token],
  ['expired session', session.token, NOW + 600],
  [
    'offline pass of a week',
    (await signCarrier({ ring, origin: ISSUER, profile: typical, now: NOW, pass: { hours: 168, epoch: 3 } }))
      .url,
    NOW + 7 * 86_400 - 1,
  ],
  ['no links, least claims', await sign(deflated(claims), {})],
  [
    'a platform newer than this registry, and addresses that must not be opened',
    await sign(
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
      {},
    ),
  ],
  ['unknown key', (await signCarrier({ ring: stranger, origin: ISSUER, profile: typical, now: NOW })).url],
  [
    'forged under a known kid',
    (await signCarrier({ ring: impostor, origin: ISSUER, profile: typical, now: NOW })).url,
  ],
  ['payload of another token', `${header}.${deflated64({ ...claims, n: 'Mallory' })}.${signature}`],
  ['signature cut short', `${header}.${payload}.${signature.slice(0, -4)}`],
  ['alg none', `${base64url({ alg: 'none', kid: 't001', typ: 'dcq', zip: 'DEF' })}.${payload}.${signature}`],
  ['HS256 with the public key as secret', macWithPublicKey()],
  ['typ of something else', await sign(deflated(claims), { typ: 'JWT' })],
  ['carrier without zip', await sign(new TextEncoder().encode(JSON.stringify(claims)), { zip: undefined })],
  ['no kid', await sign(deflated(claims), { kid: undefined })],
  ['header that is not JSON', `bm90IGpzb24.${payload}.${signature}`],
  [
    'signed payload that inflates to 10 MiB',
    await sign(new Uint8Array(deflateRawSync(Buffer.alloc(10 << 20))), {}),
  ],
  [
    'signed payload of 8 KiB and one byte',
    await sign(deflated({ ...claims, z: ' '.repeat(8_193 - size({ ...claims, z: '' })) }), {}),
  ],
  [
    'signed payload of 8 KiB',
    await sign(deflated({ ...claims, z: ' '.repeat(8_192 - size({ ...claims, z: '' })) }), {}),
  ],
  ['signed payload that is not DEFLATE', await sign(new TextEncoder().encode(JSON.stringify(claims)), {})],
  ['signed payload with bytes after its end', await sign(new Uint8Array([...deflated(claims), 0]), {})],
  ['signed claims of a wrong type', await sign(deflated({ ...claims, n: 7 }), {})],
  ['signed claims without exp', await sign(deflated({ ...claims, exp: undefined }), {})],
  ['another issuer', await sign(deflated({ ...claims, iss: 'https://devcard.example.evil' }), {})],
  [
    'session for another audience',
    await sign(
      new TextEncoder().encode(JSON.stringify({ ...claims, aud: 'devcard:owner', profile: typical })),
      { typ: 'devcard-qr+jwt', zip: undefined },
    ),
  ],
  ['an address without a fragment', `${ISSUER}/u/ada`],
  ['an odd number of digits', tokenToDigits(carrier.token).slice(1)],
  ['nothing', ''],
];

const verdicts = [];
for (const [name, input, now = NOW] of inputs) {
  verdicts.push({ name, input, now, verdict: await verify(input, jwks, { now, issuer: ISSUER }) });
}
write('verdicts.json', verdicts);

function deflated64(value: unknown): string {
  return Buffer.from(deflated(value)).toString('base64url');
}

function size(value: unknown): number {
  return JSON.stringify(value).length;
}

function write(file: string, value: unknown): void {
  writeFileSync(new URL(file, import.meta.url), `${JSON.stringify(value, null, 2)}\n`);
}
