/** What callers get when Upstash, Neon or both fail: each fault is made on the wire. */
import { afterEach, beforeEach, describe, expect, type MockInstance, test, vi } from 'vitest';
import { ask, createPerson, PAST_ISOLATE_TIER_SECONDS, passSeconds, stopClock } from '../harness/fixtures.ts';
import { startIsolate } from '../harness/isolate.ts';
import type { Fault } from '../harness/wire-protocol.ts';
import { eventually, neon, redis, sql, startClean, upstash } from '../harness/worker.ts';

const FAULTS: [string, Fault][] = [
  ['refused', { kind: 'refuse' }],
  ['hung', { kind: 'hang' }],
  ['slow', { kind: 'delay', ms: 60_000 }],
  ['answering 500', { kind: 'status', status: 500 }],
  ['refusing the token', { kind: 'status', status: 401 }],
  ['answering garbage', { kind: 'garbage' }],
  ['answering half of its JSON', { kind: 'truncated' }],
  ['cut off in mid-body', { kind: 'cut' }],
  ['cut off before an answer', { kind: 'lost' }],
];

/** Longer than Postgres is skipped before it is probed. */
const PAST_WINDOW_SECONDS = 3;

/** What a database says that is there and does not answer. */
const REFUSALS = [
  ['a role that is locked', '28000'],
  ['a wrong password', '28P01'],
  ['no such database', '3D000'],
  ['no such table', '42P01'],
  ['no such column', '42703'],
  ['no permission', '42501'],
  ['a read-only primary', '25006'],
  ['a full disk', '53100'],
  ['too many connections', '53300'],
  ['a shutdown', '57P03'],
  ['a cancelled statement', '57014'],
] as const;

/** Time limits of Workers that meet a fault: short where the fault is to take none. */
const limitOf = (setting: 'UPSTASH_TIMEOUT_MS' | 'NEON_TIMEOUT_MS', { kind }: Fault) =>
  kind === 'hang' || kind === 'delay' ? { [setting]: 1_000 } : {};

let log: MockInstance;

beforeEach(async () => {
  log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  stopClock();
  await startClean();
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** What was logged besides the line that every request has. */
const loggedEvents = () =>
  log.mock.calls
    .map(([line]) => JSON.parse(line as string).event as string)
    .filter((event) => event !== 'request');

describe.each(FAULTS)('Upstash %s', (_, fault) => {
  const limit = limitOf('UPSTASH_TIMEOUT_MS', fault);

  test('a reader gets the profile from Postgres, and later readers do not wait again', async () => {
    const { username } = await createPerson();
    const other = await createPerson();
    const { ask } = startIsolate(limit);
    await upstash.fault(fault);
    log.mockClear();

    const first = await ask(`/api/public/${username}`);
    expect([first.status, first.headers.get('X-Cache')]).toEqual([200, 'MISS']);
    expect(await upstash.count()).toBe(1);

    const second = await ask(`/api/public/${other.username}`);
    expect([second.status, second.headers.get('X-Cache')]).toEqual([200, 'MISS']);
    expect(await upstash.count()).toBe(1);
    expect(loggedEvents()).toEqual(['upstash.skipped']);
  });

  test('a probe finds out when it is back, and nothing wrong was stored meanwhile', async () => {
    const { username } = await createPerson();
    const { ask } = startIsolate(limit);
    await upstash.fault(fault);
    await ask(`/api/public/${username}`);
    passSeconds(PAST_ISOLATE_TIER_SECONDS);
    await ask(`/api/public/${username}`);
    expect(await upstash.count()).toBe(2);
    await upstash.clear();
    expect(await redis('DBSIZE')).toBe(0);

    passSeconds(PAST_ISOLATE_TIER_SECONDS);
    await upstash.reset();
    await ask(`/api/public/${username}`);
    await upstash.settled(2);
    passSeconds(PAST_ISOLATE_TIER_SECONDS);
    expect((await ask(`/api/public/${username}`)).headers.get('X-Cache')).toBe('HIT');
  });

  test('a change stands, says that caches will hear of it later, and they do', async () => {
    const { username, token } = await createPerson();
    const { ask, askAs } = startIsolate();
    await ask(`/api/public/${username}`);
    await upstash.settled(2);
    await upstash.fault({ ...fault, times: 1 });
    const changed = await startIsolate(limit).askAs(token, 'PUT', '/api/profiles/me', { bio: 'newer' });
    expect([changed.status, changed.headers.get('X-Cache-Invalidation')]).toEqual([200, 'deferred']);
    await upstash.settled(4);
    expect(
      await redis('EXISTS', `profile:${username.toLowerCase()}`, `outage:${username.toLowerCase()}`),
    ).toBe(0);
    expect(await (await askAs(token, 'GET', '/api/profiles/me')).json()).toMatchObject({ bio: 'newer' });
  });
});

describe.each(FAULTS)('Neon %s', (kind, fault) => {
  const limit = limitOf('NEON_TIMEOUT_MS', fault);
  /** A quick failure of a read is tried once more; one that used up the time limit is not. */
  const attempts = ['hung', 'slow'].includes(kind) ? 1 : 2;

  test('with a copy in Upstash: HIT, and Neon is not asked', async () => {
    const { username } = await createPerson();
    await startIsolate().ask(`/api/public/${username}`);
    await upstash.settled(2);
    await neon.reset();
    await neon.fault(fault);
    const response = await startIsolate(limit).ask(`/api/public/${username}`);
    expect([response.status, response.headers.get('X-Cache')]).toEqual([200, 'HIT']);
    expect(await neon.count()).toBe(0);
  });

  test('with only the stale copy left: HIT while it is read anew, STALE once that has failed', async () => {
    const { username } = await createPerson();
    const before = await (await startIsolate().ask(`/api/public/${username}`)).text();
    await upstash.settled(2);
    await redis('DEL', `profile:${username.toLowerCase()}`);
    await neon.reset();
    await neon.fault(fault);
    const { ask } = startIsolate(limit);
    const first = await ask(`/api/public/${username}`);
    expect([first.status, first.headers.get('X-Cache')]).toEqual([200, 'HIT']);
    expect(first.headers.get('Cache-Status')).toBe('devcard-upstash; hit; ttl=-1; detail=revalidating');
    await eventually(() => expect(loggedEvents()).toContain('neon.skipped'));
    for (const _ of [1, 2, 3]) {
      const later = await ask(`/api/public/${username}`);
      expect([later.status, later.headers.get('X-Cache')]).toEqual([200, 'STALE']);
      expect(later.headers.get('Cache-Status')).toBe('devcard-upstash; hit; ttl=-1; detail=outage-copy');
      expect(await later.text()).toBe(before);
    }
    expect(await neon.count()).toBe(attempts);
  });

  test('one reader without a copy waits, later ones are refused at once, and a probe finds out when it is back', async () => {
    const people = [await createPerson(), await createPerson(), await createPerson()];
    const [first, second, third] = people.map(({ username }) => `/api/public/${username}`) as [
      string,
      string,
      string,
    ];
    const { ask } = startIsolate(limit);
    await neon.reset();
    await neon.fault(fault);
    expect((await ask(first)).status).toBe(503);
    const refused = await ask(second);
    expect([refused.status, refused.headers.get('Retry-After')]).toEqual([503, '5']);
    expect(await neon.count()).toBe(attempts);

    await neon.clear();
    passSeconds(PAST_WINDOW_SECONDS);
    // Nobody waits for the probe, which stores what it finds.
    expect((await ask(third)).status).toBe(503);
    await eventually(() => expect(loggedEvents()).toContain('neon.back'));
    expect((await ask(second)).status).toBe(200);
    const key = second.replace('/api/public/', '').toLowerCase();
    await eventually(async () => expect(await redis('EXISTS', `profile:${key}`)).toBe(1));
  });

  test('who comes while Postgres is asked waits for the same answer, however soon memory forgets', async () => {
    const { username } = await createPerson();
    const { ask } = startIsolate({ ...limit, ISOLATE_TTL_MS: 1 });
    await neon.reset();
    await neon.fault(fault);
    const all = await Promise.all([1, 2, 3].map(() => ask(`/api/public/${username}`)));
    expect(all.map(({ status }) => status)).toEqual([503, 503, 503]);
    expect(await neon.count()).toBe(attempts);
  });

  test('without a copy: 503 with Retry-After, after a bounded number of attempts', async () => {
    const { username } = await createPerson();
    await neon.reset();
    await neon.fault(fault);
    const response = await startIsolate(limit).ask(`/api/public/${username}`);
    expect([response.status, response.headers.get('Retry-After')]).toEqual([503, '5']);
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({ status: 503, code: 'unavailable' });
    expect(text).not.toMatch(/neon|select|fetch|127\.0\.0\.1|upstash/i);
    expect(await neon.count()).toBe(attempts);
    expect(await redis('DBSIZE')).toBe(0);
  });

  test('an owner’s write is not sent twice, and its name is forgotten, since nobody knows what became of it', async () => {
    const { username, token } = await createPerson();
    const key = username.toLowerCase();
    const copies = () => redis('EXISTS', `profile:${key}`, `outage:${key}`);
    await ask(`/api/public/${username}`);
    await eventually(async () => expect(await copies()).toBe(2));
    await neon.fault({ ...fault, match: 'UPDATE users', times: 1 });
    const response = await startIsolate(limit).askAs(token, 'PUT', '/api/profiles/me', { bio: 'newer' });
    expect(response.status).toBe(503);
    await eventually(async () => expect(await copies()).toBe(0));
    expect(await neon.count('UPDATE users')).toBe(1);
    const [row] = await sql<{ bio: string }>('SELECT bio FROM users');
    expect(await (await startIsolate().ask(`/api/public/${username}`)).json()).toMatchObject({
      bio: row?.bio,
    });
  });
});

describe.each(REFUSALS)('Neon says no: %s', (_, sqlState) => {
  const fault: Fault = { kind: 'status', sqlState };

  test('readers with a copy get it, readers without one 503, and nobody 500', async () => {
    const [known, unseen] = [await createPerson(), await createPerson()];
    await startIsolate().ask(`/api/public/${known.username}`);
    await upstash.settled(2);
    await redis('DEL', `profile:${known.username.toLowerCase()}`);
    await neon.fault(fault);
    const { ask } = startIsolate();
    expect((await ask(`/api/public/${known.username}`)).headers.get('X-Cache')).toBe('HIT');
    await eventually(() => expect(loggedEvents()).toContain('neon.skipped'));
    expect((await ask(`/api/public/${known.username}`)).headers.get('X-Cache')).toBe('STALE');
    const refused = await startIsolate().ask(`/api/public/${unseen.username}`);
    expect([refused.status, refused.headers.get('Retry-After')]).toEqual([503, '5']);
    expect((await refused.json<{ code: string }>()).code).toBe('unavailable');
  });

  test('an owner’s write is 503, and the copies stay: nothing was changed', async () => {
    const { username, token } = await createPerson();
    const key = username.toLowerCase();
    await startIsolate().ask(`/api/public/${username}`);
    await upstash.settled(2);
    await Promise.all([neon.reset(), upstash.reset()]);
    await neon.fault(fault);
    const response = await startIsolate().askAs(token, 'PUT', '/api/profiles/me', {
      bio: 'newer',
    });
    expect([response.status, response.headers.get('Retry-After')]).toEqual([503, '5']);
    // Only the write itself: nobody asks which names it may have touched.
    expect(await neon.count()).toBe(1);
    expect(await upstash.count()).toBe(0);
    expect(await redis('EXISTS', `profile:${key}`, `outage:${key}`)).toBe(2);
  });
});

test.each(['42601', '22001', '23514'])(
  'a statement of ours that is wrong (%s) is a 500 to its owner, and logged as our mistake',
  async (sqlState) => {
    const { username, token } = await createPerson();
    await startIsolate().ask(`/api/public/${username}`);
    await upstash.settled(2);
    await Promise.all([neon.reset(), upstash.reset()]);
    await neon.fault({ kind: 'status', sqlState });
    log.mockClear();
    const response = await startIsolate().askAs(token, 'PUT', '/api/profiles/me', {
      bio: 'newer',
    });
    expect(response.status).toBe(500);
    expect(loggedEvents()).toEqual(['request.failed']);
    expect(await response.text()).not.toContain(sqlState);
    expect([await neon.count(), await upstash.count()]).toEqual([1, 0]);
    expect((await startIsolate().ask(`/api/public/${(await createPerson()).username}`)).status).toBe(503);
  },
);

test.each(FAULTS)('both %s: 503, and each was asked a bounded number of times', async (_, fault) => {
  const { username } = await createPerson();
  await Promise.all([neon.reset(), upstash.reset()]);
  await Promise.all([neon.fault(fault), upstash.fault(fault)]);
  const limits = { ...limitOf('UPSTASH_TIMEOUT_MS', fault), ...limitOf('NEON_TIMEOUT_MS', fault) };
  const response = await startIsolate(limits).ask(`/api/public/${username}`);
  expect([response.status, response.headers.get('Retry-After')]).toEqual([503, '5']);
  expect(await neon.count()).toBeLessThanOrEqual(2);
  expect(await upstash.count()).toBe(1);
});

describe('Upstash reads but does not write', () => {
  /** EVAL is a script that writes; reads are EVAL_RO. */
  const readOnly: Fault = { kind: 'status', status: 400, match: 'EVAL ' };

  test('the isolate that made a change never shows the old copy, and reads Upstash again once it is gone', async () => {
    const { username, token } = await createPerson();
    const { ask, askAs } = startIsolate({ ISOLATE_TTL_MS: 0 });
    await ask(`/api/public/${username}`);
    await upstash.settled(2);
    await upstash.fault(readOnly);
    const changed = await askAs(token, 'PUT', '/api/profiles/me', { bio: 'newer' });
    expect(changed.headers.get('X-Cache-Invalidation')).toBe('deferred');
    for (const _ of [1, 2, 3]) {
      const response = await ask(`/api/public/${username}`);
      expect(response.headers.get('X-Cache')).toBe('MISS');
      expect(await response.json()).toMatchObject({ bio: 'newer' });
    }
    const elsewhere = await startIsolate().ask(`/api/public/${username}`);
    expect(await elsewhere.json()).toMatchObject({ bio: 'Notes' });

    await upstash.clear();
    await eventually(async () => expect(await redis('EXISTS', `profile:${username.toLowerCase()}`)).toBe(0));
    passSeconds(PAST_WINDOW_SECONDS + 1);
    await eventually(async () => {
      const again = await ask(`/api/public/${username}`);
      expect(again.headers.get('X-Cache')).toBe('HIT');
      expect(await again.json()).toMatchObject({ bio: 'newer' });
    });
  });

  test('it does not show the old copy while Postgres fails either', async () => {
    const { username, token } = await createPerson();
    const { ask, askAs } = startIsolate({ ISOLATE_TTL_MS: 0 });
    await ask(`/api/public/${username}`);
    await upstash.settled(2);
    await upstash.fault(readOnly);
    await askAs(token, 'PUT', '/api/profiles/me', { bio: 'newer' });
    await neon.fault({ kind: 'refuse' });
    expect((await ask(`/api/public/${username}`)).status).toBe(503);
  });
});

test('a read of Postgres that failed late is not sent again', async () => {
  const { username } = await createPerson();
  await neon.reset();
  await neon.fault({ kind: 'status' });
  const gate = await neon.gate({ at: 'request', match: '"usernames"' });
  const answer = startIsolate().ask(`/api/public/${username}`);
  await neon.held(gate, 1);
  passSeconds(2);
  await neon.release(gate);
  expect((await answer).status).toBe(503);
  expect(await neon.count()).toBe(1);
});

test('an unknown name is no outage: it is not answered from an old copy', async () => {
  const { username, token } = await createPerson();
  const { ask, askAs } = startIsolate({ ISOLATE_TTL_MS: 0 });
  await ask(`/api/public/${username}`);
  await upstash.settled(2);
  await askAs(token, 'PUT', '/api/profiles/me', { bio: 'newer' });
  await neon.fault({ kind: 'refuse' });
  expect((await ask(`/api/public/${username}`)).status).toBe(503);
});

test('a client that hangs up does not take the answer of others with it', async () => {
  const { username } = await createPerson();
  const { ask } = startIsolate();
  const gate = await neon.gate({ at: 'answer' });
  const hangsUp = new AbortController();
  const first = ask(`/api/public/${username}`, { signal: hangsUp.signal }).catch(() => undefined);
  await neon.held(gate);
  const second = ask(`/api/public/${username}`);
  hangsUp.abort();
  await neon.release(gate);
  expect((await second).status).toBe(200);
  await first;
  expect(await neon.count()).toBe(1);
});
