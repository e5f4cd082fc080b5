/** The QR session JWT, verified by a library that nobody here wrote, with nothing but the JWK set. */
import { createPublicKey, type JsonWebKeyInput } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';
import { expect, test } from 'vitest';
import { KEYS, VERDICTS } from './vectors.ts';

const session = VERDICTS.find(({ name }) => name === 'session')!.input;

/** As its documentation tells users to: the key by its `kid`, the algorithm pinned. */
function verify(token: string, now = KEYS.now) {
  const { kid } = jsonwebtoken.decode(token, { complete: true })!.header;
  const key = KEYS.jwks.keys.find((one) => one.kid === kid);
  return jsonwebtoken.verify(token, createPublicKey({ key, format: 'jwk' } as JsonWebKeyInput), {
    algorithms: ['ES256'],
    issuer: KEYS.issuer,
    audience: 'devcard:qr',
    clockTimestamp: now,
  });
}

test('it is authentic and carries the profile', () => {
  expect(verify(session)).toMatchObject({
    iss: KEYS.issuer,
    aud: 'devcard:qr',
    sub: 'ada',
    iat: KEYS.now,
    exp: KEYS.now + 600,
    profile: { username: 'ada', displayName: 'Ada Lovelace' },
  });
});

test('it expires to the second', () => {
  expect(() => verify(session, KEYS.now + 599)).not.toThrow();
  expect(() => verify(session, KEYS.now + 600)).toThrow('jwt expired');
});

test('a changed one is refused', () => {
  const [header, payload, signature] = session.split('.') as [string, string, string];
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
  const changed = Buffer.from(JSON.stringify({ ...claims, sub: 'mallory' })).toString('base64url');
  expect(() => verify(`${header}.${changed}.${signature}`)).toThrow('invalid signature');
});
