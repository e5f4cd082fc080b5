/** `/auth/token`: what programs get to act for an owner, who may ask for it, and when it ends; and the challenge of every 401. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Browser, LOCAL_ORIGIN, startLocal } from '../../harness/browser.ts';
import { createPerson, freshName, passSeconds, stopClock } from '../../harness/fixtures.ts';
import { sql, startClean } from '../../harness/worker.ts';

const HOUR_SECONDS = 3600;
const DAY_SECONDS = 24 * HOUR_SECONDS;
const JSON_ANSWER = { Accept: 'application/json' };
const CHALLENGE = 'Bearer realm="devcard"';

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

async function tokenOf(who: Browser): Promise<string> {
  const answer = await who.post('/auth/token', {}, JSON_ANSWER);
  expect(answer.status).toBe(200);
  return (await answer.json<{ accessToken: string }>()).accessToken;
}

describe('a token for a program', () => {
  test('reads and writes as its owner, without a cookie and without an Origin', async () => {
    const login = freshLogin();
    await browser.signInAs(login);
    const answer = await browser.post('/auth/token', {}, JSON_ANSWER);
    expect([answer.headers.get('Cache-Control'), answer.headers.getSetCookie()]).toEqual(['no-store', []]);
    const { accessToken, ...rest } = await answer.json<{ accessToken: string }>();
    expect(rest).toEqual({
      refreshToken: expect.any(String),
      tokenType: 'Bearer',
      expiresIn: 12 * HOUR_SECONDS,
    });
    const change = await local.askAs(accessToken, 'PUT', '/api/profiles/me', { bio: 'by a script' });
    expect(change.status).toBe(200);
    const own = await local.askAs(accessToken, 'GET', '/api/profiles/me');
    expect(await own.json()).toMatchObject({ username: login, bio: 'by a script' });
  });

  test('ends after twelve hours, and is not renewed', async () => {
    await browser.signInAs(freshLogin());
    const token = await tokenOf(browser);
    passSeconds(12 * HOUR_SECONDS - 1);
    const last = await local.askAs(token, 'GET', '/auth/me');
    expect([last.status, last.headers.getSetCookie()]).toEqual([200, []]);
    passSeconds(1);
    expect((await local.askAs(token, 'GET', '/auth/me')).status).toBe(401);
  });

  test('ends with signing out everywhere; a session that was ended gets none', async () => {
    await browser.signInAs(freshLogin());
    const token = await tokenOf(browser);
    const kept = new Map(browser.cookies);
    await browser.post('/auth/logout/everywhere');
    expect((await local.askAs(token, 'GET', '/auth/me')).status).toBe(401);
    const thief = new Browser(local);
    for (const [name, value] of kept) thief.cookies.set(name, value);
    const answer = await thief.post('/auth/token', {}, JSON_ANSWER);
    expect([answer.status, answer.headers.get('WWW-Authenticate')]).toEqual([401, CHALLENGE]);
  });

  test('does not beget another token: neither as a token, nor put into a cookie, for longer than a month', async () => {
    await browser.signInAs(freshLogin());
    let token = await tokenOf(browser);
    const asToken = await local.askAs(token, 'POST', '/auth/token');
    expect([asToken.status, await asToken.json()]).toMatchObject([403, { code: 'forbidden' }]);
    const thief = new Browser(local);
    const halfDays = (30 * DAY_SECONDS) / (12 * HOUR_SECONDS);
    for (let i = 0; i < halfDays; i++) {
      thief.cookies.set('__Host-devcard', token);
      token = await tokenOf(thief);
      passSeconds(12 * HOUR_SECONDS - 1);
    }
    passSeconds(halfDays);
    thief.cookies.set('__Host-devcard', token);
    expect((await thief.post('/auth/token', {}, JSON_ANSWER)).status).toBe(401);
  });

  test.each([
    ['another site', { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' }],
    ['a sibling domain', { 'Sec-Fetch-Site': 'same-site' }],
    ['an address that was typed', { 'Sec-Fetch-Site': 'none' }],
    ['another site that claims our origin', { 'Sec-Fetch-Site': 'cross-site', Origin: LOCAL_ORIGIN }],
  ])('is not given to %s, although the cookie comes along', async (_, headers) => {
    await browser.signInAs(freshLogin());
    const answer = await browser.post('/auth/token', {}, { ...JSON_ANSWER, ...headers });
    expect([answer.status, answer.headers.get('Access-Control-Allow-Origin')]).toEqual([403, null]);
    expect(await answer.json()).toMatchObject({ code: 'forbidden' });
  });

  test('counts as a write of its owner', async () => {
    const counted: string[] = [];
    const LIMIT_WRITES = { limit: async ({ key }: { key: string }) => ({ success: counted.push(key) < 2 }) };
    const limited = new Browser(startLocal({ LIMIT_WRITES }));
    await limited.signInAs(freshLogin());
    await tokenOf(limited);
    const answer = await limited.post('/auth/token', {}, JSON_ANSWER);
    expect([answer.status, counted.length]).toEqual([429, 2]);
  });
});

describe('its page', () => {
  test('asks, then shows the token once, and nobody may frame, store or index it', async () => {
    await browser.signInAs(freshLogin());
    const asks = await browser.get('/auth/token');
    expect(await asks.text()).toContain('<form method="post">');
    const given = await browser.post('/auth/token');
    for (const { status, headers } of [asks, given]) {
      expect([status, headers.get('Cache-Control')]).toEqual([200, 'no-store']);
      expect(headers.get('Content-Security-Policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('Content-Security-Policy')).toContain("form-action 'self'");
    }
    const html = await given.text();
    const token = /value="([\w-]+\.[\w-]+\.[\w-]+)"/.exec(html)?.[1] ?? '';
    expect((await local.askAs(token, 'GET', '/auth/me')).status).toBe(200);
    expect(html).toContain('<meta name="robots" content="noindex"');
    expect(html).not.toContain('#token=');
  });

  test('who is not signed in is sent to sign in', async () => {
    const answer = await browser.get('/auth/token');
    expect([answer.status, answer.headers.get('Location')]).toEqual([303, '/me']);
  });

  test('opens the app that the deployment names, which asked for it as the existing app does', async () => {
    const withApp = new Browser(startLocal({ APP_CALLBACK: 'devcard://oauth/callback' }));
    const requireOwner = await withApp.signInAs(freshLogin(), { query: '?state=mobile_github' });
    expect(requireOwner.headers.get('Location')).toBe(`${LOCAL_ORIGIN}/auth/token`);
    const html = await (await withApp.post('/auth/token')).text();
    const url = new URL(/<a class="main" href="([^"]+)"/.exec(html)?.[1] ?? '');
    expect(url.href).toMatch(/^devcard:\/\/oauth\/callback#token=/);
    // As the app reads it.
    const token = new URLSearchParams(url.hash.slice(1)).get('token') ?? '';
    expect((await local.askAs(token, 'GET', '/auth/me')).status).toBe(200);
  });
});

describe('every 401 says what it wants', () => {
  test.each([
    ['nothing', {}, CHALLENGE],
    ['another scheme', { Authorization: 'Basic eDp5' }, CHALLENGE],
    ['a token that is none', { Authorization: 'Bearer x.y.z' }, `${CHALLENGE}, error="invalid_token"`],
  ])('to %s', async (_, headers, challenge) => {
    const answer = await local.ask('/api/profiles/me', { headers });
    expect([answer.status, answer.headers.get('WWW-Authenticate')]).toEqual([401, challenge]);
  });

  test('to a session that was ended, which only the database knows', async () => {
    const { id, token } = await createPerson();
    const ended = startLocal({ PUBLIC_ORIGIN: 'https://devcard.example', OAUTH_DEV_ISSUER: undefined });
    await sql('UPDATE users SET session_epoch = 1 WHERE id = $1', [id]);
    for (const [method, path, body] of [
      ['GET', '/api/profiles/me'],
      ['PUT', '/api/profiles/me', { bio: 'x' }],
      ['GET', '/api/analytics/overview'],
    ] as const) {
      const answer = await ended.askAs(token, method, path, body);
      expect([answer.status, answer.headers.get('WWW-Authenticate')]).toEqual([
        401,
        `${CHALLENGE}, error="invalid_token"`,
      ]);
    }
  });
});
