/** The data centre's tier, in front of the real entrypoint: the platform's cache is imitated as documented, since workerd has none. */
import { exports } from 'cloudflare:workers';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CachedEntrypoint } from '../../../src/drivers/edge/edge-cache.ts';
import { createPerson, freshName, passSeconds, stopClock } from '../../harness/fixtures.ts';
import { startIsolate } from '../../harness/isolate.ts';
import { neon, startClean, upstash } from '../../harness/worker.ts';

beforeEach(async () => {
  stopClock();
  await startClean();
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** Keeps what `Cache-Control` allows, by path, and forgets by `Cache-Tag`. */
function dataCentre(entrypoint: (request: Request) => Promise<Response> = startIsolate().record) {
  const kept = new Map<string, { response: Response; at: number; maxAge: number; tag: string | null }>();
  const purges: string[][] = [];
  const centre = {
    kept,
    purges,
    refusesPurges: false,
    async fetch(request: Request) {
      const { pathname } = new URL(request.url);
      const hit = kept.get(pathname);
      const age = hit ? Math.floor((Date.now() - hit.at) / 1000) : 0;
      if (hit && age < hit.maxAge) {
        const response = new Response(hit.response.clone().body, hit.response);
        response.headers.set('Cf-Cache-Status', 'HIT');
        response.headers.set('Age', String(age));
        return response;
      }
      const response = await entrypoint(request);
      const maxAge = Number(/max-age=(\d+)/.exec(response.headers.get('Cache-Control') ?? '')?.[1] ?? 0);
      const tag = response.headers.get('Cache-Tag');
      if (maxAge > 0) kept.set(pathname, { response: response.clone(), at: Date.now(), maxAge, tag });
      return response;
    },
    async purge(tags: string[]) {
      purges.push(tags);
      if (centre.refusesPurges) return { success: false };
      for (const [path, { tag }] of kept) if (tag && tags.includes(tag)) kept.delete(path);
      return { success: true };
    },
  };
  return centre satisfies CachedEntrypoint;
}

const headersOf = (response: Response) => [
  response.status,
  response.headers.get('X-Cache'),
  response.headers.get('Cache-Status'),
];

test('answers another isolate without asking Upstash, and X-Cache says so', async () => {
  const { username } = await createPerson();
  const centre = dataCentre();
  const first = await startIsolate({}, centre).ask(`/api/public/${username}`);
  expect(headersOf(first)).toEqual([200, 'MISS', 'devcard-upstash; fwd=uri-miss; ttl=300']);
  await upstash.settled(2);
  await upstash.reset();
  passSeconds(4);
  const second = await startIsolate({}, centre).ask(`/api/u/${username.toUpperCase()}?x=1`, {
    headers: { Cookie: 'a=b' },
  });
  expect(headersOf(second)).toEqual([200, 'HIT', 'devcard-edge; hit; ttl=11']);
  expect(await second.text()).toBe(await first.text());
  expect([await upstash.count(), await neon.count()]).toEqual([0, 1]);
  expect([...centre.kept.keys()]).toEqual([`/${username.toLowerCase()}`]);
});

test('a change purges by tag in every name that it touches, and then shows everywhere', async () => {
  const { username, token } = await createPerson();
  const newName = freshName();
  const centre = dataCentre();
  await startIsolate({}, centre).ask(`/api/public/${username}`);
  const changed = await startIsolate({}, centre).askAs(token, 'PUT', '/api/profiles/me', {
    username: newName,
  });
  expect(changed.headers.get('X-Cache-Invalidation')).toBe('done');
  expect(centre.purges).toEqual([[`profile-${username.toLowerCase()}`, `profile-${newName.toLowerCase()}`]]);
  const response = await startIsolate({}, centre).ask(`/api/public/${username}`, { redirect: 'manual' });
  expect(response.status).toBe(308);
});

test('a refused purge is told and tried again; until then the edge shows the old copy for its short life only', async () => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const { username, token } = await createPerson();
  const centre = dataCentre();
  await startIsolate({}, centre).ask(`/api/public/${username}`);
  centre.refusesPurges = true;
  const changed = await startIsolate({}, centre).askAs(token, 'PUT', '/api/profiles/me', { bio: 'newer' });
  expect([changed.status, changed.headers.get('X-Cache-Invalidation')]).toEqual([200, 'deferred']);
  passSeconds(14);
  expect(await (await startIsolate({}, centre).ask(`/api/public/${username}`)).json()).toMatchObject({
    bio: 'Notes',
  });
  passSeconds(1);
  expect(await (await startIsolate({}, centre).ask(`/api/public/${username}`)).json()).toMatchObject({
    bio: 'newer',
  });
  centre.refusesPurges = false;
  await vi.waitFor(() => expect(centre.purges.length).toBeGreaterThan(1), 3_000);
});

test('a copy that stands in for a dead database is not kept there', async () => {
  const { username } = await createPerson();
  await startIsolate().ask(`/api/public/${username}`);
  await upstash.settled(2);
  await neon.fault({ kind: 'refuse' });
  const centre = dataCentre();
  expect((await startIsolate({}, centre).ask(`/api/public/${username}`)).headers.get('X-Cache')).toBe('HIT');
  centre.kept.clear();
  const unknown = await startIsolate({}, centre).ask(`/api/public/${freshName()}`);
  expect([unknown.status, unknown.headers.get('Retry-After')]).toEqual([503, '5']);
  expect(centre.kept.size).toBe(0);
});

test('when it fails itself, Upstash answers', async () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const { username } = await createPerson();
  const broken = { fetch: () => Promise.reject(new Error('no way')), purge: async () => ({ success: true }) };
  expect((await startIsolate({}, broken).ask(`/api/public/${username}`)).status).toBe(200);
  expect(log.mock.calls.map(([line]) => JSON.parse(line).event)).toContain('edge.failed');
});

test('the real entrypoint answers with a record, its tag and its short life', async () => {
  const { username } = await createPerson();
  const entrypoint = (exports as unknown as { CachedRecords: Fetcher }).CachedRecords;
  const response = await entrypoint.fetch(`https://records.internal/${username.toLowerCase()}`);
  expect(response.headers.get('Cache-Control')).toBe('public, max-age=15');
  expect(response.headers.get('Cache-Tag')).toBe(`profile-${username.toLowerCase()}`);
  expect(await response.json()).toMatchObject({ freshness: 'MISS', record: { profile: { username } } });
});
