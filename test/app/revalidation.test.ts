/** Stale-while-revalidate: the last good copy is answered at once, read anew behind the answer, and never outlives a change. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPerson, freshName, passSeconds, stopClock } from '../harness/fixtures.ts';
import { startIsolate } from '../harness/isolate.ts';
import { eventually, neon, redis, sql, startClean, upstash } from '../harness/worker.ts';

/** Every read goes to Upstash. */
const NO_TIER = { ISOLATE_TTL_MS: 0 };

beforeEach(async () => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  stopClock();
  await startClean();
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A person whose copy in Upstash is older than 300 s: what Redis forgets by itself is taken away. */
async function personWithStaleCopy() {
  const person = await createPerson();
  const path = `/api/public/${person.username}`;
  const key = person.username.toLowerCase();
  await startIsolate(NO_TIER).ask(path);
  await upstash.settled(2);
  await redis('DEL', `profile:${key}`);
  passSeconds(400);
  await Promise.all([neon.reset(), upstash.reset()]);
  return { ...person, path, key };
}

const setBio = (username: string, bio: string) =>
  sql('UPDATE users SET bio = $1, version = version + 1 WHERE username = $2', [bio, username]);

test('a copy past its time is a HIT for one round trip, says how old it is, and is read anew once', async () => {
  const { username, path } = await personWithStaleCopy();
  await setBio(username, 'newer');
  const { ask } = startIsolate(NO_TIER);
  const first = await ask(path);
  expect([first.status, first.headers.get('X-Cache')]).toEqual([200, 'HIT']);
  expect(first.headers.get('Cache-Status')).toBe('devcard-upstash; hit; ttl=-100; detail=revalidating');
  expect(await first.json()).toMatchObject({ bio: 'Notes' });
  await upstash.settled(2);
  expect([await neon.count(), await upstash.count()]).toEqual([1, 2]);
  const second = await ask(path);
  expect(second.headers.get('Cache-Status')).toBe('devcard-upstash; hit; ttl=300');
  expect(await second.json()).toMatchObject({ bio: 'newer' });
});

test('the stale copy does not travel while the fresh one is there', async () => {
  const { path, key } = await personWithStaleCopy();
  await startIsolate(NO_TIER).ask(path);
  await upstash.settled(2);
  await redis('SET', `outage:${key}`, 'not read');
  expect((await startIsolate(NO_TIER).ask(path)).headers.get('X-Cache')).toBe('HIT');
  expect((await upstash.commands()).filter(([name]) => name === 'EVAL_RO')).toHaveLength(2);
});

test('many readers of one isolate cause one read of Postgres', async () => {
  const { path } = await personWithStaleCopy();
  const { ask } = startIsolate(NO_TIER);
  const gate = await neon.gate({ at: 'request' });
  for (const _ of [1, 2, 3, 4]) expect((await ask(path)).headers.get('X-Cache')).toBe('HIT');
  await neon.held(gate);
  await neon.release(gate);
  await upstash.settled(5);
  expect(await neon.count()).toBe(1);
});

test('two isolates each read anew, and the later store finds the fence unmoved', async () => {
  const { path, username } = await personWithStaleCopy();
  await setBio(username, 'newer');
  const gate = await neon.gate({ at: 'request' });
  const answers = await Promise.all([startIsolate(NO_TIER).ask(path), startIsolate(NO_TIER).ask(path)]);
  expect(answers.map(({ headers }) => headers.get('X-Cache'))).toEqual(['HIT', 'HIT']);
  await neon.held(gate, 2);
  await neon.release(gate);
  await upstash.settled(4);
  expect(await (await startIsolate(NO_TIER).ask(path)).json()).toMatchObject({ bio: 'newer' });
});

test('a change between the stale answer and its refresh: the refresh does not bring the old copy back', async () => {
  const { path, key, token } = await personWithStaleCopy();
  const gate = await neon.gate({ at: 'answer', times: 1 });
  expect(await (await startIsolate(NO_TIER).ask(path)).json()).toMatchObject({ bio: 'Notes' });
  await neon.held(gate);
  const changed = await startIsolate(NO_TIER).askAs(token, 'PUT', '/api/profiles/me', { bio: 'newer' });
  expect(changed.headers.get('X-Cache-Invalidation')).toBe('done');
  expect(await redis('EXISTS', `profile:${key}`, `outage:${key}`)).toBe(0);
  await upstash.reset();
  await neon.release(gate);
  await upstash.settled(1, 'Notes');
  expect(await redis('EXISTS', `profile:${key}`, `outage:${key}`)).toBe(0);
  expect(await (await startIsolate(NO_TIER).ask(path)).json()).toMatchObject({ bio: 'newer' });
});

test('a refresh that fails leaves the copy, which stands in for a day of outage and is read anew after it', async () => {
  const { path, username } = await personWithStaleCopy();
  await setBio(username, 'newer');
  const { ask } = startIsolate(NO_TIER);
  await neon.fault({ kind: 'refuse' });
  expect((await ask(path)).headers.get('X-Cache')).toBe('HIT');
  await neon.settled(2);
  await eventually(async () => expect((await ask(path)).headers.get('X-Cache')).toBe('STALE'));
  for (const hours of [1, 8, 14]) {
    passSeconds(hours * 3_600);
    const response = await ask(path);
    expect([response.status, response.headers.get('X-Cache')]).toEqual([200, 'STALE']);
    expect(await response.json()).toMatchObject({ bio: 'Notes' });
    await eventually(async () => expect((await ask(path)).headers.get('X-Cache')).toBe('STALE'));
  }
  await neon.clear();
  passSeconds(10);
  await eventually(async () => {
    const response = await ask(path);
    expect(response.headers.get('X-Cache')).toBe('HIT');
    expect(await response.json()).toMatchObject({ bio: 'newer' });
  });
});

test('a rename to a name that had a copy: the old holder’s copy is gone', async () => {
  const free = freshName();
  const old = await createPerson();
  const { askAs, ask } = startIsolate(NO_TIER);
  await askAs(old.token, 'PUT', '/api/profiles/me', { username: free });
  await ask(`/api/public/${free}`);
  await askAs(old.token, 'PUT', '/api/profiles/me', { username: freshName() });
  await eventually(async () => expect(await redis('EXISTS', `outage:${free.toLowerCase()}`)).toBe(0));
  expect((await ask(`/api/public/${free}`, { redirect: 'manual' })).status).toBe(308);
});

test('a deletion takes the stale copy along', async () => {
  const { username, path, key, token } = await personWithStaleCopy();
  const { ask, askAs } = startIsolate(NO_TIER);
  expect((await askAs(token, 'DELETE', '/api/profiles/me', { username })).status).toBe(204);
  expect(await redis('EXISTS', `outage:${key}`)).toBe(0);
  expect((await ask(path)).status).toBe(404);
});

test('a name that nobody has is not read anew behind its answer', async () => {
  const path = `/api/public/${freshName()}`;
  const { ask } = startIsolate(NO_TIER);
  expect((await ask(path)).status).toBe(404);
  await upstash.settled(2);
  passSeconds(29);
  await neon.reset();
  expect((await ask(path)).status).toBe(404);
  expect(await neon.count()).toBe(0);
});

test('a name that is asked for in the last fifth of its 300 s is read anew before they end', async () => {
  const { username } = await createPerson();
  const path = `/api/public/${username}`;
  const { ask } = startIsolate(NO_TIER);
  await ask(path);
  await upstash.settled(2);
  await Promise.all([neon.reset(), upstash.reset()]);
  passSeconds(239);
  expect((await ask(path)).headers.get('Cache-Status')).toBe('devcard-upstash; hit; ttl=61');
  expect(await neon.count()).toBe(0);
  passSeconds(1);
  expect((await ask(path)).headers.get('Cache-Status')).toBe('devcard-upstash; hit; ttl=60');
  await upstash.settled(3);
  expect(await neon.count()).toBe(1);
  expect((await ask(path)).headers.get('Cache-Status')).toBe('devcard-upstash; hit; ttl=300');
});
