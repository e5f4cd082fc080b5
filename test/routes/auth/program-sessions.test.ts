/** `POST /auth/refresh` and `DELETE /auth/logout`: a program's tokens follow on one another, and end. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Browser, LOCAL_ORIGIN, startLocal } from '../../harness/browser.ts';
import { createPerson, freshName, ownerToken, passSeconds, stopClock } from '../../harness/fixtures.ts';
import { neon, sql, startClean } from '../../harness/worker.ts';

const HOUR_SECONDS = 3600;
const DAY_SECONDS = 24 * HOUR_SECONDS;

interface Tokens {
  accessToken: string;
  refreshToken: string;
}

let local: ReturnType<typeof startLocal>;
let browser: Browser;

beforeEach(async () => {
  stopClock();
  await startClean();
  local = startLocal();
  browser = new Browser(local);
  await browser.signInAs(freshName());
});

afterEach(() => {
  vi.useRealTimers();
});

async function tokensOf(who: Browser): Promise<Tokens> {
  const answer = await who.post('/auth/token', {}, { Accept: 'application/json' });
  expect(answer.status).toBe(200);
  return answer.json<Tokens>();
}

const refresh = (refresh_token: string) =>
  local.ask('/auth/refresh', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ refresh_token }),
  });

async function refreshed(refreshToken: string): Promise<Tokens> {
  const answer = await refresh(refreshToken);
  expect(answer.status).toBe(200);
  return answer.json<Tokens>();
}

const logout = (token: string, body?: unknown) => local.askAs(token, 'DELETE', '/auth/logout', body);

const statusOf = async (token: string) => (await local.askAs(token, 'GET', '/auth/me')).status;

describe('refreshing', () => {
  test('gives the next tokens, for which nobody signs in again until the month is over', async () => {
    let tokens = await tokensOf(browser);
    for (let day = 0; day < 29; day += 1) {
      passSeconds(DAY_SECONDS);
      expect(await statusOf(tokens.accessToken)).toBe(401);
      const next = await refreshed(tokens.refreshToken);
      expect(next).toEqual({
        accessToken: expect.any(String),
        refreshToken: expect.any(String),
        tokenType: 'Bearer',
        expiresIn: 12 * HOUR_SECONDS,
      });
      expect(await statusOf(next.accessToken)).toBe(200);
      tokens = next;
    }
    passSeconds(DAY_SECONDS);
    expect((await refresh(tokens.refreshToken)).status).toBe(401);
  });

  test('a token that was used before ends the session, of the thief and of the owner', async () => {
    const first = await tokensOf(browser);
    const other = await tokensOf(browser);
    const second = await refreshed(first.refreshToken);
    const third = await refreshed(second.refreshToken);
    expect((await refresh(first.refreshToken)).status).toBe(401);
    expect((await refresh(third.refreshToken)).status).toBe(401);
    for (const { accessToken } of [first, second, third]) expect(await statusOf(accessToken)).toBe(401);
    expect(await statusOf(other.accessToken)).toBe(200);
    expect((await browser.get('/me')).status).toBe(200);
  });

  test('of two who show one token at the same moment, one is let through, and the session ends', async () => {
    const { accessToken, refreshToken } = await tokensOf(browser);
    const gate = await neon.gate({ at: 'request', match: 'SET turn' });
    const answers = Promise.all([refresh(refreshToken), refresh(refreshToken)]);
    await neon.held(gate, 2);
    await neon.release(gate);
    expect((await answers).map(({ status }) => status).sort()).toEqual([200, 401]);
    expect(await statusOf(accessToken)).toBe(401);
  });

  test.each([
    ['no body', undefined],
    ['an empty body', ''],
    ['no token', '{}'],
    ['an empty token', '{"refresh_token":""}'],
    ['no token of ours', '{"refresh_token":"0123456789abcdef"}'],
  ])('%s is a 401', async (_, body) => {
    const answer = await local.ask('/auth/refresh', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      ...(body !== undefined && { body }),
    });
    expect([answer.status, (await answer.json<{ code: string }>()).code]).toEqual([401, 'unauthorized']);
  });

  test('no other token passes for a refresh token, nor it for another', async () => {
    const { accessToken, refreshToken } = await tokensOf(browser);
    expect((await refresh(accessToken)).status).toBe(401);
    expect((await refresh(browser.cookies.get('__Host-devcard') as string)).status).toBe(401);
    expect(await statusOf(refreshToken)).toBe(401);
  });

  test('ends with signing out everywhere, and with the account', async () => {
    const { refreshToken } = await tokensOf(browser);
    await browser.post('/auth/logout/everywhere');
    expect((await refresh(refreshToken)).status).toBe(401);
    await browser.signInAs(freshName());
    const tokens = await tokensOf(browser);
    await sql('DELETE FROM users');
    expect((await refresh(tokens.refreshToken)).status).toBe(401);
    expect(await sql('SELECT * FROM owner_sessions')).toEqual([]);
  });

  test('the twenty newest programs go on', async () => {
    const all: Tokens[] = [];
    for (let i = 0; i < 22; i += 1) {
      vi.setSystemTime(Date.now() + 61_000);
      all.push(await tokensOf(browser));
    }
    const rows = await sql<{ count: number }>('SELECT count(*)::int AS count FROM owner_sessions');
    expect(rows).toEqual([{ count: 20 }]);
  });
});

describe('DELETE /auth/logout', () => {
  test('ends the session of its token at once, and no other one', async () => {
    const { accessToken, refreshToken } = await tokensOf(browser);
    const other = await tokensOf(browser);
    const answer = await logout(accessToken);
    expect([answer.status, await answer.json()]).toEqual([200, { message: 'Signed out' }]);
    expect(await statusOf(accessToken)).toBe(401);
    expect((await refresh(refreshToken)).status).toBe(401);
    expect((await logout(accessToken)).status).toBe(401);
    expect(await statusOf(other.accessToken)).toBe(200);
  });

  test('ends that of a refresh token too, if it is the same owner’s', async () => {
    const [one, two] = [await tokensOf(browser), await tokensOf(browser)];
    expect((await logout(one.accessToken, { refresh_token: two.refreshToken })).status).toBe(200);
    expect((await refresh(two.refreshToken)).status).toBe(401);
    const stranger = new Browser(local);
    await stranger.signInAs(freshName());
    const [theirs, third] = [await tokensOf(stranger), await tokensOf(browser)];
    expect((await logout(third.accessToken, { refresh_token: theirs.refreshToken })).status).toBe(200);
    expect(await statusOf(theirs.accessToken)).toBe(200);
    expect((await refresh(theirs.refreshToken)).status).toBe(200);
  });

  test('of a browser forgets its cookie, and what was copied of it counts no more', async () => {
    const kept = new Map(browser.cookies);
    const answer = await browser.send('/auth/logout', {
      method: 'DELETE',
      headers: { 'Sec-Fetch-Site': 'same-origin' },
    });
    expect([answer.status, [...browser.cookies]]).toEqual([200, []]);
    const thief = new Browser(local);
    for (const [name, value] of kept) thief.cookies.set(name, value);
    expect((await thief.get('/auth/me', { Accept: 'application/json' })).status).toBe(401);
  });

  test('ends a token without a session of its own as well, as the app sends it: with a media type and no body', async () => {
    const { id } = await createPerson();
    const token = await ownerToken(id, 0, LOCAL_ORIGIN);
    passSeconds(1);
    const other = await ownerToken(id, 0, LOCAL_ORIGIN);
    const answer = await local.ask('/auth/logout', {
      method: 'DELETE',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    });
    expect(answer.status).toBe(200);
    expect([await statusOf(token), await statusOf(other)]).toEqual([401, 200]);
    for (const path of ['/api/profiles/me', '/api/cards', '/api/analytics/overview', '/api/analytics/views'])
      expect([path, (await local.askAs(token, 'GET', path)).status]).toEqual([path, 401]);
    expect((await local.askAs(token, 'PUT', '/api/profiles/me', { bio: 'x' })).status).toBe(401);
  });
});
