/** Signing in, from the first click to signing out everywhere, against a provider that speaks OAuth for real; and the attacks. */
import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { approve, Browser, LOCAL_ORIGIN, startLocal } from '../../harness/browser.ts';
import { ask, atOnce, createPerson, freshName, passSeconds, stopClock } from '../../harness/fixtures.ts';
import { startIsolate } from '../../harness/isolate.ts';
import { sql, startClean } from '../../harness/worker.ts';

/** In the statement that makes an account. */
const MAKING = 'INSERT INTO identities';
const HOUR_SECONDS = 3600;
const DAY_SECONDS = 24 * HOUR_SECONDS;

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

const problemOf = async (response: Response) => {
  const { code, status } = await response.json<{ code: string; status: number }>();
  return [response.status, status, code];
};

const me = async (who = browser) => who.get('/auth/me', { Accept: 'application/json' });

/** A login that is free as a username. */
const freshLogin = () => freshName().replaceAll('_', '-');

describe('the first time', () => {
  test('makes the account from the provider’s profile and opens a session', async () => {
    const login = freshLogin();
    const response = await browser.signInAs(login, { name: 'Octo Cat' });
    expect([response.status, response.headers.get('Location')]).toEqual([303, `${LOCAL_ORIGIN}/me`]);
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    expect(await (await me()).json()).toEqual({
      id: expect.any(String),
      email: null,
      username: login,
      displayName: 'Octo Cat',
      bio: null,
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
      connectedPlatforms: [],
      platformLinks: [
        {
          id: expect.any(String),
          platform: 'github',
          username: login,
          url: `https://github.com/${login}`,
          displayOrder: 0,
        },
      ],
      defaultCardId: null,
    });
  });

  test('its cookies are for this host alone, out of reach of scripts', async () => {
    await browser.signInAs(freshLogin());
    const kept = browser.setCookies.filter((line) => !line.includes('Max-Age=0'));
    expect(kept.map((line) => line.replace(/=[^;]+/, '=…'))).toEqual([
      '__Host-devcard-sign-in=…; Max-Age=600; Path=/; HttpOnly; Secure; SameSite=Lax',
      '__Host-devcard=…; Max-Age=43200; Path=/; HttpOnly; Secure; SameSite=Lax',
    ]);
    expect([...browser.cookies.keys()]).toEqual(['__Host-devcard']);
  });

  test('shows at once where the name was unknown a moment ago', async () => {
    const login = freshLogin();
    expect((await local.ask(`/api/public/${login}`)).status).toBe(404);
    await browser.signInAs(login);
    expect((await local.ask(`/api/public/${login}`)).status).toBe(200);
  });

  test('in two tabs at once makes one account', async () => {
    const login = freshLogin();
    const tabs = [new Browser(local), new Browser(startLocal())];
    const callbacks = await Promise.all(tabs.map((tab) => tab.callbackAs(login)));
    const answers = await atOnce(
      MAKING,
      tabs.map((tab, i) => () => tab.get(callbacks[i] as string)),
    );
    expect(answers.map(({ headers }) => headers.get('Location'))).toEqual([
      `${LOCAL_ORIGIN}/me`,
      `${LOCAL_ORIGIN}/me`,
    ]);
    const [one, other] = await Promise.all(tabs.map(async (tab) => (await me(tab)).json<{ id: string }>()));
    expect(one?.id).toBe(other?.id);
    expect(await sql('SELECT count(*)::int AS n FROM users')).toEqual([{ n: 1 }]);
  });
});

describe('later', () => {
  test('the same account is found by identity, whatever it is called by now', async () => {
    const login = freshLogin();
    await browser.signInAs(login);
    const { id } = await (await me()).json<{ id: string }>();
    const renamed = freshName();
    await sql('UPDATE users SET username = $1 WHERE id = $2', [renamed, id]);
    await sql('UPDATE usernames SET key = lower($1) WHERE user_id = $2', [renamed, id]);
    const again = new Browser(local);
    await again.signInAs(login, { name: 'Another Name' });
    expect(await (await me(again)).json()).toMatchObject({ id, username: renamed, displayName: login });
  });

  test('another provider’s account of the same name is another person', async () => {
    const login = freshLogin();
    await browser.signInAs(login);
    const other = new Browser(local);
    const response = await other.signInAs(login, { provider: 'google', name: login });
    expect(response.headers.get('Location')).toBe('/auth/username');
    expect((await me(other)).status).toBe(401);
  });

  test('it leads back to the page where it began', async () => {
    const response = await browser.signInAs(freshLogin(), {
      query: '?returnTo=%2Fme%2Fstats%3Fdays%3D90',
    });
    expect(response.headers.get('Location')).toBe(`${LOCAL_ORIGIN}/me/stats?days=90`);
  });
});

describe('a login that cannot be a username', () => {
  test.each([
    ['taken', () => createPerson().then(({ username }) => username.toUpperCase()), 'This username is taken.'],
    ['reserved', async () => 'admin', 'This username is reserved.'],
    ['too short', async () => 'xy', 'A username has 3 to 50 characters.'],
  ])('%s: asks for one, and keeps what was typed', async (_, loginOf, sentence) => {
    const login = await loginOf();
    const response = await browser.signInAs(login);
    expect([response.status, response.headers.get('Location')]).toEqual([303, '/auth/username']);
    expect((await me()).status).toBe(401);

    const page = await browser.get('/auth/username');
    const html = await page.text();
    expect(page.status).toBe(200);
    expect(page.headers.get('Content-Security-Policy')).toContain("form-action 'self'");
    expect(html).toContain(`value="${login}"`);
    expect(html).toContain(sentence);
    expect(html.match(/<script.*?>/g)).toEqual([
      expect.stringMatching(/^<script src="\/files\/form-[\w-]+\.js" defer/),
    ]);

    const refused = await browser.post('/auth/username', { username: 'docs"><b>' });
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain('value="docs&quot;&gt;&lt;b&gt;"');

    const name = freshName();
    const joined = await browser.post('/auth/username', { username: ` ${name} ` });
    expect([joined.status, joined.headers.get('Location')]).toEqual([303, `${LOCAL_ORIGIN}/me`]);
    expect(await (await me()).json()).toMatchObject({ username: name });
    expect([...browser.cookies.keys()]).toEqual(['__Host-devcard']);
  });

  test('Google has no logins: asks, without a complaint', async () => {
    await browser.signInAs('somebody', { provider: 'google', name: 'Some Body' });
    const response = await browser.get('/auth/username', { Accept: 'application/json' });
    expect(await response.json()).toEqual({
      username: null,
      displayName: 'Some Body',
      avatarUrl: null,
      complaint: null,
    });
    const { username } = await createPerson();
    const json = { Accept: 'application/json', 'Content-Type': 'application/json' };
    const send = (name: string) =>
      browser.send('/auth/username', {
        method: 'POST',
        headers: { ...json, Origin: LOCAL_ORIGIN },
        body: JSON.stringify({ username: name }),
      });
    expect(await problemOf(await send(username))).toEqual([409, 409, 'username-taken']);
    expect(await problemOf(await send('a b'))).toEqual([400, 400, 'invalid-input']);
    const name = freshName();
    const joined = await send(name);
    expect([joined.status, await joined.json()]).toEqual([
      201,
      { username: name, returnTo: `${LOCAL_ORIGIN}/me` },
    ]);
    expect(await (await me()).json()).toMatchObject({ username: name, displayName: 'Some Body' });
  });

  test('chosen in two tabs at once: one account, and only the tab that made it is signed in by its answer', async () => {
    await browser.signInAs('xy');
    const tabs = [new Browser(local), new Browser(startLocal())];
    for (const tab of tabs) for (const [name, value] of browser.cookies) tab.cookies.set(name, value);
    const answers = await atOnce(
      MAKING,
      tabs.map((tab) => () => tab.post('/auth/username', { username: freshName() })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 400]);
    const statuses = await Promise.all(tabs.map(async (tab) => (await me(tab)).status));
    expect(statuses.sort()).toEqual([200, 401]);
    expect(await sql('SELECT count(*)::int AS n FROM usernames')).toEqual([{ n: 1 }]);
  });

  test('the same name sent twice by a second click: the name is not called taken', async () => {
    await browser.signInAs('xy');
    const name = freshName();
    const tabs = [new Browser(local), new Browser(startLocal())];
    for (const tab of tabs) for (const [cookie, value] of browser.cookies) tab.cookies.set(cookie, value);
    const answers = await atOnce(
      MAKING,
      tabs.map((tab) => () => tab.post('/auth/username', { username: name })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 400]);
    const refused = await answers.find(({ status }) => status === 400)?.text();
    expect(refused).toContain('<a class="main" href="/me">');
  });

  test('two newcomers who choose one name: one gets it', async () => {
    const name = freshName();
    const two = [new Browser(local), new Browser(startLocal())];
    await Promise.all(two.map((one, i) => one.signInAs(`x${i}`)));
    const answers = await atOnce(
      MAKING,
      two.map((one) => () => one.post('/auth/username', { username: name })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
  });

  test('waits for half an hour, and asks only who came from the provider', async () => {
    await browser.signInAs('xy');
    passSeconds(30 * 60);
    const headers = { Accept: 'application/json' };
    expect(await problemOf(await browser.get('/auth/username', headers))).toEqual([
      400,
      400,
      'sign-in-failed',
    ]);
    const nobody = new Browser(local);
    const answer = await nobody.post('/auth/username', { username: freshName() }, headers);
    expect(await problemOf(answer)).toEqual([400, 400, 'sign-in-failed']);
  });

  test('a page of another site cannot choose', async () => {
    await browser.signInAs('xy');
    const cross = { 'Sec-Fetch-Site': 'cross-site', Accept: 'application/json' };
    const answer = await browser.post('/auth/username', { username: freshName() }, cross);
    expect(await problemOf(answer)).toEqual([403, 403, 'forbidden']);
  });
});

describe('attacks', () => {
  const JSON_ANSWER = { Accept: 'application/json' };
  const refused = [400, 400, 'sign-in-failed'];
  const nobodyIsSignedIn = async () => {
    expect(browser.cookies.has('__Host-devcard')).toBe(false);
    expect(await sql('SELECT count(*)::int AS n FROM users')).toEqual([{ n: 0 }]);
  };

  test('wrong state', async () => {
    const callback = await browser.callbackAs(freshLogin());
    const forged = callback.replace(/state=[^&]+/, `state=${'A'.repeat(43)}`);
    expect(await problemOf(await browser.get(forged, JSON_ANSWER))).toEqual(refused);
    await nobodyIsSignedIn();
  });

  test.each(['', 'state=', 'code=x', 'error=access_denied'])('a callback with only «%s»', async (query) => {
    await browser.callbackAs(freshLogin());
    const answer = await browser.get(`/auth/github/callback?${query}`, JSON_ANSWER);
    expect(await problemOf(answer)).toEqual(refused);
    await nobodyIsSignedIn();
  });

  test('the callback of another session: its code, in the browser of somebody who began nothing, or something else', async () => {
    const attacker = new Browser(local);
    const callback = await attacker.callbackAs(freshLogin());
    expect(await problemOf(await browser.get(callback, JSON_ANSWER))).toEqual(refused);
    await browser.get('/auth/github');
    expect(await problemOf(await browser.get(callback, JSON_ANSWER))).toEqual(refused);
    await nobodyIsSignedIn();
  });

  test('a code put into an own callback: the provider finds that the verifier is another one (PKCE)', async () => {
    const victim = new Browser(local);
    const stolen = new URLSearchParams((await victim.callbackAs(freshLogin())).split('?')[1]).get('code');
    const own = await browser.callbackAs(freshLogin());
    const injected = own.replace(/code=[^&]+/, `code=${stolen}`);
    expect(await problemOf(await browser.get(injected, JSON_ANSWER))).toEqual(refused);
    await nobodyIsSignedIn();
  });

  test('a replayed callback, even with the cookie of the first time', async () => {
    const callback = await browser.callbackAs(freshLogin());
    const kept = new Map(browser.cookies);
    expect((await browser.get(callback)).status).toBe(303);
    expect(await problemOf(await browser.get(callback, JSON_ANSWER))).toEqual(refused);
    const thief = new Browser(local);
    for (const [name, value] of kept) thief.cookies.set(name, value);
    expect(await problemOf(await thief.get(callback, JSON_ANSWER))).toEqual(refused);
    expect(thief.cookies.has('__Host-devcard')).toBe(false);
  });

  test('an answer after ten minutes', async () => {
    const callback = await browser.callbackAs(freshLogin());
    passSeconds(600);
    expect(await problemOf(await browser.get(callback, JSON_ANSWER))).toEqual(refused);
    await nobodyIsSignedIn();
  });

  test('one provider’s answer given as another’s', async () => {
    const callback = await browser.callbackAs(freshLogin());
    const mixedUp = callback.replace('/auth/github/', '/auth/google/');
    expect(await problemOf(await browser.get(mixedUp, JSON_ANSWER))).toEqual(refused);
    await nobodyIsSignedIn();
  });

  test.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    'javascript:alert(1)',
    'me',
  ])('a way back that leads elsewhere: %j', async (returnTo) => {
    const answer = await browser.get(`/auth/github?returnTo=${encodeURIComponent(returnTo)}`, JSON_ANSWER);
    expect(await problemOf(answer)).toEqual([400, 400, 'invalid-input']);
    expect(browser.cookies.size).toBe(0);
  });

  test('the provider is shown a PKCE challenge and a state, and refuses to go without', async () => {
    const start = new URL((await browser.get('/auth/github')).headers.get('Location') ?? '');
    expect(start.origin + start.pathname).toBe(`${env.TEST_IDENTITY_PROVIDER}/github/authorize`);
    expect(Object.fromEntries(start.searchParams)).toEqual({
      response_type: 'code',
      client_id: 'devcard-edge',
      redirect_uri: `${LOCAL_ORIGIN}/auth/github/callback`,
      state: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    });
    for (const missing of ['code_challenge', 'code_challenge_method']) {
      const without = new URL(start);
      without.searchParams.delete(missing);
      await expect(approve(without.href, 'x')).rejects.toThrow('invalid_request');
    }
    const elsewhere = new URL(start);
    elsewhere.searchParams.set('redirect_uri', 'https://evil.example/auth/github/callback');
    await expect(approve(elsewhere.href, 'x')).rejects.toThrow('redirect_uri_mismatch');
  });

  test('a failed callback is a page to who looks at pages, with the way to the beginning', async () => {
    const answer = await browser.get('/auth/github/callback?state=x&code=y');
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('<a class="main" href="/auth/github">');
  });

  test('the cookies of signing in are no sessions, and sessions are no such cookies', async () => {
    await browser.signInAs('xy');
    const pendingSignUp = browser.cookies.get('__Host-devcard-sign-up') ?? '';
    const callback = await browser.callbackAs(freshLogin());
    const attempt = browser.cookies.get('__Host-devcard-sign-in') ?? '';
    for (const token of [pendingSignUp, attempt]) {
      const bearer = { Accept: 'application/json', Authorization: `Bearer ${token}` };
      expect((await browser.get('/auth/me', bearer)).status).toBe(401);
    }
    browser.cookies.set('__Host-devcard-sign-in', pendingSignUp);
    expect(await problemOf(await browser.get(callback, JSON_ANSWER))).toEqual(refused);
  });
});

describe('what goes into cookies', () => {
  const longest = `/me?${'x'.repeat(508)}`;

  test.each([
    ['512 characters', longest, longest],
    ['513 characters', `${longest}x`, '/me'],
    ['3,000 characters', `/me?${'x'.repeat(3000)}`, '/me'],
    ['60 characters that take 9 each in an address', `/me?${'字'.repeat(60)}`, '/me'],
    ['backslashes, which JSON doubles', `/me?${'\\'.repeat(200)}`, '/me'],
  ])('a way back of %s', async (_, returnTo, expected) => {
    const query = `?returnTo=${encodeURIComponent(returnTo)}`;
    const response = await browser.signInAs(freshLogin(), { query });
    expect(response.headers.get('Location')).toBe(LOCAL_ORIGIN + expected);
  });

  test('stays under the 4,096 bytes that browsers keep, and the sign-in ends', async () => {
    const name = '😀'.repeat(100);
    const query = `?returnTo=${encodeURIComponent(longest)}`;
    await browser.signInAs('x'.repeat(90), { name, query });
    const joined = await browser.post('/auth/username', { username: freshName() });
    expect([joined.status, joined.headers.get('Location')]).toEqual([303, LOCAL_ORIGIN + longest]);
    expect(await (await me()).json()).toMatchObject({ displayName: name });
    expect(browser.setCookies.length).toBe(5);
    for (const line of browser.setCookies) expect(line.length).toBeLessThan(4096);
  });
});

describe('the provider', () => {
  test.each([
    ['that never ends', 'token'],
    ['that never ends', 'profile'],
  ])('an answer %s (%s) is read up to a bound, and is a 503', async (_, step) => {
    const callback = await browser.callbackAs(freshLogin());
    let sent = 0;
    let cancelled = false;
    const endless = () =>
      new ReadableStream({
        pull(controller) {
          sent += 1024;
          controller.enqueue(new TextEncoder().encode(' '.repeat(1024)));
        },
        cancel() {
          cancelled = true;
        },
      });
    const real = globalThis.fetch;
    vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) =>
      String(input).endsWith(`/github/${step}`)
        ? Promise.resolve(new Response(endless()))
        : real(input, init),
    );
    vi.spyOn(console, 'log').mockImplementation(() => undefined);
    const answer = await browser.get(callback, { Accept: 'application/json' });
    vi.restoreAllMocks();
    expect(await problemOf(answer)).toEqual([503, 503, 'sign-in-unavailable']);
    expect([sent <= 66 * 1024, cancelled]).toEqual([true, true]);
  });

  test('that this deployment does not have is not there', async () => {
    for (const path of ['/auth/github', '/auth/google/callback?code=x&state=y', '/auth/other'])
      expect((await ask(path)).status).toBe(404);
  });

  test('that does not answer is a 503, and nothing is lost', async () => {
    const callback = await browser.callbackAs(freshLogin());
    const broken = startLocal({ OAUTH_DEV_ISSUER: 'http://127.0.0.1:9' });
    const stranded = new Browser(broken);
    for (const [name, value] of browser.cookies) stranded.cookies.set(name, value);
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    const answer = await stranded.get(callback, { Accept: 'application/json' });
    expect(answer.headers.get('Retry-After')).toBe('10');
    expect(await problemOf(answer)).toEqual([503, 503, 'sign-in-unavailable']);
    expect(log.mock.calls.map(([line]) => JSON.parse(line))).toContainEqual({
      event: 'request.unavailable',
      requestId: expect.any(String),
      cause: 'github token',
    });
    vi.restoreAllMocks();
    expect((await browser.get(callback)).status).toBe(303);
  });

  test('a stand-in cannot be switched on where others can reach it', () => {
    const { TEST_IDENTITY_PROVIDER: OAUTH_DEV_ISSUER } = env;
    expect(() => startIsolate({ OAUTH_DEV_ISSUER })).toThrow(
      'OAUTH_DEV_ISSUER: is for http://localhost only',
    );
    expect(() => startIsolate({ RATE_LIMITS: 'off' })).toThrow('RATE_LIMITS: is for http://localhost only');
  });
});

describe('a session by cookie', () => {
  const write = (headers: Record<string, string>) =>
    browser.send('/api/profiles/me', {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify({ bio: 'written' }),
    });

  test.each([
    ['from a page of ours', { 'Sec-Fetch-Site': 'same-origin' }],
    ['from a page of ours, in a browser from before Sec-Fetch-Site', { Origin: LOCAL_ORIGIN }],
  ])('writes %s', async (_, headers) => {
    await browser.signInAs(freshLogin());
    expect((await write(headers)).status).toBe(200);
  });

  test.each([
    ['from another site', { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' }],
    ['from a sibling domain', { 'Sec-Fetch-Site': 'same-site' }],
    ['from another site that claims our origin', { 'Sec-Fetch-Site': 'cross-site', Origin: LOCAL_ORIGIN }],
    ['typed into the address bar', { 'Sec-Fetch-Site': 'none' }],
    ['from another origin', { Origin: 'https://evil.example' }],
    ['from a page without origin', { Origin: 'null' }],
    ['from nowhere', {}],
  ])('does not write %s', async (_, headers) => {
    await browser.signInAs(freshLogin());
    expect(await problemOf(await write(headers as Record<string, string>))).toEqual([403, 403, 'forbidden']);
    expect(await (await me()).json()).toMatchObject({ bio: null });
  });

  test('does not step in for a bearer token that is wrong', async () => {
    await browser.signInAs(freshLogin());
    expect((await write({ Authorization: 'Bearer a.b.c' })).status).toBe(401);
    expect((await write({ Authorization: 'Basic x' })).status).toBe(401);
  });

  test('is renewed in passing from half of its life on, for thirty days', async () => {
    await browser.signInAs(freshLogin());
    const first = browser.cookies.get('__Host-devcard');
    passSeconds(6 * HOUR_SECONDS);
    await me();
    expect(browser.cookies.get('__Host-devcard')).toBe(first);
    passSeconds(1);
    expect((await me()).status).toBe(200);
    expect(browser.cookies.get('__Host-devcard')).not.toBe(first);
    for (let hours = 7; hours < 30 * 24; hours += 7) {
      passSeconds(7 * HOUR_SECONDS);
      expect([hours, (await me()).status]).toEqual([hours, 200]);
    }
    passSeconds(DAY_SECONDS);
    expect((await me()).status).toBe(401);
  });

  test('ends after twelve hours without a visit', async () => {
    await browser.signInAs(freshLogin());
    passSeconds(12 * HOUR_SECONDS - 1);
    const copy = new Browser(local);
    copy.cookies.set('__Host-devcard', browser.cookies.get('__Host-devcard') ?? '');
    expect((await me()).status).toBe(200);
    passSeconds(1);
    expect((await me(copy)).status).toBe(401);
  });

  test('signs out in this browser', async () => {
    const login = freshLogin();
    await browser.signInAs(login);
    const other = new Browser(local);
    await other.signInAs(login);
    const answer = await browser.post('/auth/logout');
    expect([answer.status, answer.headers.get('Location')]).toEqual([303, '/']);
    expect(browser.setCookies.at(-1)).toBe('__Host-devcard=; Max-Age=0; Path=/; Secure');
    expect([(await me()).status, (await me(other)).status]).toEqual([401, 200]);
    expect((await browser.post('/auth/logout', {}, { Accept: '*/*' })).status).toBe(204);
  });

  test('signs out everywhere, and is not renewed any more', async () => {
    const login = freshLogin();
    await browser.signInAs(login);
    const other = new Browser(local);
    await other.signInAs(login);
    expect((await browser.post('/auth/logout/everywhere')).status).toBe(303);
    passSeconds(7 * HOUR_SECONDS);
    const before = other.setCookies.length;
    expect((await me(other)).status).toBe(401);
    expect(other.setCookies.length).toBe(before);
    await other.signInAs(login);
    expect((await me(other)).status).toBe(200);
  });

  test('another site cannot sign anybody out', async () => {
    await browser.signInAs(freshLogin());
    for (const path of ['/auth/logout', '/auth/logout/everywhere']) {
      const cross = { 'Sec-Fetch-Site': 'cross-site', Accept: 'application/json' };
      expect(await problemOf(await browser.post(path, {}, cross))).toEqual([403, 403, 'forbidden']);
    }
    expect((await me()).status).toBe(200);
  });
});
