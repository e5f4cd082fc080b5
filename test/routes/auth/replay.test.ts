/** What is signed or linked once is not good twice: every cookie, token and code used again, and after signing out everywhere, leaving, and a rename. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Browser, LOCAL_ORIGIN, startLocal } from '../../harness/browser.ts';
import { freshName, passSeconds, stopClock } from '../../harness/fixtures.ts';
import { sql, startClean } from '../../harness/worker.ts';

const JSON_ANSWER = { Accept: 'application/json' };
const SESSION = '__Host-devcard';
const PENDING = '__Host-devcard-sign-up';

let local: ReturnType<typeof startLocal>;
let browser: Browser;

beforeEach(async () => {
  stopClock();
  await startClean();
  local = startLocal();
  browser = new Browser(local);
});

afterEach(() => {
  vi.useRealTimers();
});

const freshLogin = () => freshName().replaceAll('_', '-');
const statusOfMe = async (who: Browser) => (await who.get('/auth/me', JSON_ANSWER)).status;
const countUsers = async () => (await sql<{ n: number }>('SELECT count(*)::int AS n FROM users'))[0]?.n;

/** Another browser with copies of these cookies. */
function thiefWith(cookies: Map<string, string>): Browser {
  const thief = new Browser(local);
  for (const [name, value] of cookies) thief.cookies.set(name, value);
  return thief;
}

async function leave(who: Browser, username: string): Promise<void> {
  const answer = await who.send('/api/profiles/me', {
    method: 'DELETE',
    headers: { 'Content-Type': 'application/json', Origin: LOCAL_ORIGIN },
    body: JSON.stringify({ username }),
  });
  expect(answer.status).toBe(204);
}

async function rename(who: Browser, username: string): Promise<void> {
  const answer = await who.send('/api/profiles/me', {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json', Origin: LOCAL_ORIGIN },
    body: JSON.stringify({ username }),
  });
  expect(answer.status).toBe(200);
}

describe('the cookie of a pending sign-up', () => {
  /** Somebody who has chosen a name, with the cookie that let them choose it. */
  async function joined() {
    await browser.signInAs('xy');
    const kept = new Map(browser.cookies);
    passSeconds(1);
    const username = freshName();
    expect((await browser.post('/auth/username', { username })).status).toBe(303);
    passSeconds(1);
    return { username, kept };
  }

  /** Neither signs in nor makes an account, by page or by JSON, whatever name is sent; and tells no name. */
  async function expectRefused(kept: Map<string, string>, names: string[]): Promise<void> {
    const users = await countUsers();
    for (const username of names) {
      const thief = thiefWith(kept);
      const page = await thief.post('/auth/username', { username });
      expect([page.status, page.headers.getSetCookie()]).toEqual([400, []]);
      const json = await thief.post('/auth/username', { username }, JSON_ANSWER);
      expect([json.status, await json.json()]).toMatchObject([400, { code: 'sign-in-failed' }]);
      const asked = await thief.get('/auth/username', JSON_ANSWER);
      expect([asked.status, await asked.json()]).toMatchObject([400, { code: 'sign-in-failed' }]);
      expect(await statusOfMe(thief)).toBe(401);
    }
    expect(await countUsers()).toBe(users);
  }

  test('used twice', async () => {
    const { username, kept } = await joined();
    await expectRefused(kept, [freshName(), username]);
    expect(await (await browser.get('/auth/me', JSON_ANSWER)).json()).toMatchObject({ username });
  });

  test('used after signing out everywhere', async () => {
    const { username, kept } = await joined();
    await browser.post('/auth/logout/everywhere');
    await expectRefused(kept, [freshName(), username]);
  });

  test('used after leaving', async () => {
    const { username, kept } = await joined();
    await leave(browser, username);
    await expectRefused(kept, [freshName(), username]);
  });

  test('used after a rename', async () => {
    const { username, kept } = await joined();
    await rename(browser, freshName());
    await expectRefused(kept, [freshName(), username]);
  });

  test('never used, of an identity that got its account by another sign-up, and then left', async () => {
    const other = new Browser(local);
    await other.signInAs('xy');
    const { username } = await joined();
    await expectRefused(other.cookies, [freshName()]);
    await leave(browser, username);
    await expectRefused(other.cookies, [freshName(), username]);
  });

  test('never used, of an identity whose account was made before this was noted', async () => {
    await browser.signInAs('xy');
    const kept = new Map(browser.cookies);
    const id = crypto.randomUUID();
    const [{ provider_id } = { provider_id: '' }] = await (async () => {
      await browser.post('/auth/username', { username: freshName() });
      return sql<{ provider_id: string }>('SELECT provider_id FROM identities');
    })();
    await sql('TRUNCATE users, settled_identities CASCADE');
    await sql(`INSERT INTO users (id, username, display_name) VALUES ($1, 'early', 'Early')`, [id]);
    await sql(`INSERT INTO identities (provider, provider_id, user_id) VALUES ('github', $1, $2)`, [
      provider_id,
      id,
    ]);
    await expectRefused(kept, [freshName()]);
  });

  test('who left may come back: the provider confirms them anew', async () => {
    const { username } = await joined();
    await leave(browser, username);
    passSeconds(1);
    const again = new Browser(local);
    expect((await again.signInAs('xy')).headers.get('Location')).toBe('/auth/username');
    expect((await again.post('/auth/username', { username })).status).toBe(303);
    expect(await (await again.get('/auth/me', JSON_ANSWER)).json()).toMatchObject({ username });
  });

  test('a name that was taken, or cannot be one, does not use it up', async () => {
    await browser.signInAs('xy');
    const other = new Browser(local);
    const taken = freshLogin();
    await other.signInAs(taken);
    expect((await browser.post('/auth/username', { username: taken })).status).toBe(409);
    expect((await browser.post('/auth/username', { username: 'a b' })).status).toBe(400);
    expect((await browser.post('/auth/username', { username: freshName() })).status).toBe(303);
  });

  test('what is remembered of it is a hash, for as long as it could live', async () => {
    const { username } = await joined();
    await leave(browser, username);
    expect(await sql('SELECT * FROM settled_identities')).toEqual([
      { hash: expect.stringMatching(/^[0-9a-f]{64}$/), settled_at: expect.any(String) },
    ]);
    passSeconds(30 * 60 + 1);
    const login = freshLogin();
    await browser.signInAs(login);
    expect(await sql('SELECT count(*)::int AS n FROM settled_identities')).toEqual([{ n: 1 }]);
  });
});

describe('the cookie of a sign-in under way, with the provider’s answer', () => {
  async function signedIn() {
    const username = freshLogin();
    const callback = await browser.callbackAs(username);
    const kept = new Map(browser.cookies);
    expect((await browser.get(callback)).status).toBe(303);
    return { username, callback, kept };
  }

  async function expectRefused(kept: Map<string, string>, callback: string): Promise<void> {
    const thief = thiefWith(kept);
    const answer = await thief.get(callback, JSON_ANSWER);
    expect([answer.status, await answer.json()]).toMatchObject([400, { code: 'sign-in-failed' }]);
    expect([thief.cookies.has(SESSION), thief.cookies.has(PENDING)]).toEqual([false, false]);
  }

  test('used twice', async () => {
    const { callback, kept } = await signedIn();
    await expectRefused(kept, callback);
  });

  test('used after signing out everywhere', async () => {
    const { callback, kept } = await signedIn();
    await browser.post('/auth/logout/everywhere');
    await expectRefused(kept, callback);
  });

  test('used after leaving', async () => {
    const { username, callback, kept } = await signedIn();
    await leave(browser, username);
    await expectRefused(kept, callback);
    expect(await countUsers()).toBe(0);
  });

  test('used after a rename', async () => {
    const { callback, kept } = await signedIn();
    await rename(browser, freshName());
    await expectRefused(kept, callback);
  });
});

describe('a session, and a token for a program', () => {
  async function held() {
    const username = freshLogin();
    await browser.signInAs(username);
    const answer = await browser.post('/auth/token', {}, JSON_ANSWER);
    const { accessToken } = await answer.json<{ accessToken: string }>();
    return { username, kept: new Map(browser.cookies), accessToken };
  }

  /** What an owner can ask for, by cookie and by token: reads, writes, the export, a pass, and another token. */
  async function statuses(kept: Map<string, string>, accessToken: string): Promise<number[]> {
    const thief = thiefWith(kept);
    const write = { 'Content-Type': 'application/json', Origin: LOCAL_ORIGIN };
    const [bio, hours] = [JSON.stringify({ bio: 'x' }), JSON.stringify({ hours: 1 })];
    const answers = [
      await thief.get('/auth/me', JSON_ANSWER),
      await thief.get('/api/profiles/me/export', JSON_ANSWER),
      await thief.send('/api/profiles/me', { method: 'PUT', headers: write, body: bio }),
      await thief.send('/api/profiles/me/offline-pass', { method: 'POST', headers: write, body: hours }),
      await thief.post('/auth/token', {}, JSON_ANSWER),
      await local.askAs(accessToken, 'GET', '/auth/me'),
      await local.askAs(accessToken, 'GET', '/api/profiles/me/export'),
      await local.askAs(accessToken, 'PUT', '/api/profiles/me', { bio: 'x' }),
    ];
    return answers.map(({ status }) => status);
  }

  test('are good many times, and after a rename', async () => {
    const { kept, accessToken } = await held();
    await rename(browser, freshName());
    for (const _ of [1, 2])
      expect(await statuses(kept, accessToken)).toEqual([200, 200, 200, 201, 200, 200, 200, 200]);
  });

  test('end with signing out everywhere', async () => {
    const { kept, accessToken } = await held();
    await browser.post('/auth/logout/everywhere');
    expect(await statuses(kept, accessToken)).toEqual(Array(8).fill(401));
  });

  test('end with leaving, also for who comes back under the same name and identity', async () => {
    const { username, kept, accessToken } = await held();
    await leave(browser, username);
    expect(await statuses(kept, accessToken)).toEqual(Array(8).fill(401));
    passSeconds(1);
    await new Browser(local).signInAs(username);
    expect(await statuses(kept, accessToken)).toEqual(Array(8).fill(401));
  });
});

describe('an offline pass, and an export', () => {
  async function made() {
    const username = freshLogin();
    await browser.signInAs(username);
    const headers = { 'Content-Type': 'application/json', Origin: LOCAL_ORIGIN };
    const pass = await browser.send('/api/profiles/me/offline-pass', {
      method: 'POST',
      headers,
      body: JSON.stringify({ hours: 168 }),
    });
    const { url } = await pass.json<{ url: string }>();
    const file = await (await browser.get('/api/profiles/me/export')).text();
    return { username, url, file, headers };
  }

  const outcome = async (token: string) => {
    const answer = await local.ask('/api/public/qr-session/verify', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ token }),
    });
    return (await answer.json<{ outcome: string }>()).outcome;
  };

  test('a pass shows the card to many, is nobody’s credential, stays after a rename, and ends with signing out everywhere', async () => {
    const { url } = await made();
    expect([await outcome(url), await outcome(url)]).toEqual(['fresh', 'fresh']);
    expect((await local.askAs(url.split('#')[1] ?? '', 'GET', '/auth/me')).status).toBe(401);
    await rename(browser, freshName());
    expect(await outcome(url)).toBe('fresh');
    await browser.post('/auth/logout/everywhere');
    expect(await outcome(url)).toBe('revoked');
  });

  test('a pass ends with leaving', async () => {
    const { username, url } = await made();
    await leave(browser, username);
    expect(await outcome(url)).toBe('revoked');
  });

  test('an export is data and no credential: only who is signed in can bring it back, into their own account, twice as well as once', async () => {
    const { username, file, headers } = await made();
    await leave(browser, username);
    const send = (who: Browser) =>
      who.send('/api/profiles/me/import', { method: 'POST', headers, body: file });
    expect((await send(browser)).status).toBe(401);
    passSeconds(1);
    const other = new Browser(local);
    const otherName = freshLogin();
    await other.signInAs(otherName);
    expect([(await send(other)).status, (await send(other)).status]).toEqual([200, 200]);
    const own = await (await other.get('/auth/me', JSON_ANSWER)).json<{ platformLinks: unknown[] }>();
    expect(own).toMatchObject({ username: otherName });
    expect(own.platformLinks.length).toBe(1);
    expect((await local.ask(`/api/public/${username}`)).status).toBe(404);
  });
});
