/** Contacts in a browser: a visitor without scripts leaves details, their owner sees and exports them, and the scanner's queue delivers once. */
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { parseKeyRing } from '../../src/domain/tokens/key-ring.ts';
import { signOwnerSession } from '../../src/domain/tokens/owner-session.ts';
import { type Site, startSite } from '../harness/site.ts';
import { ADA, addPerson } from './people.ts';

let site: Site;
let axe: string;
let owner: BrowserContext;
let link: string;

beforeAll(async () => {
  site = await startSite();
  axe = await readFile(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
  const { id } = await addPerson(site.sql, ADA);
  const ring = parseKeyRing(site.bindings.SESSION_KEYS, 'HS256');
  const now = Math.floor(Date.now() / 1000);
  const token = await signOwnerSession({ id, epoch: 0 }, { ring, origin: site.origin, now });
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
  const body = JSON.stringify({ contactsOpen: true });
  expect((await fetch(`${site.origin}/api/profiles/me`, { method: 'PUT', headers, body })).status).toBe(200);
  const pass = await fetch(`${site.origin}/api/profiles/me/offline-pass`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ hours: 1 }),
  });
  link = ((await pass.json()) as { url: string }).url;
  owner = await site.browser.newContext({ extraHTTPHeaders: { Authorization: `Bearer ${token}` } });
});

beforeEach(() => site.sql('DELETE FROM contacts'));

afterAll(() => site?.close());

async function axeViolations(page: Page): Promise<unknown> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    // biome-ignore lint/suspicious/noExplicitAny: axe is only there at run time.
    const { violations } = await (globalThis as any).axe.run(document, { runOnly: ['wcag2a', 'wcag2aa'] });
    return violations.map(({ id, nodes }: { id: string; nodes: { html: string }[] }) => [
      id,
      nodes.map(({ html }) => html),
    ]);
  });
}

const contactsOf = () => site.sql('SELECT id FROM contacts');

test('a visitor without scripts leaves details, and their owner sees, exports and deletes them', async () => {
  const visitor = await site.browser.newContext({ javaScriptEnabled: false });
  const page = await visitor.newPage();
  await page.goto(`${site.origin}/u/Ada`);
  await page.getByText('Leave your details').click();
  await page.getByText('Ada Lovelace sees this and keeps it for at most 365 days.').waitFor();
  await page.getByLabel('Your name').fill('Bob');
  await page.getByLabel('Your email, phone or link').fill('nowhere');
  await page.getByLabel('Where you met').fill('DevConf');
  await page.getByLabel('Note').fill('Wants the slides');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByText('Nothing was sent yet.').waitFor();
  await page.getByLabel('Your email, phone or link').fill('bob@example.org');
  await expect
    .poll(
      async () => {
        // Whoever is quicker than a person is asked again.
        if (await page.getByRole('button', { name: 'Send' }).isVisible())
          await page.getByRole('button', { name: 'Send' }).click();
        return page.getByRole('heading').first().textContent();
      },
      { timeout: 30_000 },
    )
    .toBe('Ada Lovelace has your details');
  expect(await visitor.cookies()).toEqual([]);
  await visitor.close();

  const own = await owner.newPage();
  await own.goto(`${site.origin}/me/contacts`);
  await own.getByRole('heading', { name: 'Bob' }).waitFor();
  expect(await own.getByText('Wants the slides').isVisible()).toBe(true);
  expect(await own.getByRole('link', { name: 'Open it' }).isVisible()).toBe(false);
  await own.getByText('bob@example.org').click();
  expect(await own.getByRole('link', { name: 'Open it' }).getAttribute('href')).toBe(
    'mailto:bob@example.org',
  );
  expect(await axeViolations(own)).toEqual([]);
  const [download] = await Promise.all([
    own.waitForEvent('download'),
    own.getByRole('link', { name: 'Download as CSV' }).click(),
  ]);
  expect(await text(await download.createReadStream())).toContain('"Bob","bob@example.org"');
  await own.getByRole('button', { name: 'Delete Bob' }).click();
  await own.getByText('Nobody has left their details yet.').waitFor();
  expect(await contactsOf()).toEqual([]);
  await own.close();
});

test('details typed in the scanner without a network are delivered once there is one, and once only', async () => {
  const device = await site.browser.newContext();
  const page = await device.newPage();
  await page.goto(link);
  await page.getByText('Ready offline').waitFor();
  await device.setOffline(true);
  await page.reload();
  await page.getByRole('button', { name: 'Leave my details' }).click();
  await page.getByLabel('Your name').fill('Cy');
  await page.getByLabel('Your email, phone or link').fill('cy@example.org');
  await page.getByLabel('Where you met').fill('DevConf');
  expect(await axeViolations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByText('For Ada Lovelace: waits for a network').waitFor();
  expect(await contactsOf()).toEqual([]);
  await page.close();

  // On the next open, in two pages at once. The first answer is lost on its way.
  const pages = await Promise.all([device.newPage(), device.newPage()]);
  let attempts = 0;
  await device.route('**/contact', async (route) => {
    attempts += 1;
    if (attempts > 1) return route.continue();
    await route.fetch();
    return route.abort();
  });
  await device.setOffline(false);
  for (const one of pages) await one.goto(`${site.origin}/scan`);
  const [, second] = pages as [Page, Page];
  await expect
    .poll(
      async () => {
        await second.reload();
        return second.getByText('waits for a network').isVisible();
      },
      { timeout: 30_000 },
    )
    .toBe(false);
  await expect.poll(async () => (await contactsOf()).length).toBe(1);
  await device.close();
});

test('a kept card has a place, a day and a note, is found by them, and says what has changed since', async () => {
  const device = await site.browser.newContext();
  const page = await device.newPage();
  await page.goto(link);
  await page.getByRole('button', { name: 'Keep on this device' }).click();
  await page.getByText('is kept on this device').waitFor();
  await page.getByRole('button', { name: 'Note on Ada Lovelace' }).click();
  await page.getByLabel('Where you met').fill('DevConf');
  await page.getByLabel('When').fill('2026-11-20');
  await page.getByLabel('Note', { exact: true }).fill('Wants the slides');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('DevConf · 2026-11-20 · Wants the slides').waitFor();
  const search = page.getByRole('searchbox');
  await search.fill('nobody');
  await page.locator('#kept li').waitFor({ state: 'detached' });
  await search.fill('SLIDES devconf');
  await page.locator('#kept li').waitFor();
  const saved = async (name: string) => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name }).click(),
    ]);
    return text(await download.createReadStream());
  };
  expect(await saved('Save all as contacts')).toContain('DevConf\\n2026-11-20\\nWants the slides\\n');
  expect(JSON.parse(await saved('Export as JSON')).cards[0]).toMatchObject({
    metAt: 'DevConf',
    metOn: '2026-11-20',
    note: 'Wants the slides',
  });
  const changed = await owner.request.put(`${site.origin}/api/profiles/me`, { data: { role: 'Countess' } });
  expect(changed.status()).toBe(200);
  await page.goto(`${site.origin}/scan`);
  await page.getByRole('button', { name: /^Ada Lovelace/ }).click();
  await page.getByText('Changed since: role').waitFor();
  await device.close();
});
