/** `POST/DELETE /api/profiles/me/offline-pass`: how long a pass lives, who hears of its revocation, and who may. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ask, askAs, createPerson, freshName, passSeconds, stopClock } from '../../harness/fixtures.ts';
import { startIsolate } from '../../harness/isolate.ts';
import { sql, startClean, upstash } from '../../harness/worker.ts';

const PASS = '/api/profiles/me/offline-pass';

beforeEach(async () => {
  stopClock();
  await startClean();
});

afterEach(() => {
  vi.useRealTimers();
});

interface Pass {
  token: string;
  url: string;
  expiresAt: string;
  linksLeftOut: number;
}

async function issue(token: string, hours: number): Promise<Pass> {
  const response = await askAs(token, 'POST', PASS, { hours });
  expect(response.status).toBe(201);
  expect(response.headers.get('Cache-Control')).toBe('no-store');
  return response.json();
}

async function outcome(token: string) {
  const response = await ask('/api/public/qr-session/verify', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  return (await response.json<{ outcome: string }>()).outcome;
}

test('a pass carries the card and lives for its hours, to the second', async () => {
  const { token: owner } = await createPerson();
  const pass = await issue(owner, 168);
  const week = 168 * 3600;
  expect(pass).toEqual({
    token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
    url: expect.stringMatching(/^https:\/\/devcard\.example\/c#\d+$/),
    expiresAt: new Date((Math.floor(Date.now() / 1000) + week) * 1000).toISOString(),
    linksLeftOut: 0,
  });
  passSeconds(week - 1);
  expect(await outcome(pass.url)).toBe('fresh');
  passSeconds(1);
  expect(await outcome(pass.url)).toBe('expired');
});

test('a pass of a card carries its links alone, in its order', async () => {
  const { token, username } = await createPerson();
  const { links } = await (await ask(`/api/public/${username}`)).json<{
    links: { id: string; url: string }[];
  }>();
  const chosen = links.toReversed().slice(0, 1);
  const linkIds = chosen.map(({ id }) => id);
  const card = await (await askAs(token, 'POST', '/api/cards', { title: 'Work', linkIds })).json<{
    id: string;
  }>();
  const response = await askAs(token, 'POST', PASS, { hours: 24, cardId: card.id });
  const { url } = await response.json<Pass>();
  const verified = await ask('/api/public/qr-session/verify', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ token: url }),
  });
  expect(await verified.json()).toMatchObject({
    outcome: 'fresh',
    card: { username, links: chosen.map((link) => ({ url: link.url })), linksLeftOut: 0 },
  });
});

test('a pass of a card that somebody else has is refused', async () => {
  const [{ token }, other] = [await createPerson(), await createPerson()];
  const made = await askAs(other.token, 'POST', '/api/cards', { title: 'Work', linkIds: [] });
  const { id } = await made.json<{ id: string }>();
  for (const cardId of [id, 'none', '']) {
    expect((await askAs(token, 'POST', PASS, { hours: 1, cardId })).status).toBe(404);
  }
});

test.each([0, 169, 1.5, -1, '24', null, undefined])('%j hours are refused', async (hours) => {
  const { token } = await createPerson();
  const response = await askAs(token, 'POST', PASS, { hours });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ errors: [{ path: 'hours' }] });
});

test('revoking reaches all passes of the owner, at once and for good, and no other code', async () => {
  const { username, token } = await createPerson();
  const { token: other } = await createPerson();
  const [first, second, foreign] = [await issue(token, 1), await issue(token, 168), await issue(other, 1)];
  const session = await (await ask(`/api/public/${username}/qr-session`)).json<{ offlineUrl: string }>();
  expect(await outcome(first.token)).toBe('fresh');

  const revoked = await askAs(token, 'DELETE', PASS);
  expect(revoked.status).toBe(204);
  expect(revoked.headers.get('X-Cache-Invalidation')).toBe('done');
  expect(await outcome(first.token)).toBe('revoked');
  expect(await outcome(second.url)).toBe('revoked');
  expect(await outcome(foreign.token)).toBe('fresh');
  expect(await outcome(session.offlineUrl)).toBe('fresh');

  const third = await issue(token, 1);
  expect(await outcome(third.token)).toBe('fresh');
  expect(await outcome(first.token)).toBe('revoked');
});

test('a pass that was revoked and has expired is called revoked', async () => {
  const { token } = await createPerson();
  const pass = await issue(token, 1);
  await askAs(token, 'DELETE', PASS);
  passSeconds(3600);
  expect(await outcome(pass.token)).toBe('revoked');
});

test('a rename leaves passes as they are, and they can still be revoked', async () => {
  const { token } = await createPerson();
  const pass = await issue(token, 1);
  await askAs(token, 'PUT', '/api/profiles/me', { username: freshName() });
  expect(await outcome(pass.token)).toBe('fresh');
  await askAs(token, 'DELETE', PASS);
  expect(await outcome(pass.token)).toBe('revoked');
});

test('a pass of somebody who has left is revoked', async () => {
  const { id, token } = await createPerson();
  const pass = await issue(token, 1);
  await sql('DELETE FROM users WHERE id = $1', [id]);
  expect(await outcome(pass.token)).toBe('revoked');
});

test('a pass counts though a copy of the card is older', async () => {
  const { username, token } = await createPerson();
  const copy = startIsolate({ ISOLATE_TTL_MS: 60_000 });
  await copy.ask(`/api/public/${username}`);
  await askAs(token, 'DELETE', PASS);
  const pass = await issue(token, 1);
  const body = JSON.stringify({ token: pass.token });
  const headers = { 'Content-Type': 'application/json' };
  const response = await copy.ask('/api/public/qr-session/verify', { method: 'POST', headers, body });
  expect(await response.json()).toMatchObject({ outcome: 'fresh' });
});

test('a pass of somebody who has left is revoked also once somebody else has the name', async () => {
  const { id, username, token } = await createPerson();
  const pass = await issue(token, 8);
  await sql('DELETE FROM users WHERE id = $1', [id]);
  const next = await createPerson(username);
  await sql("UPDATE users SET created_at = now() + interval '2 minutes' WHERE id = $1", [next.id]);
  expect(await outcome(pass.token)).toBe('revoked');
  passSeconds(120);
  expect(await outcome((await issue(next.token, 1)).token)).toBe('fresh');
});

test('a pass is made from what Postgres has, not from a copy', async () => {
  const { username, id, token } = await createPerson();
  await ask(`/api/public/${username}`);
  await sql('UPDATE users SET pass_epoch = 7 WHERE id = $1', [id]);
  await upstash.reset();
  await issue(token, 1);
  expect(await upstash.count()).toBe(0);
});

test('signed out: nothing is signed and nothing revoked', async () => {
  expect((await ask(PASS, { method: 'POST' })).status).toBe(401);
  expect((await ask(PASS, { method: 'DELETE' })).status).toBe(401);
});
