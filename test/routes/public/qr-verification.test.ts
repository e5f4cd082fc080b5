/** `POST /api/public/qr-session/verify`: either kind of token, one shape of answer. */

import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { parseKeyRing } from '../../../src/domain/tokens/key-ring.ts';
import { ask, askAs, createPerson, passSeconds, stopClock } from '../../harness/fixtures.ts';
import { sql, startClean } from '../../harness/worker.ts';
import { signLayout1 } from '../../vectors/layout1.ts';
import { PROFILES } from '../../vectors/profiles.ts';

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

test('codes of layout 1, which older releases signed, are verified for as long as a pass lives', async () => {
  const now = Math.floor(Date.now() / 1000);
  const { url } = await signLayout1({
    ring: parseKeyRing(env.QR_SIGNING_KEYS, 'ES256'),
    origin: env.PUBLIC_ORIGIN,
    profile: PROFILES.small!,
    now,
  });
  expect((await verify(url)).answer).toMatchObject({ outcome: 'fresh', card: { username: 'grace' } });
});

test('what is pasted around a code does not matter, and one that lost its end is incomplete', async () => {
  const { offlineUrl, token } = await openSession();
  expect((await verify(`My card: <${offlineUrl.replace('#', '%23')}>.`)).answer).toMatchObject({
    outcome: 'fresh',
  });
  expect((await verify(`Bearer ${token}`)).answer).toMatchObject({ outcome: 'fresh' });
  const empty = { authentic: false, issuedAt: null, expiresAt: null, card: null };
  expect((await verify(offlineUrl.slice(0, -20))).answer).toEqual({ outcome: 'incomplete', ...empty });
});
