/** Signing in as anybody, at the provider that stands in for the real ones. */
import type { Page } from 'playwright-core';

/** Fills in the provider's form, and waits until our own site is asked again. */
export async function signInAs(
  page: Page,
  origin: string,
  login: string,
  { path = '/auth/github', name = '' } = {},
): Promise<void> {
  await page.goto(origin + path);
  await page.getByLabel('Login').fill(login);
  await page.getByLabel('Name').fill(name);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => url.origin === origin);
}
