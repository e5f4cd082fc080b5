/** `GET /api/public/:username`: the answer, its headers, and what it costs at Upstash and Neon. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  ask,
  askAs,
  createPerson,
  freshName,
  PAST_ISOLATE_TIER_SECONDS,
  passSeconds,
  stopClock,
} from '../../harness/fixtures.ts';
import { neon, redis, sql, startClean, upstash } from '../../harness/worker.ts';

beforeEach(async () => {
  stopClock();
  await startClean();
});

afterEach(() => {
  vi.useRealTimers();
});

/** The Redis commands so far, by name. */
const commandNames = async () => (await upstash.commands()).map(([name]) => name);

describe('the answer', () => {
  test('is the profile with its links in order, and nothing else of the user', async () => {
    const { username } = await createPerson();
    const response = await ask(`/api/public/${username}`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      username,
      displayName: 'Ada Lovelace',
      bio: 'Notes',
      pronouns: null,
      role: null,
      company: null,
      avatarUrl: null,
      accentColor: '#6366f1',
      links: [
        {
          id: expect.any(String),
          platform: 'npm',
          username: 'ada',
          url: 'https://www.npmjs.com/~ada',
          displayOrder: 0,
          followed: false,
        },
        {
          id: expect.any(String),
          platform: 'github',
          username: 'ada',
          url: 'https://github.com/ada',
          displayOrder: 1,
          followed: false,
        },
      ],
    });
  });

  test('is the same under /api/u, in any case of the name, and to HEAD without a body', async () => {
    const { username } = await createPerson();
    const bodies = await Promise.all(
      [`/api/public/${username}`, `/api/u/${username}`, `/api/u/${username.toUpperCase()}`].map(
        async (path) => (await ask(path)).text(),
      ),
    );
    expect(new Set(bodies).size).toBe(1);
    const head = await ask(`/api/public/${username}`, { method: 'HEAD' });
    expect(head.status).toBe(200);
    expect(head.headers.get('ETag')).toMatch(/^"[\w.-]+"$/);
    expect(await head.text()).toBe('');
  });

  test('carries the headers of a public answer', async () => {
    const { username } = await createPerson();
    const { headers } = await ask(`/api/public/${username}`, {
      headers: { Origin: 'https://anywhere.example' },
    });
    expect(headers.get('Content-Type')).toBe('application/json');
    expect(headers.get('Cache-Control')).toBe('public, max-age=300, stale-while-revalidate=60');
    expect(headers.get('Access-Control-Allow-Origin')).toBe('*');
    expect(headers.get('X-Cache')).toBe('MISS');
    expect(headers.get('Cache-Status')).toBe('devcard-upstash; fwd=uri-miss; ttl=300');
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
  });

  test('is 304 to an If-None-Match that names it, also weakly or in a list', async () => {
    const { username } = await createPerson();
    const etag = (await ask(`/api/public/${username}`)).headers.get('ETag') as string;
    for (const value of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const response = await ask(`/api/public/${username}`, { headers: { 'If-None-Match': value } });
      expect(response.status).toBe(304);
      expect(response.headers.get('ETag')).toBe(etag);
      expect(response.headers.get('X-Cache')).toBe('HIT');
      expect(await response.text()).toBe('');
    }
    const other = await ask(`/api/public/${username}`, { headers: { 'If-None-Match': '"other"' } });
    expect(other.status).toBe(200);
  });

  test('preflights are answered for public routes and not for owner routes', async () => {
    const preflight = {
      method: 'OPTIONS',
      headers: { Origin: 'https://a.example', 'Access-Control-Request-Method': 'GET' },
    };
    expect((await ask('/api/public/ada', preflight)).headers.get('Access-Control-Allow-Origin')).toBe('*');
    expect((await ask('/api/profiles/me', preflight)).headers.get('Access-Control-Allow-Origin')).toBeNull();
    expect((await ask('/api/public/ada/nothing/there', preflight)).status).toBe(404);
  });

  test('a preflight names the methods of its path, and answers show their headers to other sites', async () => {
    const methodsOf = async (path: string) =>
      (await ask(path, { method: 'OPTIONS', headers: { Origin: 'https://a.example' } })).headers.get(
        'Access-Control-Allow-Methods',
      );
    for (const path of ['/api/public/ada', '/api/u/ada/qr', '/.well-known/jwks.json'])
      expect(await methodsOf(path)).toBe('GET,HEAD');
    expect(await methodsOf('/api/public/qr-session/verify')).toBe('POST');
    const { headers } = await ask('/api/public/nobody-here');
    const shown = headers.get('Access-Control-Expose-Headers')?.split(',');
    expect(shown).toEqual(
      expect.arrayContaining(['ETag', 'X-Cache', 'Retry-After', 'RateLimit', 'X-Request-Id']),
    );
  });
});

describe('what it costs', () => {
  test('a miss: one read of Upstash and one query of Neon, and one write after the response', async () => {
    const { username } = await createPerson();
    expect((await ask(`/api/public/${username}`)).headers.get('X-Cache')).toBe('MISS');
    await upstash.settled(2);
    expect(await commandNames()).toEqual(['EVAL_RO', 'EVAL']);
    expect(await neon.count()).toBe(1);
    expect(await neon.queries()).toHaveLength(1);
    const key = `profile:${username.toLowerCase()}`;
    expect(await redis('TTL', key)).toBe(300);
    expect(JSON.parse((await redis('GET', key)) as string).record.profile.username).toBe(username);
    expect(await redis('TTL', `outage:${username.toLowerCase()}`)).toBe(86_400);
  });

  test('a hit: one read of Upstash, none of Neon; nearer still: nothing at all', async () => {
    const { username } = await createPerson();
    await ask(`/api/public/${username}`);
    await upstash.settled(2);
    await Promise.all([upstash.reset(), neon.reset()]);

    const near = await ask(`/api/public/${username}`);
    expect(near.headers.get('Cache-Status')).toBe('devcard-isolate; hit; ttl=5');
    expect(await upstash.count()).toBe(0);

    passSeconds(PAST_ISOLATE_TIER_SECONDS);
    const hit = await ask(`/api/public/${username}`);
    expect(hit.headers.get('X-Cache')).toBe('HIT');
    expect(hit.headers.get('Cache-Status')).toBe('devcard-upstash; hit; ttl=294');
    expect(await commandNames()).toEqual(['EVAL_RO']);
    expect(await neon.count()).toBe(0);
  });

  test('any number of repeats: no further query of Neon', async () => {
    const { username } = await createPerson();
    await ask(`/api/public/${username}`);
    await upstash.settled(2);
    for (let i = 0; i < 20; i += 1) {
      passSeconds(PAST_ISOLATE_TIER_SECONDS);
      await ask(`/api/u/${username}`);
    }
    expect(await neon.count()).toBe(1);
  });

  test('an unknown name: remembered for 30 s, and forgotten when somebody takes it', async () => {
    const name = freshName();
    const response = await ask(`/api/public/${name}`);
    expect(response.status).toBe(404);
    expect(response.headers.get('Content-Type')).toBe('application/problem+json');
    expect(response.headers.get('Cache-Control')).toBe('public, max-age=30');
    expect(await response.json()).toMatchObject({
      status: 404,
      code: 'user-not-found',
      error: 'User not found',
    });
    await upstash.settled(2);
    expect(await redis('TTL', `profile:${name.toLowerCase()}`)).toBe(30);
    expect(await redis('EXISTS', `outage:${name.toLowerCase()}`)).toBe(0);
    passSeconds(PAST_ISOLATE_TIER_SECONDS);
    expect((await ask(`/api/public/${name}`)).status).toBe(404);
    expect(await neon.count()).toBe(1);

    const { token } = await createPerson();
    expect((await askAs(token, 'PUT', '/api/profiles/me', { username: name })).status).toBe(200);
    expect((await ask(`/api/public/${name}`)).status).toBe(200);
  });

  test.each(['ab', 'a'.repeat(51), 'a.b', 'a b', 'ä-name', '%00null', 'a:b', '..%2f..', "x'--"])(
    'an impossible name such as %s: 400, and neither is asked',
    async (name) => {
      const response = await ask(`/api/public/${encodeURIComponent(name)}`);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ code: 'invalid-username', status: 400 });
      expect(await upstash.count()).toBe(0);
      expect(await neon.count()).toBe(0);
    },
  );

  test('fifty readers of one cold name: one flight', async () => {
    const { username } = await createPerson();
    const answers = await Promise.all(Array.from({ length: 50 }, () => ask(`/api/public/${username}`)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await neon.count()).toBe(1);
    await upstash.settled(2);
    expect(await commandNames()).toEqual(['EVAL_RO', 'EVAL']);
  });

  test('queries, headers and spellings of the name do not split the key', async () => {
    const { username } = await createPerson();
    await ask(`/api/public/${username}?utm=1`, { headers: { Accept: 'text/html', Cookie: 'a=b' } });
    await ask(`/api/public/${username.toLowerCase()}?utm=2`);
    await ask(`/api/u/${username.replace('P', '%50')}`);
    expect(await neon.count()).toBe(1);
  });
});

test('what Upstash holds and cannot be read is a miss, and is replaced', async () => {
  for (const garbage of [
    'not json',
    '{"format":0}',
    '{"format":1,"readAt":1,"tag":"x","record":{"kind":"profile"}}',
    '[]',
    'null',
  ]) {
    const { username } = await createPerson();
    const key = `profile:${username.toLowerCase()}`;
    await redis('SET', key, garbage);
    await upstash.reset();
    const response = await ask(`/api/public/${username}`);
    expect([response.status, response.headers.get('X-Cache')]).toEqual([200, 'MISS']);
    await upstash.settled(2);
    expect(JSON.parse((await redis('GET', key)) as string).record.profile.username).toBe(username);
  }
});

test('a name that its owner left redirects to the new one, for 90 days', async () => {
  const { username, token } = await createPerson();
  const newName = freshName();
  await askAs(token, 'PUT', '/api/profiles/me', { username: newName });
  const response = await ask(`/api/public/${username}/qr-session?x=1`, { redirect: 'manual' });
  expect(response.status).toBe(308);
  expect(response.headers.get('Location')).toBe(`/api/public/${newName}/qr-session?x=1`);
  expect(response.headers.get('Cache-Control')).toBe('public, max-age=300');
  const [held] = await sql<{ days: number }>(
    `SELECT round(extract(epoch FROM held_until - now()) / 86400)::int AS days FROM usernames WHERE key = $1`,
    [username.toLowerCase()],
  );
  expect(held?.days).toBe(90);
  await sql(`UPDATE usernames SET held_until = now() WHERE key = $1`, [username.toLowerCase()]);
  const key = username.toLowerCase();
  await redis('DEL', `profile:${key}`, `outage:${key}`);
  passSeconds(PAST_ISOLATE_TIER_SECONDS);
  expect((await ask(`/api/public/${username}`)).status).toBe(404);
});

test.each(['pub', 'person'])('the redirect changes the name %s and nothing like it', async (name) => {
  const { username, token } = await createPerson(name);
  const newName = freshName();
  await askAs(token, 'PUT', '/api/profiles/me', { username: newName });
  const encoded = `%${username.charCodeAt(0).toString(16)}${username.slice(1)}`;
  for (const [old, path] of [
    [username, '/api/public/:name'],
    [username, '/u/:name/card/personal'],
    [encoded, '/u/:name'],
    [username, '/u/:name.vcf'],
  ] as const) {
    const response = await ask(path.replace(':name', old), { redirect: 'manual' });
    expect(response.headers.get('Location')).toBe(path.replace(':name', newName));
  }
});

test('another method gets 405 with the methods that are allowed, another path 404', async () => {
  const response = await ask('/api/public/somebody', { method: 'DELETE' });
  expect(response.status).toBe(405);
  expect(response.headers.get('Allow')).toBe('GET, HEAD');
  expect((await ask('/api/nothing')).status).toBe(404);
});
