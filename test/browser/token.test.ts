/** From the editor to a token for a program, in a browser: what the policy allows it allows, and what is shown works. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Site, startSite } from '../harness/site.ts';
import { axeViolations } from './axe.ts';
import { signInAs } from './sign-in-as.ts';

let site: Site;

beforeAll(async () => {
  site = await startSite();
});

afterAll(() => site?.close());

test.each([
  [360, 'dark'],
  [1280, 'light'],
] as const)('%i px, %s', async (width, colorScheme) => {
  const context = await site.browser.newContext({ viewport: { width, height: 900 }, colorScheme });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await context.newPage();
  const login = `tokens-${width}`;
  await signInAs(page, site.origin, login);
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  await page.getByRole('link', { name: 'Token for a program' }).click();
  expect(await axeViolations(page)).toEqual([]);
  expect(await page.getByRole('link', { name: 'Back to your card' }).getAttribute('href')).toBe(
    '/me#account',
  );
  // At the top, not in the middle of the screen.
  expect(await page.locator('main').evaluate((main) => (main as HTMLElement).offsetTop)).toBeLessThan(100);
  await page.getByRole('button', { name: 'Create a token' }).click();
  const field = page.getByLabel(/^Send it as/);
  const token = await field.inputValue();
  await page.getByRole('button', { name: 'Copy' }).click();
  await page.getByRole('button', { name: 'Copied', exact: true }).waitFor();
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(token);
  expect(await axeViolations(page)).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
  expect(complaints).toEqual([]);
  const answer = await fetch(`${site.origin}/api/profiles/me`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  expect([answer.status, await answer.json()]).toMatchObject([200, { username: login }]);
  if (process.env.SCREENSHOTS)
    await page.screenshot({ path: `${process.env.SCREENSHOTS}/token-${width}.png` });
  await context.close();
});
