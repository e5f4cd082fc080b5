/** Signing in as people do it, in Chromium on http://localhost: there and back, a username, signing out, and what another site can do. */
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Listening, serve } from '../../dev/http.ts';
import { type Site, startSite } from '../harness/site.ts';
import { axeViolations } from './axe.ts';
import { signInAs } from './sign-in-as.ts';

let site: Site;
let context: BrowserContext;
let page: Page;
let elsewhere: Listening;

beforeAll(async () => {
  site = await startSite();
  // 127.0.0.1 is another site than localhost.
  elsewhere = await serve((request, response) => {
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end(`<form method="post" action="${site.origin}${request.url}"><button>Win a phone</button></form>`);
  });
});

afterAll(async () => {
  await elsewhere?.close();
  await site?.close();
});

beforeEach(async () => {
  await site.sql('truncate users cascade');
  context = await site.browser.newContext();
  page = await context.newPage();
});

afterEach(() => context.close());

const pathOf = (url: string) => new URL(url).pathname;

/** What `/auth/me` says to this browser. */
async function me(): Promise<{ status: number; body: unknown }> {
  const response = await page.goto(`${site.origin}/auth/me`);
  return { status: response?.status() ?? 0, body: await response?.json() };
}

test('there and back, with cookies that scripts do not see', async () => {
  await signInAs(page, site.origin, 'Grace-Hopper', {
    path: '/auth/github?returnTo=/u/grace-hopper',
    name: 'Grace Hopper',
  });
  expect(pathOf(page.url())).toBe('/u/grace-hopper');
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Grace Hopper');
  expect(await page.evaluate(() => document.cookie)).toBe('');
  const cookies = await context.cookies();
  expect(cookies.map(({ name, httpOnly, secure, sameSite }) => [name, httpOnly, secure, sameSite])).toEqual([
    ['__Host-devcard', true, true, 'Lax'],
  ]);
  expect(await me()).toMatchObject({ status: 200, body: { username: 'Grace-Hopper' } });
});

test.each([
  [360, 'light'],
  [1280, 'dark'],
] as const)('a reserved login asks for a username: %i px, %s', async (width, colorScheme) => {
  await page.setViewportSize({ width, height: 800 });
  await page.emulateMedia({ colorScheme });
  await signInAs(page, site.origin, 'admin');
  expect(pathOf(page.url())).toBe('/auth/username');
  expect(await axeViolations(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  const field = page.getByLabel('Username');
  expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
  expect(await page.getByRole('alert').innerText()).toContain('reserved');

  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('no good');
  await page.keyboard.press('Enter');
  await page.getByText('letters A to Z').waitFor();
  expect(await field.inputValue()).toBe('no good');

  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('Countess-Byron');
  await page.keyboard.press('Enter');
  await page.waitForURL(`${site.origin}/me`);
  expect(await me()).toMatchObject({ status: 200, body: { username: 'Countess-Byron' } });
});

test('who refuses at the provider is told, and can begin again', async () => {
  await page.goto(`${site.origin}/auth/github`);
  await page.getByRole('button', { name: 'Refuse' }).click();
  await page.waitForURL((url) => url.origin === site.origin);
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('You are not signed in yet');
  await page.getByRole('link', { name: 'Try again' }).click();
  await page.getByLabel('Login').fill('grace');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`${site.origin}/me`);
  expect((await me()).status).toBe(200);
});

test('somebody else’s callback signs nobody in', async () => {
  const attacker = await site.browser.newContext();
  const theirs = await attacker.newPage();
  await theirs.goto(`${site.origin}/auth/github`);
  await theirs.getByLabel('Login').fill('mallory');
  const callback = theirs.waitForRequest((request) => request.url().includes('/callback?'));
  await theirs.route('**/callback?*', (route) => route.abort());
  await theirs.getByRole('button', { name: 'Sign in' }).click();
  const url = (await callback).url();
  await attacker.close();
  const response = await page.goto(url);
  expect(response?.status()).toBe(400);
  expect(await context.cookies()).toEqual([]);
});

test('another site neither signs out nor chooses a name', async () => {
  await signInAs(page, site.origin, 'grace');
  for (const path of ['/auth/logout', '/auth/logout/everywhere', '/auth/username']) {
    await page.goto(elsewhere.url + path);
    const [response] = await Promise.all([
      page.waitForResponse((one) => one.url() === site.origin + path),
      page.getByRole('button').click(),
    ]);
    expect([path, response.status()]).toEqual([path, path.endsWith('everywhere') ? 401 : 403]);
  }
  expect((await me()).status).toBe(200);
});

test('signing out everywhere ends the session of another browser', async () => {
  await signInAs(page, site.origin, 'grace');
  const other = await site.browser.newContext();
  await other.addCookies(await context.cookies());
  await page.route(`${site.origin}/own-page`, (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: '<form method="post" action="/auth/logout/everywhere"><button>Sign out</button></form>',
    }),
  );
  await page.goto(`${site.origin}/own-page`);
  await page.getByRole('button').click();
  await page.waitForURL(`${site.origin}/`);
  expect(await context.cookies()).toEqual([]);
  page = await other.newPage();
  expect((await me()).status).toBe(401);
  await other.close();
});
