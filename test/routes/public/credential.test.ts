/** The QR session as an SD-JWT VC: somebody else's library verifies it, also with claims left out, and refuses what was changed. */
import { env } from 'cloudflare:workers';
import { SDJwtVcInstance } from '@sd-jwt/sd-jwt-vc';
import { createLocalJWKSet, type FlattenedJWSInput, flattenedVerify, type JSONWebKeySet } from 'jose';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ask, askAs, createPerson, stopClock } from '../../harness/fixtures.ts';
import { startClean } from '../../harness/worker.ts';

beforeEach(async () => {
  stopClock();
  await startClean();
});

afterEach(() => {
  vi.useRealTimers();
});

const NAMES = ['displayName', 'role', 'links'] as const;

async function credentialOf(username: string, init?: RequestInit, query = '?format=sd-jwt') {
  const response = await ask(`/api/public/${username}/qr-session${query}`, init);
  expect(response.headers.get('Content-Type')).toBe('application/dc+sd-jwt');
  return response.text();
}

/** A verifier that knows the address of the issuer, and finds its keys by its metadata. */
async function verifier() {
  const issuer = await (await ask('/.well-known/jwt-vc-issuer')).json<{ issuer: string; jwks_uri: string }>();
  expect(issuer.issuer).toBe(env.PUBLIC_ORIGIN);
  const keys = createLocalJWKSet(await (await ask(new URL(issuer.jwks_uri).pathname)).json<JSONWebKeySet>());
  return new SDJwtVcInstance({
    hashAlg: 'sha-256',
    hasher: async (data) =>
      new Uint8Array(
        await crypto.subtle.digest(
          'SHA-256',
          typeof data === 'string' ? new TextEncoder().encode(data) : data,
        ),
      ),
    verifier: async (data, signature) => {
      const [header = '', payload = ''] = data.split('.');
      const jws: FlattenedJWSInput = { protected: header, payload, signature };
      return flattenedVerify(jws, keys).then(
        () => true,
        () => false,
      );
    },
  });
}

test('is verified by a foreign library, with the whole profile disclosed', async () => {
  const { username, token } = await createPerson();
  await askAs(token, 'PUT', '/api/profiles/me', { role: 'Engineer' });
  const profile = await (await ask(`/api/public/${username}`)).json<Record<string, unknown>>();
  const { payload, header } = await (await verifier()).verify(await credentialOf(username));
  expect(header).toMatchObject({ alg: 'ES256', typ: 'dc+sd-jwt' });
  expect(payload).toMatchObject({
    iss: env.PUBLIC_ORIGIN,
    sub: username,
    vct: `${env.PUBLIC_ORIGIN}/.well-known/vct/devcard`,
    ...Object.fromEntries(NAMES.map((name) => [name, profile[name]])),
  });
  expect(payload.exp! - payload.iat!).toBe(600);
});

test('its holder may leave claims out', async () => {
  const { username, token } = await createPerson();
  await askAs(token, 'PUT', '/api/profiles/me', { role: 'Engineer' });
  const sdJwt = await verifier();
  const shown = await sdJwt.present<Record<string, unknown>>(await credentialOf(username), {
    displayName: true,
  });
  const { payload } = await sdJwt.verify(shown);
  expect(payload).toHaveProperty('displayName');
  expect(payload).not.toHaveProperty('role');
  expect(payload).not.toHaveProperty('links');
});

test('what was changed on the way is refused', async () => {
  const { username } = await createPerson();
  const credential = await credentialOf(username);
  const sdJwt = await verifier();
  const [jwt = '', first = '', ...rest] = credential.split('~');
  const [header, payload, signature = ''] = jwt.split('.');
  const forged = `${header}.${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
  await expect(sdJwt.verify([forged, first, ...rest].join('~'))).rejects.toThrow();
  const other = btoa(JSON.stringify(['c2FsdA', 'displayName', 'Mallory'])).replace(/=+$/, '');
  // This library leaves out what was not signed where RFC 9901 refuses the whole.
  const replaced = await sdJwt.verify([jwt, other, ...rest].join('~'));
  expect(JSON.stringify(replaced.payload)).not.toContain('Mallory');
});

test('comes by its media type too; a JWT stays what is answered else, and caches tell the two apart', async () => {
  const { username } = await createPerson();
  await credentialOf(username, { headers: { Accept: 'application/dc+sd-jwt' } }, '');
  const plain = await ask(`/api/public/${username}/qr-session`);
  expect(plain.headers.get('Content-Type')).toBe('application/json');
  expect(plain.headers.get('Vary')).toBe('Accept');
  expect((await ask(`/api/public/${username}/qr-session?format=xml`)).status).toBe(400);
});

test('the metadata of its type name each claim that is disclosed', async () => {
  const { username } = await createPerson();
  const { payload } = await (await verifier()).verify(await credentialOf(username));
  const type = await (await ask(new URL(payload.vct).pathname)).json<{
    vct: string;
    claims: { path: string[] }[];
  }>();
  expect(type.vct).toBe(payload.vct);
  const described = type.claims.map(({ path: [name] }) => name);
  const own = ['iss', 'sub', 'iat', 'exp', 'vct'];
  expect(described).toEqual(
    expect.arrayContaining(Object.keys(payload).filter((name) => !own.includes(name))),
  );
});
