/** The log line of a request, counters, `/healthz` and `/readyz`. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startLocal } from '../harness/browser.ts';
import {
  ask,
  askAs,
  createPerson,
  freshName,
  PAST_ISOLATE_TIER_SECONDS,
  passSeconds,
  stopClock,
} from '../harness/fixtures.ts';
import { startIsolate } from '../harness/isolate.ts';
import { eventually, neon, startClean, upstash } from '../harness/worker.ts';

let tests = 0;

beforeEach(async () => {
  stopClock();
  // Past what the isolate remembers of the tests before.
  tests += 1;
  passSeconds(tests * PAST_ISOLATE_TIER_SECONDS);
  await startClean();
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** The log lines of one event that come of `work`. */
async function linesOf(
  work: () => Promise<unknown>,
  event: string | RegExp = /^request$/,
): Promise<Record<string, unknown>[]> {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  await work();
  return log.mock.calls.map(([line]) => JSON.parse(line)).filter((line) => line.event.match(event));
}

const trips = (count: number) => ({ count, ms: expect.any(Number) });

test('a miss, then a hit: one line each with route, tier and round trips', async () => {
  const { username } = await createPerson();
  const path = `/api/public/${username}`;
  const lines = await linesOf(async () => {
    await ask(path);
    await ask(path, { method: 'HEAD' });
  });
  const line = {
    event: 'request',
    requestId: expect.any(String),
    route: '/api/public/:username',
    status: 200,
    ms: expect.any(Number),
  };
  expect(lines).toEqual([
    { ...line, method: 'GET', tier: 'postgres', upstash: trips(1), neon: trips(1) },
    { ...line, method: 'HEAD', tier: 'isolate', upstash: trips(0), neon: trips(0) },
  ]);
});

test('nothing personal is logged: neither name, nor address, nor query, nor browser', async () => {
  const { username, token } = await createPerson();
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const headers = {
    'CF-Connecting-IP': '203.0.113.7',
    'User-Agent': 'Example-Browser',
    Referer: 'https://referrer.example/',
  };
  await ask(`/u/${username}?source=secret-source`, { headers });
  await ask(`/u/${username}.vcf`, { headers });
  await ask(`/api/public/${freshName()}`, { headers });
  await askAs(token, 'PUT', '/api/profiles/me', { bio: 'private-bio' });
  const text = log.mock.calls.flat().join('\n');
  expect(text).toContain('"route":"/u/:username"');
  expect(text).toContain('"route":"/u/:file{.+\\\\.vcf}"');
  expect(text).not.toMatch(
    /person-|203\.0\.113|example-browser|referrer\.example|secret-source|private-bio|ada@/i,
  );
});

test('a redirect says its tier too', async () => {
  const { username, token } = await createPerson();
  await askAs(token, 'PUT', '/api/profiles/me', { username: freshName() });
  const lines = await linesOf(async () => {
    for (let i = 0; i < 2; i++) await ask(`/api/public/${username}`, { redirect: 'manual' });
  });
  expect(lines).toMatchObject([
    { status: 308, tier: 'postgres' },
    { status: 308, tier: 'isolate' },
  ]);
});

test('a path without a route has none; a refused owner still has the route', async () => {
  const lines = await linesOf(async () => {
    await ask('/nowhere');
    await ask('/api/cards');
  });
  expect(lines.map(({ route, status }) => [route, status])).toEqual([
    [null, 404],
    ['/api/cards', 401],
  ]);
});

test('signed-in owners see the timing, nobody else does', async () => {
  const { username, token } = await createPerson();
  const own = await askAs(token, 'GET', '/api/profiles/me');
  expect(own.headers.get('Server-Timing')).toMatch(
    /^upstash;dur=\d+;desc="0 round trips", neon;dur=\d+;desc="1 round trip", total;dur=\d+$/,
  );
  expect((await ask(`/api/public/${username}`)).headers.has('Server-Timing')).toBe(false);
});

describe('counters, for whoever sums up lines', () => {
  /** Those of a line that are not on every line. */
  const countersOf = ({
    event,
    requestId,
    route,
    method,
    status,
    tier,
    ms,
    upstash,
    neon,
    ...rest
  }: Record<string, unknown>) => rest;

  test('a change that all tiers heard of, and one that they will hear of later', async () => {
    const { token } = await createPerson();
    const { askAs } = startIsolate();
    const lines = await linesOf(async () => {
      await askAs(token, 'PUT', '/api/profiles/me', { bio: 'one' });
      await upstash.fault({ kind: 'refuse', times: 1 });
      await askAs(token, 'PUT', '/api/profiles/me', { bio: 'two' });
      await askAs(token, 'GET', '/api/profiles/me');
    });
    expect(lines.map(countersOf)).toEqual([{ invalidated: 1 }, { deferred: 1 }, {}]);
    await upstash.settled(3);
  });

  test('what catches up after the response has a line of its own', async () => {
    const { token } = await createPerson();
    await upstash.fault({ kind: 'refuse', times: 1 });
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    await startIsolate().askAs(token, 'PUT', '/api/profiles/me', { bio: 'one' });
    const caughtUp = JSON.stringify({ event: 'invalidation.caught-up', attempts: 2 });
    await eventually(() => expect(log.mock.calls).toContainEqual([caughtUp]));
  });

  test('the breaker: it opens, spares calls, and lets them through again', async () => {
    const { ask } = startIsolate();
    const lines = await linesOf(async () => {
      await upstash.fault({ kind: 'refuse' });
      await ask(`/api/public/${freshName()}`);
      await ask(`/api/public/${freshName()}`);
      await upstash.clear();
      passSeconds(PAST_ISOLATE_TIER_SECONDS);
      await ask(`/api/public/${freshName()}`);
    }, /./);
    expect(lines.map(({ event, upstashSkipped }) => [event, upstashSkipped])).toEqual([
      ['upstash.skipped', undefined],
      ['request', undefined],
      ['request', 1],
      ['upstash.back', undefined],
      ['request', undefined],
    ]);
  });

  test('work that no client asked for: the sums of views', async () => {
    const { rollUpViews } = startIsolate();
    const lines = await linesOf(async () => {
      await rollUpViews();
      await neon.fault({ kind: 'refuse' });
      await upstash.fault({ kind: 'refuse' });
      await rollUpViews().catch(() => undefined);
    }, /^roll-up$/);
    const ms = expect.any(Number);
    expect(lines).toEqual([
      { event: 'roll-up', ok: true, ms, upstash: trips(1), neon: trips(0) },
      { event: 'roll-up', ok: false, ms, upstash: trips(1), neon: trips(0) },
    ]);
  });
});

test('an error has its stack in the log, and neither that nor its message in the answer', async () => {
  const lines = await linesOf(async () => {
    vi.spyOn(crypto, 'getRandomValues').mockImplementation(() => {
      throw new TypeError('private detail');
    });
    const answer = await startLocal().ask('/auth/github', { headers: { 'CF-Ray': 'ray-1' } });
    expect([answer.status, answer.headers.get('X-Request-Id')]).toEqual([500, 'ray-1']);
    expect(await answer.text()).not.toMatch(/private detail|TypeError|sign-in/);
  }, /^request\.failed$/);
  expect(lines).toEqual([
    {
      event: 'request.failed',
      requestId: 'ray-1',
      error: 'TypeError',
      message: 'private detail',
      stack: expect.stringMatching(/private detail[\s\S]*sign-in\.ts/),
    },
  ]);
});

test('/healthz asks nobody', async () => {
  const lines = await linesOf(async () => {
    const response = await ask('/healthz');
    expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }]);
  });
  expect(lines).toMatchObject([{ upstash: trips(0), neon: trips(0) }]);
});

const state = (status: string) => ({ status, latencyMs: expect.any(Number) });

test('/readyz: both answer, and are asked once a second at the most', async () => {
  const lines = await linesOf(async () => {
    const response = await ask('/readyz');
    expect([response.status, response.headers.get('Cache-Control'), await response.json()]).toEqual([
      200,
      'no-store',
      { status: 'ok', neon: state('ok'), upstash: state('ok') },
    ]);
    await ask('/readyz');
  });
  expect(lines).toMatchObject([
    { upstash: trips(1), neon: trips(1) },
    { upstash: trips(0), neon: trips(0) },
  ]);
});

test('/readyz: who asks while it hangs waits with the others', async () => {
  const { ask } = startIsolate({ NEON_TIMEOUT_MS: 1_000 });
  await neon.fault({ kind: 'hang' });
  const answers = await Promise.all([ask('/readyz'), ask('/readyz'), ask('/readyz')]);
  expect(answers.map(({ status }) => status)).toEqual([503, 503, 503]);
  expect(await neon.count()).toBe(1);
});

test('/readyz without Upstash is degraded, without Postgres unavailable', async () => {
  await upstash.fault({ kind: 'refuse' });
  const degraded = await ask('/readyz');
  expect([degraded.status, await degraded.json()]).toEqual([
    200,
    { status: 'degraded', neon: state('ok'), upstash: state('failing') },
  ]);
  passSeconds(1);
  await upstash.clear();
  await neon.fault({ kind: 'refuse' });
  const unavailable = await ask('/readyz');
  expect([unavailable.status, unavailable.headers.get('Retry-After'), await unavailable.json()]).toEqual([
    503,
    '5',
    { status: 'unavailable', neon: state('failing'), upstash: state('ok') },
  ]);
});
