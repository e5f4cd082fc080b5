/** `GET …/qr-session` and the JWKS: a token that any JOSE library verifies, and all that is not one. */
import { env } from 'cloudflare:workers';
import {
  compactVerify,
  createLocalJWKSet,
  decodeProtectedHeader,
  errors,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  importJWK,
  type JSONWebKeySet,
  jwtVerify,
  SignJWT,
  UnsecuredJWT,
} from 'jose';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ask, askAs, createPerson, passSeconds, stopClock } from '../../harness/fixtures.ts';
import { startClean } from '../../harness/worker.ts';

beforeEach(async () => {
  stopClock();
  await startClean();
});

afterEach(() => {
  vi.useRealTimers();
});

interface QrSession {
  token: string;
  tokenType: string;
  expiresIn: number;
  expiresAt: string;
}

async function openSession(username: string) {
  const response = await ask(`/api/public/${username}/qr-session`);
  return { response, session: await response.clone().json<QrSession>() };
}

const servedKeys = async () => (await ask('/.well-known/jwks.json')).json<JSONWebKeySet>();

/** What a foreign verifier does with the token, knowing the served keys and the public names only. */
async function verifyAsStranger(token: string, keys?: JSONWebKeySet) {
  return jwtVerify(token, createLocalJWKSet(keys ?? (await servedKeys())), {
    algorithms: ['ES256'],
    issuer: env.PUBLIC_ORIGIN,
    audience: 'devcard:qr',
    typ: 'devcard-qr+jwt',
    currentDate: new Date(),
  });
}

describe('the session', () => {
  test('is a JWT of 600 s that carries the public profile', async () => {
    vi.setSystemTime(Date.UTC(2027, 0, 15, 8, 0, 0, 750));
    const { username } = await createPerson();
    const { response, session } = await openSession(username);
    expect(response.status).toBe(200);
    expect(session).toEqual({
      token: expect.any(String),
      tokenType: 'JWT',
      expiresIn: 600,
      expiresAt: '2027-01-15T08:10:00.000Z',
      offlineUrl: expect.stringMatching(new RegExp(`^${env.PUBLIC_ORIGIN}/c#\\d+$`)),
    });
    const { payload, protectedHeader } = await verifyAsStranger(session.token);
    expect(protectedHeader).toEqual({
      alg: 'ES256',
      kid: expect.stringMatching(/^[\w-]{4}$/),
      typ: 'devcard-qr+jwt',
    });
    expect(payload).toEqual({
      iss: env.PUBLIC_ORIGIN,
      aud: 'devcard:qr',
      sub: username,
      iat: Date.UTC(2027, 0, 15, 8) / 1000,
      exp: Date.UTC(2027, 0, 15, 8, 10) / 1000,
      profile: await (await ask(`/api/public/${username}`)).json(),
    });
  });

  test('has the headers of a public answer, and a tag of its own each time it is signed', async () => {
    const { username } = await createPerson();
    const first = await openSession(username);
    passSeconds(5);
    const second = await openSession(username);
    expect(first.response.headers.get('Cache-Control')).toBe(
      'public, max-age=300, stale-while-revalidate=60',
    );
    expect(first.response.headers.get('X-Cache')).toBe('MISS');
    expect(second.response.headers.get('X-Cache')).toBe('HIT');
    expect(first.response.headers.get('ETag')).not.toBe(second.response.headers.get('ETag'));
  });

  test('is signed once for some seconds, and says how old it is, so that caches keep it no longer', async () => {
    const { username } = await createPerson();
    const first = await openSession(username);
    passSeconds(4);
    const second = await openSession(username);
    expect(second.session).toEqual(first.session);
    expect(first.response.headers.get('Age')).toBe('0');
    expect(second.response.headers.get('Age')).toBe('4');
    passSeconds(1);
    const third = await openSession(username);
    expect(third.session.token).not.toBe(first.session.token);
    expect(third.response.headers.get('Age')).toBe('0');
  });

  test('still lives 240 s when a cache kept it for as long as it may, and is refused at its end', async () => {
    const { username } = await createPerson();
    const { session } = await openSession(username);
    passSeconds(360 + 239);
    await expect(verifyAsStranger(session.token)).resolves.toBeDefined();
    passSeconds(1);
    await expect(verifyAsStranger(session.token)).rejects.toThrow(errors.JWTExpired);
  });

  test('of nobody is 404, of an impossible name 400', async () => {
    expect((await ask('/api/public/nobody-here/qr-session')).status).toBe(404);
    expect((await ask('/api/public/a/qr-session')).status).toBe(400);
  });
});

describe('the key set', () => {
  test('has public members only, and may be kept for an hour', async () => {
    const response = await ask('/.well-known/jwks.json');
    expect(response.headers.get('Content-Type')).toBe('application/jwk-set+json');
    expect(response.headers.get('Cache-Control')).toBe('public, max-age=3600');
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*');
    const { keys } = await response.json<JSONWebKeySet>();
    expect(keys).toEqual([
      {
        kty: 'EC',
        crv: 'P-256',
        x: expect.any(String),
        y: expect.any(String),
        kid: expect.any(String),
        alg: 'ES256',
        use: 'sig',
      },
    ]);
  });

  test('is 304 to who has it', async () => {
    const etag = (await ask('/.well-known/jwks.json')).headers.get('ETag') as string;
    expect(etag).toMatch(/^"[\w.-]+"$/);
    expect((await ask('/.well-known/jwks.json', { headers: { 'If-None-Match': etag } })).status).toBe(304);
  });
});

describe('what a stranger refuses (RFC 8725)', () => {
  test('a token with one character changed', async () => {
    const { username } = await createPerson();
    const { session } = await openSession(username);
    const [header, payload, signature] = session.token.split('.') as [string, string, string];
    const forged = btoa(atob(payload.replace(/-/g, '+').replace(/_/g, '/')).replace(username, 'Mallory'))
      .replace(/=+$/, '')
      .replace(/\+/g, '-')
      .replace(/\//g, '_');
    await expect(verifyAsStranger(`${header}.${forged}.${signature}`)).rejects.toThrow(
      errors.JWSSignatureVerificationFailed,
    );
    const turned = signature.startsWith('A') ? 'B' : 'A';
    await expect(verifyAsStranger(`${header}.${payload}.${turned}${signature.slice(1)}`)).rejects.toThrow(
      errors.JWSSignatureVerificationFailed,
    );
  });

  test('alg none', async () => {
    const token = new UnsecuredJWT({}).setIssuer(env.PUBLIC_ORIGIN).setAudience('devcard:qr').encode();
    await expect(verifyAsStranger(token)).rejects.toThrow(errors.JOSEError);
  });

  test('HS256 with the public key as its secret', async () => {
    const keys = await servedKeys();
    const [jwk] = keys.keys;
    const { username } = await createPerson();
    const { session } = await openSession(username);
    const { payload } = await verifyAsStranger(session.token);
    const spki = await exportSPKI(
      (await importJWK({ ...jwk, ext: true }, 'ES256', { extractable: true })) as CryptoKey,
    );
    const token = await new SignJWT(payload)
      .setProtectedHeader({ alg: 'HS256', kid: jwk?.kid as string, typ: 'devcard-qr+jwt' })
      .sign(new TextEncoder().encode(spki));
    await expect(verifyAsStranger(token)).rejects.toThrow(errors.JOSEAlgNotAllowed);
  });

  test('an unknown kid, and a stranger’s key under a known one', async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    const sign = (kid: string) =>
      new SignJWT({ iss: env.PUBLIC_ORIGIN, aud: 'devcard:qr' })
        .setProtectedHeader({ alg: 'ES256', kid, typ: 'devcard-qr+jwt' })
        .sign(privateKey);
    await expect(verifyAsStranger(await sign('none'))).rejects.toThrow(errors.JWKSNoMatchingKey);
    const { keys } = await servedKeys();
    await expect(verifyAsStranger(await sign(keys[0]?.kid as string))).rejects.toThrow(
      errors.JWSSignatureVerificationFailed,
    );
    expect((await exportJWK(publicKey)).x).not.toBe(keys[0]?.x);
  });

  test('an owner’s token', async () => {
    const { token } = await createPerson();
    await expect(verifyAsStranger(token)).rejects.toThrow(errors.JOSEError);
    expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'HS256', typ: 'devcard-owner+jwt' });
    await expect(compactVerify(token, createLocalJWKSet(await servedKeys()))).rejects.toThrow(
      errors.JOSEError,
    );
  });
});

test('a QR token is no owner’s credential', async () => {
  const { username } = await createPerson();
  const { session } = await openSession(username);
  const response = await askAs(session.token, 'GET', '/api/profiles/me');
  expect(response.status).toBe(401);
  expect(response.headers.get('WWW-Authenticate')).toBe('Bearer realm="devcard", error="invalid_token"');
});
