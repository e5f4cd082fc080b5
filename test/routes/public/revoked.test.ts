/** `/.well-known/revoked.json`: who is on it, for how long, signed by whom, and what verifiers make of it. */
import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { parseKeyRing } from '../../../src/domain/tokens/key-ring.ts';
import { signRevocations } from '../../../src/domain/tokens/revocation-list.ts';
import { isRevoked } from '../../../verify/revocations.ts';
import { type KeySet, readRevocations, verify } from '../../../verify/verify.ts';
import { ask, askAs, createPerson, passSeconds, stopClock } from '../../harness/fixtures.ts';
import { startIsolate } from '../../harness/isolate.ts';
import { sql, startClean } from '../../harness/worker.ts';

const PATH = '/.well-known/revoked.json';

beforeEach(async () => {
  stopClock();
  await startClean();
  await sql('DELETE FROM revocations');
});

afterEach(() => {
  vi.useRealTimers();
});

const seconds = () => Math.floor(Date.now() / 1000);
const keys = async () => (await ask('/.well-known/jwks.json')).json<KeySet>();

/** The list as an isolate that has none yet answers it. */
async function fetchList() {
  const response = await startIsolate().ask(PATH);
  expect(response.status).toBe(200);
  const revocations = await readRevocations(await response.json(), (await keys()).keys, env.PUBLIC_ORIGIN);
  return { response, revocations: revocations! };
}

async function issuePass(token: string): Promise<string> {
  const answer = await askAs(token, 'POST', '/api/profiles/me/offline-pass', { hours: 24 });
  return (await answer.json<{ url: string }>()).url;
}

async function outcomeOf(pass: string): Promise<string> {
  const { revocations } = await fetchList();
  return (await verify(pass, await keys(), { now: seconds(), issuer: env.PUBLIC_ORIGIN, revocations }))
    .outcome;
}

test('a revoked pass is on the list, one that was made afterwards is not', async () => {
  const { token } = await createPerson();
  const old = await issuePass(token);
  expect(await outcomeOf(old)).toBe('fresh');
  expect((await askAs(token, 'DELETE', '/api/profiles/me/offline-pass')).status).toBe(204);
  expect(await outcomeOf(old)).toBe('revoked');
  expect(await outcomeOf(await issuePass(token))).toBe('fresh');
  // A second time takes the place of the first.
  await askAs(token, 'DELETE', '/api/profiles/me/offline-pass');
  expect((await fetchList()).revocations.entries).toHaveLength(1);
  expect(await outcomeOf(old)).toBe('revoked');
});

test('a pass under an old name, of somebody signed out everywhere, and of somebody who left', async () => {
  const renamed = await createPerson();
  const underOldName = await issuePass(renamed.token);
  await askAs(renamed.token, 'PUT', '/api/profiles/me', { username: `${renamed.username}-2`.slice(-30) });
  await askAs(renamed.token, 'DELETE', '/api/profiles/me/offline-pass');
  expect(await outcomeOf(underOldName)).toBe('revoked');

  const signedOut = await createPerson();
  const pass = await issuePass(signedOut.token);
  expect((await askAs(signedOut.token, 'POST', '/auth/logout/everywhere')).status).toBeLessThan(400);
  expect(await outcomeOf(pass)).toBe('revoked');
  const verified = await ask('/api/public/qr-session/verify', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ token: pass }),
  });
  expect(await verified.json()).toMatchObject({ outcome: 'revoked', authentic: true });

  const gone = await createPerson();
  const ofGone = await issuePass(gone.token);
  const { username } = gone;
  expect((await askAs(gone.token, 'DELETE', '/api/profiles/me', { username })).status).toBe(204);
  expect(await outcomeOf(ofGone)).toBe('revoked');
});

test('it is signed for this purpose alone, and says nothing in the clear', async () => {
  const { username, token } = await createPerson();
  await askAs(token, 'DELETE', '/api/profiles/me/offline-pass');
  const { response, revocations } = await fetchList();
  expect(response.headers.get('Content-Type')).toBe('application/jose+json');
  expect(response.headers.get('Cache-Control')).toBe('public, max-age=3600');
  expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*');
  expect(revocations).toMatchObject({ issuedAt: seconds(), completeFrom: 0 });
  const json = await (await startIsolate().ask(PATH)).json<{ protected: string; payload: string }>();
  expect(JSON.parse(atob(json.protected))).toMatchObject({ alg: 'ES256', typ: 'devcard-revocations' });
  expect(atob(json.payload)).not.toContain(username);
  const { keys: known } = await keys();
  expect(await readRevocations(json, [], env.PUBLIC_ORIGIN)).toBeUndefined();
  expect(await readRevocations(json, known, 'https://other.example')).toBeUndefined();
  expect(await readRevocations({ ...json, payload: btoa('{}') }, known, env.PUBLIC_ORIGIN)).toBeUndefined();
  expect(await readRevocations('nonsense', known, env.PUBLIC_ORIGIN)).toBeUndefined();
});

test('its tag stays while nothing changes, and entries die with the longest pass', async () => {
  const { token } = await createPerson();
  const isolate = startIsolate();
  const tag = async () => (await isolate.ask(PATH)).headers.get('ETag') as string;
  const empty = await tag();
  await askAs(token, 'DELETE', '/api/profiles/me/offline-pass');
  expect(await tag()).toBe(empty);
  passSeconds(61);
  const one = await tag();
  expect(one).not.toBe(empty);
  passSeconds(61);
  expect(await tag()).toBe(one);
  expect((await isolate.ask(PATH, { headers: { 'If-None-Match': one } })).status).toBe(304);
  await sql(`UPDATE revocations SET revoked_at = now() - interval '168 hours 1 second'`);
  passSeconds(61);
  expect(await tag()).toBe(empty);
});

test('with more revocations than it holds it lists the newest, and says from when on it is complete', async () => {
  const at = seconds();
  const ring = parseKeyRing(env.QR_SIGNING_KEYS, 'ES256');
  const many = Array.from({ length: 10_001 }, (_, i) => ({
    nameHash: i.toString(16).padStart(16, '0'),
    at: at - i,
    epoch: 1,
  }));
  const read = async (revocations: typeof many) => {
    const signed = await signRevocations({ ring, origin: env.PUBLIC_ORIGIN, now: at, revocations });
    return (await readRevocations(signed, (await keys()).keys, env.PUBLIC_ORIGIN))!;
  };
  const full = await read(many.slice(0, 10_000));
  expect([full.entries.length, full.completeFrom]).toEqual([10_000, 0]);
  const cut = await read(many);
  expect(cut.entries).toEqual(full.entries);
  expect(cut.completeFrom).toBe(at - 9_999);
});

test('a name that somebody else has taken since is not on the list for them', async () => {
  const at = seconds();
  const entries = [['2bd806c97f0e00af', at]].map(([hash, time]) => [hash, time, Number.MAX_SAFE_INTEGER]) as [
    string,
    number,
    number,
  ][];
  const list = { issuedAt: at, completeFrom: 0, entries };
  expect(await isRevoked(list, { username: 'Alice', epoch: 0, issuedAt: at - 10 })).toBe(true);
  expect(await isRevoked(list, { username: 'alice', epoch: 0, issuedAt: at + 61 })).toBe(false);
  expect(await isRevoked(list, { username: 'alice2', epoch: 0, issuedAt: at - 10 })).toBe(false);
});

test('this deployment vouches for nobody unless that is set', async () => {
  const response = await ask('/.well-known/trusted-issuers.json');
  expect([response.status, await response.json()]).toEqual([200, { issuers: [] }]);
});
