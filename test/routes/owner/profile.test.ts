/** `GET/PUT /api/profiles/me`: who may, what is refused, and that everybody sees a change at once. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  ask,
  askAs,
  atOnce,
  createPerson,
  freshName,
  ownerToken,
  PAST_ISOLATE_TIER_SECONDS,
  passSeconds,
  stopClock,
} from '../../harness/fixtures.ts';
import { neon, redis, startClean, upstash } from '../../harness/worker.ts';

beforeEach(async () => {
  stopClock();
  await startClean();
});

afterEach(() => {
  vi.useRealTimers();
});

const ME = '/api/profiles/me';

describe('who may', () => {
  test('an owner sees the own profile, links and default card', async () => {
    const { id, username, token } = await createPerson();
    const response = await askAs(token, 'GET', ME);
    expect(response.status).toBe(200);
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    expect(response.headers.get('Access-Control-Allow-Origin')).toBeNull();
    expect(await response.json()).toEqual({
      id,
      email: 'ada@private.example',
      username,
      displayName: 'Ada Lovelace',
      bio: 'Notes',
      pronouns: null,
      role: null,
      company: null,
      avatarUrl: null,
      accentColor: '#6366f1',
      theme: 'classic',
      qrStyle: null,
      contactsOpen: false,
      contactDays: 365,
      createdAt: expect.any(String),
      platformLinks: [
        {
          id: expect.any(String),
          platform: 'npm',
          username: 'ada',
          url: 'https://www.npmjs.com/~ada',
          displayOrder: 0,
        },
        {
          id: expect.any(String),
          platform: 'github',
          username: 'ada',
          url: 'https://github.com/ada',
          displayOrder: 1,
        },
      ],
      defaultCardId: null,
    });
    expect(await neon.count()).toBe(1);
    expect(await upstash.count()).toBe(0);
  });

  test.each(['', 'Basic abc', 'Bearer', 'Bearer x', 'Bearer a.b.c', 'Bearer ..'])(
    'not with «%s»',
    async (authorization) => {
      const response = await ask(ME, { headers: { Authorization: authorization } });
      expect(response.status).toBe(401);
      expect(response.headers.get('Cache-Control')).toBe('no-store');
      expect(await response.json()).toMatchObject({
        status: 401,
        code: 'unauthorized',
        error: 'Sign in first',
      });
      expect(await neon.count()).toBe(0);
    },
  );

  test('not with a session that was signed out, has expired, or whose user is gone', async () => {
    const { id } = await createPerson();
    const earlier = await ownerToken(id, -1);
    expect((await askAs(earlier, 'GET', ME)).status).toBe(401);
    expect((await askAs(earlier, 'PUT', ME, { bio: 'x' })).status).toBe(401);
    expect((await askAs(await ownerToken(crypto.randomUUID()), 'GET', ME)).status).toBe(401);
    const token = await ownerToken(id);
    passSeconds(13 * 3600);
    expect((await askAs(token, 'GET', ME)).status).toBe(401);
  });
});

describe('a change', () => {
  test('answers the profile without links, and is what the next reader gets', async () => {
    const { id, username, token } = await createPerson();
    await ask(`/api/public/${username}`);
    await upstash.settled(2);
    const response = await askAs(token, 'PUT', ME, {
      displayName: ' Countess ',
      bio: '',
      role: 'Analyst',
      accentColor: '#ABCDEF',
    });
    expect(response.status).toBe(200);
    expect(response.headers.get('X-Cache-Invalidation')).toBe('done');
    expect(await response.json()).toEqual({
      id,
      email: 'ada@private.example',
      username,
      displayName: 'Countess',
      bio: null,
      pronouns: null,
      role: 'Analyst',
      company: null,
      avatarUrl: null,
      accentColor: '#abcdef',
      theme: 'classic',
      qrStyle: null,
      contactsOpen: false,
      contactDays: 365,
      createdAt: expect.any(String),
    });
    const next = await ask(`/api/public/${username}`);
    expect(next.headers.get('X-Cache')).toBe('MISS');
    expect(await next.json()).toMatchObject({
      displayName: 'Countess',
      bio: null,
      role: 'Analyst',
      accentColor: '#abcdef',
    });
  });

  test('chooses the look of the pages', async () => {
    const { username, token } = await createPerson();
    expect(await (await ask(`/u/${username}`)).text()).toContain('data-theme="classic"');
    const answer = await askAs(token, 'PUT', ME, { theme: 'vivid' });
    expect(await answer.json()).toMatchObject({ theme: 'vivid' });
    expect(await (await ask(`/u/${username}`)).text()).toContain('data-theme="vivid"');
    expect(await (await ask(`/api/public/${username}`)).json()).not.toHaveProperty('theme');
  });

  test('costs one statement and one invalidation, acknowledged before the answer', async () => {
    const { username, token } = await createPerson();
    await askAs(token, 'PUT', ME, { bio: 'new' });
    expect(await neon.count()).toBe(1);
    expect((await upstash.requests()).map(({ done, commands }) => [done, commands[0]?.[0]])).toEqual([
      [true, 'EVAL'],
    ]);
    expect(await redis('EXISTS', `fence:${username.toLowerCase()}`)).toBe(1);
  });

  test('of the name shows under the new one and redirects from the old one', async () => {
    const { username, token } = await createPerson();
    const newName = freshName();
    await Promise.all([ask(`/api/public/${username}`), ask(`/api/public/${newName}`)]);
    await upstash.settled(4);
    expect((await askAs(token, 'PUT', ME, { username: newName })).status).toBe(200);
    const fresh = await ask(`/api/public/${newName}`);
    expect([fresh.status, fresh.headers.get('X-Cache')]).toEqual([200, 'MISS']);
    const old = await ask(`/api/public/${username}`, { redirect: 'manual' });
    expect([old.status, old.headers.get('Location')]).toEqual([308, `/api/public/${newName}`]);
  });

  test('of the name’s case only keeps the address', async () => {
    const { username, token } = await createPerson();
    expect((await askAs(token, 'PUT', ME, { username: username.toUpperCase() })).status).toBe(200);
    const response = await ask(`/api/public/${username}`, { redirect: 'manual' });
    expect([response.status, (await response.json<{ username: string }>()).username]).toEqual([
      200,
      username.toUpperCase(),
    ]);
  });

  test('back to a name that one left oneself is allowed; to one that another left is not', async () => {
    const ada = await createPerson();
    const bob = await createPerson();
    expect((await askAs(ada.token, 'PUT', ME, { username: freshName() })).status).toBe(200);
    expect((await askAs(bob.token, 'PUT', ME, { username: ada.username })).status).toBe(409);
    expect((await askAs(ada.token, 'PUT', ME, { username: ada.username })).status).toBe(200);
    expect((await ask(`/api/public/${ada.username}`, { redirect: 'manual' })).status).toBe(200);
  });

  test('to a name that somebody has, in any case, is 409 and changes nothing', async () => {
    const ada = await createPerson();
    const bob = await createPerson();
    const response = await askAs(bob.token, 'PUT', ME, {
      username: ada.username.toUpperCase(),
      bio: 'lost?',
    });
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({ code: 'username-taken', error: 'Username already taken' });
    expect(await (await askAs(bob.token, 'GET', ME)).json()).toMatchObject({
      username: bob.username,
      bio: 'Notes',
    });
  });

  test('of two owners to one free name at once: one 200, one 409', async () => {
    const name = freshName();
    const owners = await Promise.all([createPerson(), createPerson(), createPerson()]);
    const answers = await atOnce(
      'INSERT INTO usernames',
      owners.map(
        ({ token }) =>
          () =>
            askAs(token, 'PUT', ME, { username: name }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  });
});

describe('refused with the fields at fault', () => {
  test.each([
    [{ displayName: '' }, 'displayName'],
    [{ displayName: null }, 'displayName'],
    [{ displayName: 7 }, 'displayName'],
    [{ displayName: 'x'.repeat(101) }, 'displayName'],
    [{ bio: 'x'.repeat(301) }, 'bio'],
    [{ bio: 'bell\u0007' }, 'bio'],
    [{ pronouns: 'x'.repeat(51) }, 'pronouns'],
    [{ role: 'a\nb' }, 'role'],
    [{ company: ['x'] }, 'company'],
    [{ accentColor: 'red' }, 'accentColor'],
    [{ theme: 'loud' }, 'theme'],
    [{ username: 'me' }, 'username'],
    [{ username: 'admin' }, 'username'],
    [{ username: 'with space' }, 'username'],
    [{ nickname: 'x' }, 'nickname'],
    [{ id: crypto.randomUUID() }, 'id'],
  ])('%j', async (body, path) => {
    const { token } = await createPerson();
    const response = await askAs(token, 'PUT', ME, body);
    expect(response.status).toBe(400);
    const problem = await response.json<{ errors: { path: string; message: string }[] }>();
    expect(problem).toMatchObject({
      code: 'invalid-input',
      status: 400,
      error: expect.any(String),
      requestId: expect.any(String),
    });
    expect(problem.errors.map((error) => error.path)).toEqual([path]);
    expect(await neon.count()).toBe(0);
  });

  test('limits count code points, not UTF-16 units', async () => {
    const { token } = await createPerson();
    expect((await askAs(token, 'PUT', ME, { displayName: '🦊'.repeat(100) })).status).toBe(200);
    expect((await askAs(token, 'PUT', ME, { displayName: '🦊'.repeat(101) })).status).toBe(400);
  });

  test.each([
    ['{"bio":', 400],
    ['', 400],
    ['[]', 400],
    ['"text"', 400],
    ['null', 400],
  ])('the body %s', async (body, status) => {
    const { token } = await createPerson();
    expect((await askAs(token, 'PUT', ME, body)).status).toBe(status);
  });

  test('another media type and a body over 16 KiB', async () => {
    const { token } = await createPerson();
    const headers = { Authorization: `Bearer ${token}` };
    const form = await ask(ME, { method: 'PUT', headers, body: new URLSearchParams({ bio: 'x' }) });
    expect([form.status, (await form.json<{ code: string }>()).code]).toEqual([
      415,
      'unsupported-media-type',
    ]);
    const almost = { ...headers, 'Content-Type': 'application/json-seq' };
    expect((await ask(ME, { method: 'PUT', headers: almost, body: '{"bio":"x"}' })).status).toBe(415);
    const named = { ...headers, 'Content-Type': 'application/merge-patch+json; charset=utf-8' };
    expect((await ask(ME, { method: 'PUT', headers: named, body: '{"bio":"x"}' })).status).toBe(200);
    const large = await askAs(token, 'PUT', ME, { bio: 'x'.repeat(17_000) });
    expect([large.status, (await large.json<{ code: string }>()).code]).toEqual([413, 'too-large']);
  });
});

test('what the database says in an error never reaches the answer', async () => {
  const { token } = await createPerson();
  await neon.fault({ kind: 'status', status: 400 });
  const response = await askAs(token, 'GET', ME);
  expect(response.status).toBe(503);
  expect(await response.text()).not.toMatch(/neon|postgres|sql|select|devcard:devcard|127\.0\.0\.1/i);
});

test('a change is seen even where an older copy waited in Upstash', async () => {
  const { username, token } = await createPerson();
  await ask(`/api/public/${username}`);
  await upstash.settled(2);
  passSeconds(PAST_ISOLATE_TIER_SECONDS);
  expect((await ask(`/api/public/${username}`)).headers.get('X-Cache')).toBe('HIT');
  await askAs(token, 'PUT', ME, { bio: 'newer' });
  expect(await redis('EXISTS', `profile:${username.toLowerCase()}`, `outage:${username.toLowerCase()}`)).toBe(
    0,
  );
  expect(await (await ask(`/api/public/${username}`)).json()).toMatchObject({ bio: 'newer' });
});
