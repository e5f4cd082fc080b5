/** `/docs` in Chromium: read and tried, by keyboard, without a script, and without a word to anybody else. */
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { seed } from '../../dev/seed.ts';
import { type Site, startSite } from '../harness/site.ts';
import { axeViolations } from './axe.ts';

let site: Site;
let context: BrowserContext;
let page: Page;
let complaints: string[];
let elsewhere: string[];

beforeAll(async () => {
  site = await startSite();
  const { DATABASE_URL, TEST_NEON_ENDPOINT } = site.bindings;
  await seed({ DATABASE_URL, NEON_FETCH_ENDPOINT: TEST_NEON_ENDPOINT });
});

afterAll(() => site?.close());

beforeEach(async () => {
  context = await site.browser.newContext();
  page = await context.newPage();
  complaints = [];
  elsewhere = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(site.origin) && !request.url().startsWith('blob:'))
      elsewhere.push(request.url());
  });
});

afterEach(() => context.close());

test.each([
  [360, 'light'],
  [360, 'dark'],
  [1280, 'light'],
  [1280, 'dark'],
] as const)('%i px, %s: everything open', async (width, colorScheme) => {
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ colorScheme });
  await page.goto(`${site.origin}/docs`);
  await screenshot(`docs-${width}-${colorScheme}-closed`);
  await page.evaluate(() => {
    for (const one of document.querySelectorAll('details')) one.open = true;
  });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  await screenshot(`docs-${width}-${colorScheme}-open`);
  expect(await axeViolations(page)).toEqual([]);
  expect([complaints, elsewhere]).toEqual([[], []]);
});

test('an operation is opened, filled in and sent by keyboard alone', async () => {
  await page.goto(`${site.origin}/docs#getProfile`);
  const operation = page.locator('#getProfile');
  expect(await operation.getAttribute('open')).toBe('');
  await operation.locator('summary').focus();
  await page.keyboard.press('Enter');
  expect(await operation.getAttribute('open')).toBeNull();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect(await focused()).toBe('/api/public/ada');
  await page.keyboard.press('Tab');
  await page.keyboard.type('nobody-here');
  await page.keyboard.press('Enter');
  const output = operation.locator('output');
  await output.getByText('404 /api/public/nobody-here').waitFor();
  expect(await output.innerText()).toContain('"code": "user-not-found"');
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('ada');
  await page.keyboard.press('Enter');
  await output.getByText('200 /api/public/ada').waitFor();
  expect(await output.innerText()).toContain('X-Cache: ');
  expect(await output.innerText()).toContain('"displayName": "Ada Lovelace"');
  expect(await axeViolations(page)).toEqual([]);
  await screenshot('docs-tried');
  // The browser itself notes the 404.
  expect(complaints.filter((text) => !text.includes('404'))).toEqual([]);
});

test('a picture is shown, and a token is sent', async () => {
  await page.goto(`${site.origin}/docs#getQrCode`);
  const picture = page.locator('#getQrCode');
  await picture.getByRole('button').click();
  const image = picture.locator('output img');
  await image.waitFor();
  expect(await image.evaluate((one: HTMLImageElement) => one.decode().then(() => one.naturalWidth))).toBe(
    256,
  );
  expect(complaints).toEqual([]);

  await page.getByLabel('An owner’s token').fill('not.a.token');
  const own = page.locator('#getOwnProfile');
  await own.locator('summary').click();
  const request = page.waitForRequest(`${site.origin}/api/profiles/me`);
  await own.getByRole('button').click();
  expect((await request).headers().authorization).toBe('Bearer not.a.token');
  await own.locator('output').getByText('401 /api/profiles/me').waitFor();
  expect(elsewhere).toEqual([]);
});

test('without a script all is there, and examples are links', async () => {
  const plain = await site.browser.newContext({ javaScriptEnabled: false });
  const page = await plain.newPage();
  await page.goto(`${site.origin}/docs`);
  expect(await page.locator('form:visible').count()).toBe(0);
  const operation = page.locator('#getProfile');
  await operation.locator('summary').click();
  await operation.getByRole('link', { name: '/api/public/ada', exact: true }).click();
  expect(await page.innerText('body')).toContain('"username":"ada"');
  await page.goto(`${site.origin}/docs#problem-user-not-found`);
  expect(await page.locator(':target').innerText()).toBe('user-not-found');
  await plain.close();
});

function focused(): Promise<string | null | undefined> {
  return page.evaluate(() => document.activeElement?.textContent);
}

async function screenshot(name: string): Promise<void> {
  if (process.env.SCREENSHOTS) await page.screenshot({ path: `${process.env.SCREENSHOTS}/${name}.png` });
}
