/** What each kind of route asks of Upstash and Postgres before it answers, as the table in docs/cache.md says. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Browser, startLocal } from '../harness/browser.ts';
import { createPerson, freshName } from '../harness/fixtures.ts';
import { startIsolate } from '../harness/isolate.ts';
import { startClean } from '../harness/worker.ts';

beforeEach(startClean);
afterEach(() => {
  vi.restoreAllMocks();
});

interface Line {
  event: string;
  upstash: { count: number };
  neon: { count: number };
}

/** Round trips of the last request of `work`: Upstash, then Postgres. */
async function tripsOf(
  work: () => Promise<Response>,
): Promise<[status: number, upstash: number, neon: number]> {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const { status } = await work();
  const lines = log.mock.calls
    .map(([line]): Line => JSON.parse(line))
    .filter(({ event }) => event === 'request');
  const { upstash, neon } = lines.at(-1) as Line;
  return [status, upstash.count, neon.count];
}

const LINK = { platform: 'npm', username: 'ada' };

test.each<[method: string, path: string, body: unknown, upstash: number, neon: number]>([
  ['GET', '/api/profiles/me', undefined, 0, 1],
  ['GET', '/api/profiles/me/export', undefined, 0, 1],
  ['GET', '/api/cards', undefined, 0, 1],
  ['GET', '/auth/me', undefined, 0, 1],
  ['GET', '/me', undefined, 0, 2],
  ['PUT', '/api/profiles/me', { bio: 'x' }, 1, 1],
  ['POST', '/api/profiles/me/links', LINK, 1, 1],
  ['POST', '/api/cards', { title: 'x', linkIds: [] }, 1, 1],
  ['POST', '/api/profiles/me/offline-pass', { hours: 1 }, 0, 1],
  ['DELETE', '/api/profiles/me/offline-pass', undefined, 1, 1],
  ['POST', '/auth/logout/everywhere', undefined, 1, 1],
  ['GET', '/.well-known/revoked.json', undefined, 0, 1],
  ['GET', '/.well-known/trusted-issuers.json', undefined, 0, 0],
  ['GET', '/.well-known/security.txt', undefined, 0, 0],
  ['GET', '/api/analytics/overview', undefined, 1, 1],
  ['GET', '/me/stats', undefined, 1, 1],
  ['GET', '/api/contacts', undefined, 0, 1],
  ['GET', '/api/contacts/export.csv', undefined, 0, 1],
  ['DELETE', '/api/contacts', undefined, 0, 1],
  ['GET', '/me/contacts', undefined, 0, 1],
  ['GET', '/readyz', undefined, 1, 1],
  ['GET', '/sitemap.xml', undefined, 0, 1],
  ['GET', '/', undefined, 0, 0],
  ['GET', '/healthz', undefined, 0, 0],
  ['GET', '/robots.txt', undefined, 0, 0],
  ['GET', '/.well-known/jwks.json', undefined, 0, 0],
  ['POST', '/auth/logout', undefined, 0, 0],
])('%s %s', async (method, path, body, upstash, neon) => {
  const { token } = await createPerson();
  const { askAs } = startIsolate();
  const trips = await tripsOf(() => askAs(token, method, path, body));
  expect(trips).toEqual([expect.any(Number), upstash, neon]);
  expect(trips[0]).toBeLessThan(300);
});

test('leaving', async () => {
  const { username, token } = await createPerson();
  const body = { username };
  expect(await tripsOf(() => startIsolate().askAs(token, 'DELETE', '/api/profiles/me', body))).toEqual([
    204, 1, 2,
  ]);
});

test('signing in: the first time, later, and a token for a program', async () => {
  const login = freshName().replaceAll('_', '-');
  const browser = new Browser(startLocal());
  expect(await tripsOf(() => browser.get('/auth/github'))).toEqual([303, 0, 0]);
  expect(await tripsOf(() => browser.signInAs(login))).toEqual([303, 1, 2]);
  expect(await tripsOf(() => browser.signInAs(login))).toEqual([303, 0, 1]);
  expect(await tripsOf(() => browser.post('/auth/token'))).toEqual([200, 0, 1]);
});
