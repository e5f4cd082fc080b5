/** Views through faults: each is counted once or lost, never twice, and no answer ever notices. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { askAs, createPerson, stopClock } from '../harness/fixtures.ts';
import { startIsolate } from '../harness/isolate.ts';
import { look, PHONE, reportOf, reportWith, runCron } from '../harness/visitors.ts';
import { eventually, neon, redis, sql, startClean, upstash } from '../harness/worker.ts';

/** In the statement that adds sums, and in the script that lets go of entries. */
const ADDING = 'INSERT INTO view_logs';
const RELEASING = 'LTRIM';

/** What the Worker logged. */
let lines: string[];

beforeEach(async () => {
  stopClock();
  lines = [];
  vi.spyOn(console, 'log').mockImplementation((line) => lines.push(line));
  await startClean();
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** Waits until the log holds so many batches. */
const logHolds = (entries: number) =>
  eventually(async () => expect(await redis('LLEN', 'views:log')).toBe(entries));

/** Has somebody look, and waits until that is a batch of its own. */
async function lookOnce(path: string, address: string, entries: number): Promise<void> {
  await look(path, { address });
  await logHolds(entries);
}

describe('a roll-up that breaks', () => {
  test.each([
    ['before the sums are added', () => neon.fault({ kind: 'refuse', match: ADDING, times: 1 })],
    [
      'when they are added and nobody hears of it',
      () => neon.fault({ kind: 'lost', match: ADDING, times: 1 }),
    ],
    ['between adding and letting go', () => upstash.fault({ kind: 'refuse', match: RELEASING, times: 1 })],
    [
      'when it has let go and nobody hears of it',
      () => upstash.fault({ kind: 'lost', match: RELEASING, times: 1 }),
    ],
    [
      'when the known visitors are asked for',
      () => upstash.fault({ kind: 'status', match: 'SMISMEMBER', times: 1 }),
    ],
  ])('%s neither loses nor doubles', async (_, breakIt) => {
    const { username, token } = await createPerson();
    const path = `/api/public/${username}?source=qr`;
    await lookOnce(path, '203.0.113.1', 1);
    await lookOnce(path, '203.0.113.2', 2);
    await breakIt();
    await expect(runCron()).rejects.toThrow();
    const left = Number(await redis('LLEN', 'views:log'));
    // More comes in before the next run, from somebody known and somebody new.
    await lookOnce(path, '203.0.113.2', left + 1);
    await lookOnce(path, '203.0.113.3', left + 2);
    await runCron();
    expect(await redis('LLEN', 'views:log')).toBe(0);
    expect(await reportOf(token)).toMatchObject({ totalViews: 4, uniqueViewers: 3, sources: { qr: 4 } });
  });

  test('while another one overtakes it', async () => {
    const { username, token } = await createPerson();
    await lookOnce(`/api/public/${username}`, '203.0.113.1', 1);
    const gate = await neon.gate({ at: 'request', match: ADDING, times: 1 });
    const slow = runCron();
    await neon.held(gate);
    await lookOnce(`/api/public/${username}`, '203.0.113.2', 2);
    await runCron();
    await neon.release(gate);
    await slow;
    expect(await reportOf(token)).toMatchObject({ totalViews: 2, uniqueViewers: 2 });
    expect(await redis('LLEN', 'views:log')).toBe(0);
  });

  test('that lets go late lets go of nothing that came since', async () => {
    const { username, token } = await createPerson();
    await lookOnce(`/api/public/${username}`, '203.0.113.1', 1);
    const gate = await upstash.gate({ at: 'request', match: RELEASING, times: 1 });
    const slow = runCron();
    await upstash.held(gate);
    await runCron();
    await lookOnce(`/api/public/${username}`, '203.0.113.2', 1);
    await upstash.release(gate);
    await slow;
    expect(await reportOf(token)).toMatchObject({ totalViews: 2, uniqueViewers: 2 });
  });

  test('many at once count everything once', async () => {
    const { username, token } = await createPerson();
    for (let i = 1; i <= 5; i++) await lookOnce(`/api/public/${username}`, `203.0.113.${i}`, i);
    const gate = await neon.gate({ at: 'request', match: ADDING, times: 4 });
    const runs = [runCron(), runCron(), runCron(), runCron()];
    await neon.held(gate, 4);
    await neon.release(gate);
    await Promise.all(runs);
    expect(await reportOf(token)).toMatchObject({ totalViews: 5, uniqueViewers: 5 });
  });

  test('that meets something else than views passes over it', async () => {
    const { username, token } = await createPerson();
    await redis(
      'RPUSH',
      'views:log',
      'not json',
      '[]',
      '[["x",1,"profile",null,"qr","DE","phone","v",1]]',
      '{}',
    );
    await lookOnce(`/api/public/${username}`, '203.0.113.1', 5);
    await runCron();
    expect(await redis('LLEN', 'views:log')).toBe(0);
    expect(await reportOf(token)).toMatchObject({ totalViews: 1 });
  });
});

test('a log that was lost is followed by a new one that is counted from its start', async () => {
  const { username, token } = await createPerson();
  for (let i = 1; i <= 3; i++) await lookOnce(`/api/public/${username}`, '203.0.113.1', i);
  await runCron();
  await redis('FLUSHDB');
  await lookOnce(`/api/public/${username}`, '203.0.113.1', 1);
  await runCron();
  expect(await reportOf(token)).toMatchObject({ totalViews: 4 });
});

test('the cron trigger leaves the database asleep when nobody looked', async () => {
  await runCron();
  expect(await neon.count()).toBe(0);
  expect(await upstash.count()).toBe(1);
});

test('many views are few writes: 60 in one batch, and one statement', async () => {
  const { username, token } = await createPerson();
  // Longer than 60 requests take on a busy machine.
  const { ask } = startIsolate({ VIEW_BATCH_MS: 4_000, ISOLATE_TTL_MS: 60_000 });
  const lookAgain = () => ask(`/api/public/${username}`, { headers: { 'User-Agent': PHONE } });
  await lookAgain();
  await upstash.settled(1, 'RPUSH');
  await Promise.all([upstash.reset(), neon.reset()]);
  await Promise.all(Array.from({ length: 60 }, lookAgain));
  await logHolds(2);
  expect((await upstash.commands()).map(([name]) => name)).toEqual(['RPUSH']);
  expect(await neon.count()).toBe(0);
  await runCron();
  expect(await neon.count()).toBe(1);
  await reportWith(61, token);
});

describe('no answer notices', () => {
  test.each(['refuse', 'hang', 'garbage', 'truncated', 'cut', 'status'] as const)(
    'a log of views that fails: %s',
    async (kind) => {
      const { ask, askAs } = startIsolate({
        VIEW_BATCH_MS: 1,
        VIEW_WRITE_TIMEOUT_MS: 100,
        VIEW_READ_TIMEOUT_MS: 100,
      });
      const { username, token } = await createPerson();
      await upstash.fault({ kind, match: 'views:' });
      const headers = { 'User-Agent': PHONE };
      for (const freshness of ['MISS', 'HIT', 'HIT']) {
        const response = await ask(`/api/public/${username}`, { headers });
        expect([response.status, response.headers.get('X-Cache')]).toEqual([200, freshness]);
        await response.text();
      }
      await upstash.settled(1, 'views:key');
      // The numbers that are there can be read all the same.
      const report = await askAs(token, 'GET', '/api/analytics/overview');
      expect(report.status).toBe(200);
    },
  );

  test('answers come before anything is counted', async () => {
    const { username, token } = await createPerson();
    await look(`/api/public/${username}`);
    await upstash.settled(1, 'RPUSH');
    const gate = await upstash.gate({ at: 'request', match: 'RPUSH' });
    const response = await look(`/api/public/${username}`);
    expect(await response.json()).toMatchObject({ username });
    await upstash.held(gate);
    await upstash.release(gate);
    await reportWith(2, token);
  });

  test('with both databases dead, a copy nearby is served as before', async () => {
    const { ask } = startIsolate({ VIEW_BATCH_MS: 1 });
    const { username } = await createPerson();
    const headers = { 'User-Agent': PHONE };
    await ask(`/api/public/${username}`, { headers });
    await logHolds(1);
    await Promise.all([neon.fault({ kind: 'refuse' }), upstash.fault({ kind: 'refuse' })]);
    const response = await ask(`/api/public/${username}`, { headers });
    expect([response.status, response.headers.get('X-Cache')]).toEqual([200, 'HIT']);
    await upstash.settled(2, 'RPUSH');
  });

  test('a log that nobody empties stops growing', async () => {
    const { ask } = startIsolate({ VIEW_BATCH_MS: 1, VIEW_LOG_MAX_ENTRIES: 2 });
    const { username } = await createPerson();
    for (let i = 0; i < 6; i++) {
      const response = await ask(`/api/public/${username}`, { headers: { 'User-Agent': PHONE } });
      expect(response.status).toBe(200);
      if (i < 3) await logHolds(i + 1);
    }
    expect(await redis('LLEN', 'views:log')).toBe(3);
  });
});

test('2,500 views from 50 clients at once are 2,500 views', async () => {
  const { username, token } = await createPerson();
  const clients = Array.from({ length: 50 }, async (_, client) => {
    for (let i = 0; i < 50; i++) {
      const address = `2001:db8::${client}:${i % 20}`;
      const source = ['qr', 'link', 'web', 'nfc', 'app'][i % 5];
      const response = await look(`/api/public/${username}?source=${source}`, { address });
      expect(response.status).toBe(200);
      await response.body?.cancel();
      // Clients within the isolate would never let it come to its sockets.
      if (i % 20 === 0) await new Promise((resume) => setTimeout(resume));
    }
  });
  await Promise.all(clients);
  expect(await reportWith(2_500, token)).toMatchObject({
    uniqueViewers: 1_000,
    sources: { qr: 500, link: 500, web: 500, nfc: 500, app: 500 },
  });
  expect(await sql('SELECT * FROM view_counts')).toHaveLength(5);
  // A batch each 50 ms makes fewer than this before the test's own limit.
  expect(await upstash.count('RPUSH')).toBeLessThan(1_250);
});

describe('after traffic', () => {
  const ADDRESSES = ['198.51.100.23', '2001:db8:85a3::8a2e:370:7334'];
  const VIEWER_MAIL = 'viewer@mail.example';

  test('no table, no key and no line of log has an address, a browser or an e-mail of who looked', async () => {
    const { id, username, token } = await createPerson();
    const [card] = await sql<{ id: string }>(
      `INSERT INTO cards (user_id, title) VALUES ($1, 'Talk') RETURNING id`,
      [id],
    );
    for (const address of ADDRESSES) {
      const headers = { Referer: `https://mail.example/?from=${VIEWER_MAIL}`, From: VIEWER_MAIL };
      for (const path of [username, `${username}/card/${card?.id}`, `${username}/qr`])
        await look(`/api/public/${path}?email=${VIEWER_MAIL}`, { address, headers });
    }
    // Once with the batches still waiting, and once with everything summed.
    await eventually(async () => expect(await redis('LLEN', 'views:log')).toBeGreaterThan(0));
    const waiting = await everythingStored();
    await reportWith(6, token);
    const summed = await everythingStored();
    // Beside the lines that every request has: a failed attempt.
    await neon.fault({ kind: 'refuse', match: ADDING, times: 1 });
    await lookOnce(`/api/public/${username}`, ADDRESSES[0] as string, 1);
    expect(await reportOf(token)).toMatchObject({ totalViews: 6 });
    expect(lines.filter((line) => !line.includes('"event":"request"'))).toHaveLength(1);

    for (const text of [waiting, summed, lines.join('\n')]) {
      expect(text).not.toMatch(/\b\d{1,3}(\.\d{1,3}){3}\b/);
      expect(text).not.toMatch(/2001:db8/i);
      expect(text).not.toMatch(/Mozilla|AppleWebKit|iPhone|Safari/i);
      expect(text.replaceAll('ada@private.example', '')).not.toMatch(/[\w.+-]+@[\w-]+\.\w+/);
    }
    // The address of the account's owner is where it belongs and nowhere else.
    expect(summed.split('ada@private.example')).toHaveLength(2);
    expect(summed).toContain('views:visitors:');
  });

  /** Every row of every table and every value of every key, as text. */
  async function everythingStored(): Promise<string> {
    const tables = await sql<{ name: string }>(
      `SELECT quote_ident(table_name) AS name FROM information_schema.tables WHERE table_schema = 'public'`,
    );
    const texts: string[] = [];
    for (const { name } of tables)
      texts.push(name, JSON.stringify(await sql(`SELECT to_json(t)::text AS row FROM ${name} t`)));
    for (const key of (await redis('KEYS', '*')) as string[]) {
      const read: Record<string, (string | number)[]> = {
        string: ['GET', key],
        hash: ['HGETALL', key],
        set: ['SMEMBERS', key],
        list: ['LRANGE', key, 0, -1],
      };
      texts.push(
        key,
        JSON.stringify(await redis(...(read[(await redis('TYPE', key)) as string] as string[]))),
      );
    }
    return texts.join('\n');
  }
});

test('keys and visitors of a day are forgotten: the key with the day, the visitors after two', async () => {
  const { username, token } = await createPerson();
  const { ask } = startIsolate({ VIEW_BATCH_MS: 1 });
  vi.setSystemTime(Date.UTC(2027, 0, 15, 23, 0));
  await ask(`/api/public/${username}`, { headers: { 'User-Agent': PHONE } });
  await logHolds(1);
  await runCron();
  expect(Number(await redis('TTL', 'views:key:2027-01-15'))).toBeGreaterThan(3_600);
  expect(Number(await redis('TTL', 'views:key:2027-01-15'))).toBeLessThanOrEqual(3_660);
  expect(Number(await redis('TTL', 'views:visitors:2027-01-15'))).toBeLessThanOrEqual(172_800);
  expect(await redis('TTL', 'views:visitors:2027-01-15')).not.toBe(-1);
  expect((await askAs(token, 'GET', '/api/analytics/overview')).status).toBe(401);
});
