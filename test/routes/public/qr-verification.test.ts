/** `POST /api/public/qr-session/verify`: either kind of token, one shape of answer. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ask, askAs, createPerson, passSeconds, stopClock } from '../../harness/fixtures.ts';
import { sql, startClean } from '../../harness/worker.ts';

beforeEach(async () => {
  stopClock();
  await startClean();
});

afterEach(() => {
  vi.useRealTimers();
});

async function verify(token: unknown) {
  const response = await ask('/api/public/qr-session/verify', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  return { status: response.status, answer: await response.json<Record<string, unknown>>() };
}

async function openSession() {
  const { username, token } = await createPerson();
  const session = await (await ask(`/api/public/${username}/qr-session`)).json<{
    token: string;
    offlineUrl: string;
  }>();
  return { username, ownerToken: token, ...session };
}

test('both kinds are authentic and fresh, and show the card', async () => {
  const { username, token, offlineUrl } = await openSession();
  for (const text of [token, offlineUrl, offlineUrl.split('#')[1]]) {
    const { status, answer } = await verify(text);
    expect(status).toBe(200);
    expect(answer).toEqual({
      outcome: 'fresh',
      authentic: true,
      issuedAt: new Date(Math.floor(Date.now() / 1000) * 1000).toISOString(),
      expiresAt: new Date(Math.floor(Date.now() / 1000) * 1000 + 600_000).toISOString(),
      card: expect.objectContaining({ username, displayName: 'Ada Lovelace', linksLeftOut: 0 }),
    });
  }
});

test('a session of fifty links with long addresses is none too long', async () => {
  const { username, token } = await createPerson();
  await sql(
    `INSERT INTO platform_links (user_id, platform, username, url, display_order)
     SELECT user_id, 'custom', url, url, n FROM usernames, generate_series(2, 49) n,
       LATERAL (SELECT 'https://ada.example/' || repeat('x', 1900) || n AS url) AS address WHERE key = lower($1)`,
    [username],
  );
  const own = await askAs(token, 'GET', '/api/profiles/me');
  expect((await own.json<{ platformLinks: object[] }>()).platformLinks).toHaveLength(50);
  const session = await (await ask(`/api/public/${username}/qr-session`)).json<{ token: string }>();
  expect(session.token.length).toBeGreaterThan(200_000);
  expect(await verify(session.token)).toMatchObject({ status: 200, answer: { outcome: 'fresh' } });
});

test('after its time a token is authentic but expired', async () => {
  const { token, offlineUrl } = await openSession();
  passSeconds(601);
  for (const text of [token, offlineUrl]) {
    expect((await verify(text)).answer).toMatchObject({
      outcome: 'expired',
      authentic: true,
      card: expect.any(Object),
    });
  }
});

test('what is not ours says no more than that, in the same shape', async () => {
  const { token, ownerToken } = await openSession();
  const empty = { authentic: false, issuedAt: null, expiresAt: null, card: null };
  const [header, payload, signature] = token.split('.') as [string, string, string];
  const forged = `${header}.${payload}.${signature.slice(0, -4)}AAAA`;
  const stranger = `${btoa('{"alg":"ES256","kid":"ZZZZ","typ":"devcard-qr+jwt"}').replace(/=+$/, '')}.${payload}.${signature}`;
  expect((await verify(forged)).answer).toEqual({ outcome: 'not-authentic', ...empty });
  expect((await verify(ownerToken)).answer).toEqual({ outcome: 'not-authentic', ...empty });
  expect((await verify('hello')).answer).toEqual({ outcome: 'not-authentic', ...empty });
  expect((await verify(stranger)).answer).toEqual({ outcome: 'unknown-key', ...empty });
});

test.each([[undefined], [null], [7], [''], ['x'.repeat(262_145)], [{}]])(
  'a token such as %j is refused',
  async (token) => {
    expect((await verify(token)).status).toBe(400);
  },
);
