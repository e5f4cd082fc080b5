/** Rate limits: who asks too much of the database waits; what a cache answers is free. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { RATE_LIMITS, type RateLimitName } from '../../../src/domain/rate-limits.ts';
import {
  ask,
  createPerson,
  freshName,
  PAST_ISOLATE_TIER_SECONDS,
  passSeconds,
  stopClock,
} from '../../harness/fixtures.ts';
import { startIsolate } from '../../harness/isolate.ts';
import { neon, startClean, upstash } from '../../harness/worker.ts';

beforeEach(startClean);
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** Limiters that note what they are asked, and let `most` requests of each key through. */
function startLimited(most: number) {
  const counted: [RateLimitName, string][] = [];
  const bindings = Object.entries(RATE_LIMITS).map(([name, { binding }]) => [
    binding,
    {
      limit: async ({ key }: { key: string }) => {
        counted.push([name as RateLimitName, key]);
        const earlier = counted.filter((one) => one[0] === name && one[1] === key);
        return { success: earlier.length <= most };
      },
    },
  ]);
  return { ...startIsolate(Object.fromEntries(bindings)), counted };
}

const from = (address: string, init: RequestInit = {}): RequestInit => ({
  ...init,
  headers: { 'CF-Connecting-IP': address },
});

describe('what counts against which limit', () => {
  test.each<[string, string, RateLimitName, string]>([
    ['GET', '/api/public/:name', 'reads', '203.0.113.1'],
    ['HEAD', '/api/u/:name', 'reads', '203.0.113.1'],
    ['GET', '/u/:name', 'reads', '203.0.113.1'],
    ['GET', '/devcard/00000000-0000-4000-8000-000000000000', 'reads', '203.0.113.1'],
    ['GET', '/u/:name.vcf', 'reads', '203.0.113.1'],
    ['GET', '/api/public/:name/vcard', 'reads', '203.0.113.1'],
    ['GET', '/api/public/card/00000000-0000-4000-8000-000000000000', 'reads', '203.0.113.1'],
    ['GET', '/api/public/:name/qr-session', 'qrSessions', '203.0.113.1'],
    ['GET', '/api/u/:name/qr', 'qrImages', '203.0.113.1'],
    ['GET', '/api/public/:name/qr-session/qr', 'qrImages', '203.0.113.1'],
    ['GET', '/u/:name/preview.png', 'qrImages', '203.0.113.1'],
    ['GET', '/sitemap.xml', 'reads', '203.0.113.1'],
    ['GET', '/sitemap/1-of-1.xml', 'reads', '203.0.113.1'],
    ['POST', '/api/public/qr-session/verify', 'verifications', '203.0.113.1'],
    ['GET', '/auth/github', 'signIns', '203.0.113.1 /auth/github'],
    ['GET', '/auth/github/callback', 'signIns', '203.0.113.1 /auth/github/callback'],
    ['POST', '/auth/username', 'signIns', '203.0.113.1 /auth/username'],
    ['POST', '/auth/logout', 'strangers', '203.0.113.1'],
    ['POST', '/auth/logout/everywhere', 'strangers', '203.0.113.1'],
    ['POST', '/me/profile', 'strangers', '203.0.113.1'],
    ['POST', '/me/no/such/form', 'strangers', '203.0.113.1'],
    ['PUT', '/api/profiles/me', 'strangers', '203.0.113.1'],
    ['DELETE', '/api/cards/1', 'strangers', '203.0.113.1'],
  ])('%s %s: %s', async (method, path, limit, key) => {
    const { ask, counted } = startLimited(1);
    await ask(path.replace(':name', freshName()), from('203.0.113.1', { method }));
    expect(counted).toEqual([[limit, key]]);
  });

  test.each([
    ['GET', '/'],
    ['GET', '/.well-known/jwks.json'],
    ['GET', '/auth/me'],
    ['GET', '/auth/username'],
    ['GET', '/auth/token'],
    ['OPTIONS', '/api/public/ada'],
    ['GET', '/api/profiles/me'],
  ])('%s %s: none', async (method, path) => {
    const { ask, counted } = startLimited(1);
    await ask(path, from('203.0.113.1', { method }));
    expect(counted).toEqual([]);
  });

  test('owners’ reads, exports and writes count by owner, wherever they come from', async () => {
    const { token, id } = await createPerson();
    const { askAs, counted } = startLimited(1);
    await askAs(token, 'GET', '/api/profiles/me');
    expect((await askAs(token, 'PUT', '/api/profiles/me', { bio: 'x' })).status).toBe(200);
    const second = await askAs(token, 'POST', '/api/cards', { title: 'x', linkIds: [] });
    expect([second.status, second.headers.get('Retry-After')]).toEqual([429, '60']);
    for (const path of ['/me', '/api/analytics/views.csv', '/api/profiles/me/export'])
      await askAs(token, 'GET', path);
    const fourth = await askAs(token, 'GET', '/api/cards');
    expect([fourth.status, fourth.headers.get('Retry-After')]).toEqual([429, '60']);
    expect(counted).toEqual([
      ['ownReads', id],
      ['writes', id],
      ['writes', id],
      ['ownReads', id],
      ['exports', id],
      ['exports', id],
    ]);
  });
});

test('looking for cards counts, though a name that reads like the path be at hand', async () => {
  const { ask, counted } = startLimited(9);
  for (const path of ['/api/public/card', '/api/public/card/00000000-0000-4000-8000-000000000000'])
    expect((await ask(path, from('203.0.113.1'))).status).toBe(404);
  expect(counted).toHaveLength(2);
});

test('too many: a problem that says how long to wait, and the database is left alone', async () => {
  stopClock();
  const { ask } = startLimited(1);
  const { username } = await createPerson();
  await ask(`/api/public/${freshName()}`, from('203.0.113.2'));
  const refused = await ask(`/api/public/${username}`, from('203.0.113.2'));
  expect(refused.status).toBe(429);
  expect(Object.fromEntries(refused.headers)).toMatchObject({
    'retry-after': '60',
    'cache-control': 'no-store',
    'content-type': 'application/problem+json',
    'access-control-allow-origin': '*',
  });
  for (const header of ['ETag', 'X-Cache', 'Cache-Status']) expect(refused.headers.get(header)).toBeNull();
  expect(await refused.json()).toMatchObject({
    code: 'too-many-requests',
    status: 429,
    error: 'At most 100 such requests are answered in 60 seconds. Wait a little.',
  });
  await upstash.settled(4);
  await neon.reset();
  expect((await ask(`/api/public/${freshName()}`, from('203.0.113.2'))).status).toBe(429);
  const refusedCard = '/api/public/card/00000000-0000-4000-8000-000000000000';
  expect((await ask(refusedCard, from('203.0.113.2'))).status).toBe(429);
  expect(await neon.count()).toBe(0);
  // What a cache has is there for them too, and everything for others.
  passSeconds(PAST_ISOLATE_TIER_SECONDS);
  const cached = await ask(`/api/public/${username}`, from('203.0.113.2'));
  expect([cached.status, cached.headers.get('X-Cache')]).toEqual([200, 'HIT']);
  expect((await ask(`/api/public/${freshName()}`, from('203.0.113.3'))).status).toBe(404);
});

test('the networks of one site count together too, against a higher bound', async () => {
  const { ask, counted } = startLimited(2);
  const statuses: number[] = [];
  for (const network of ['a', 'b', 'c'])
    statuses.push((await ask(`/api/public/${freshName()}`, from(`2001:db8:1:${network}::1`))).status);
  expect(statuses).toEqual([404, 404, 429]);
  expect(counted.slice(0, 2)).toEqual([
    ['reads', '2001:db8:1:a'],
    ['networks', '2001:db8:1 reads'],
  ]);
  expect((await ask(`/api/public/${freshName()}`, from('2001:db8:2:a::1'))).status).toBe(404);
  expect((await ask('/auth/github', from('2001:db8:1:d::1'))).status).toBe(404);
});

test('who waited is answered again', async () => {
  stopClock();
  const { ask } = startLimited(1);
  const other = startLimited(9);
  await ask(`/api/public/${freshName()}`, from('203.0.113.2'));
  await ask(`/api/public/${freshName()}`, from('203.0.113.2'));
  passSeconds(59);
  const response = await ask(`/api/public/${freshName()}`, from('203.0.113.2'));
  expect([response.status, response.headers.get('Retry-After')]).toEqual([429, '1']);
  passSeconds(1);
  // The limiter itself would refuse still: the isolate asks it anew.
  await upstash.reset();
  expect((await ask(`/api/public/${freshName()}`, from('203.0.113.2'))).status).toBe(429);
  expect(await upstash.count()).toBeGreaterThan(0);
  expect((await other.ask(`/api/public/${freshName()}`, from('203.0.113.2'))).status).toBe(404);
});

test('a database that does not answer is not counted against who asks', async () => {
  const { ask, counted } = startLimited(1);
  await neon.fault({ kind: 'status' });
  expect((await ask(`/api/public/${freshName()}`, from('203.0.113.2'))).status).toBe(503);
  expect(counted).toEqual([]);
});

test('too many pages: a page', async () => {
  const { ask } = startLimited(0);
  const { username } = await createPerson();
  const response = await ask(`/u/${username}`, from('203.0.113.2'));
  expect([response.status, response.headers.get('Retry-After')]).toEqual([429, '60']);
  expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
});

test('a hall of people behind one address: only what no cache has is counted', async () => {
  const [ada, bob] = [await createPerson(), await createPerson()];
  // Another isolate has brought Bob into Upstash.
  await startLimited(1).ask(`/api/public/${bob.username}`);
  await upstash.settled(2);
  const { ask, counted } = startLimited(1);
  for (const path of ['/api/public/:name', '/u/:name', '/api/u/:name/qr-session', '/u/:name.vcf'])
    for (const { username } of [ada, bob])
      expect((await ask(path.replace(':name', username.toUpperCase()), from('203.0.113.4'))).status).toBe(
        200,
      );
  expect(counted).toEqual([['reads', '203.0.113.4']]);
  // Drawing is what costs, not finding.
  expect((await ask(`/api/public/${ada.username}/qr`, from('203.0.113.4'))).status).toBe(200);
  expect((await ask(`/api/public/${ada.username}/qr`, from('203.0.113.4'))).status).toBe(429);
});

test('a limiter that fails holds nobody back, and is logged', async () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const { ask } = startIsolate({ LIMIT_READS: { limit: () => Promise.reject(new Error('203.0.113.5')) } });
  expect((await ask(`/api/public/${freshName()}`, from('203.0.113.5'))).status).toBe(404);
  const lines = log.mock.calls.map(([line]) => line as string);
  expect(lines).toContain(JSON.stringify({ event: 'rate-limit.failed', limit: 'reads' }));
  // Nobody's address is part of any.
  expect(lines.join()).not.toContain('203.0.113');
});

test('the bindings of wrangler.toml count for real', async () => {
  const statuses: number[] = [];
  for (let i = 0; i < 11; i++) statuses.push((await ask('/auth/github', from('203.0.113.6'))).status);
  expect(statuses).toEqual([...Array(10).fill(404), 429]);
  expect((await ask('/auth/github', from('203.0.113.7'))).status).toBe(404);
});
