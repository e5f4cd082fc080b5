/** The scanner with its server gone: once visited, it starts cold and tells all outcomes apart, to everybody. */
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ground, rgb } from '../../src/domain/color.ts';
import { initials } from '../../src/domain/initials.ts';
import { PROFILES } from '../vectors/profiles.ts';
import { axeViolations } from './axe.ts';
import { codePicture, type ScannerSite, startScannerSite } from './scanner-site.ts';

/** One white pixel. */
const BLANK_PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4////fwAJ+wP9KobjigAAAABJRU5ErkJggg==';

let site: ScannerSite;
let browser: BrowserContext;
let page: Page;

beforeAll(async () => {
  site = await startScannerSite();
  const visit = await site.open();
  const visited = await visit.newPage();
  await visited.route('**/.well-known/revoked.json', (route) =>
    route.fulfill({ contentType: 'application/jose+json', body: site.revoked }),
  );
  await visited.route('https://other.example/.well-known/jwks.json', (route) =>
    route.fulfill({
      contentType: 'application/jwk-set+json',
      headers: { 'Access-Control-Allow-Origin': '*' },
      body: site.other.jwks,
    }),
  );
  await visited.goto(`${site.origin}/scan`);
  await visited.getByText('Ready offline').waitFor();
  await paste(visited, site.other.link);
  await visited.getByRole('heading', { name: 'A card of another issuer' }).waitFor();
  await visited.getByRole('button', { name: 'Fetch the keys of other.example' }).click();
  await visited.locator('#result[data-look="fresh"]').waitFor();
  await visit.close();
  await site.server.close();
  await expect(fetch(site.origin)).rejects.toThrow('fetch failed');
  browser = await site.open();
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

afterEach(() => page.close());

async function paste(target: Page, text: string) {
  await target.getByText('Paste a code or link').click();
  await target.getByLabel('Code or link').fill(text);
  await target.getByRole('button', { name: 'Check', exact: true }).click();
}

async function openPage(path: string) {
  page = await browser.newPage();
  await page.goto(site.origin + path);
}

/** The site was set up a minute ago or three, as busy as the machine is. */
const untimed = (text: string | null) => text?.replace(/\b[1-9] minutes? ago/g, 'just now');

const title = () => page.locator('#result h2').textContent();

const OUTCOMES = [
  ['fresh', 'Authentic', 'Signed by localhost:… just now, valid until …'],
  ['pass', 'Authentic', 'It is an offline pass, which was not revoked as of …'],
  ['revoked', 'Revoked', 'localhost:… signed it, but its owner has revoked it since. Do not trust it.'],
  ['expired', 'Authentic, but expired', 'As of …, 2… minutes ago.'],
  [
    'unknownKey',
    'Signed by an unknown key',
    'The key is not known here yet: it may be …The keys here are as of …, just now.',
  ],
  ['layout1', 'Authentic', 'Signed by localhost:… just now, valid until …'],
  [
    'early',
    'Authentic, but the clock here is wrong',
    'localhost:… signed it at …. The clock of this device says …, which is behind that of localhost:…',
  ],
  ['forged', 'Not authentic', 'localhost:… did not sign this, or it was changed. Do not trust it.'],
  ['bomb', 'Not authentic', 'localhost:… did not sign this, or it was changed. Do not trust it.'],
] as const;

describe.each(OUTCOMES)('a %s code', (kind, outcome, details) => {
  test('is told in words, to eyes, ears and fingers', async () => {
    await openPage(`/q#${site.tokens[kind]}`);
    await page.locator('#result h2').waitFor();
    expect(await title()).toBe(outcome);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(outcome);
    expect(await page.title()).toMatch(new RegExp(`^${outcome}`));
    const pattern = new RegExp(details.split('…').map(RegExp.escape).join('.*'));
    expect(untimed(await page.locator('#result .details').textContent())).toMatch(pattern);
    const isAuthentic = outcome.startsWith('Authentic');
    expect(await page.locator('#result h3').allTextContents()).toEqual(isAuthentic ? ['Ada Lovelace'] : []);
    const expected = isAuthentic
      ? 'Keep on this device'
      : kind === 'unknownKey'
        ? 'Check again online'
        : 'Scan another code';
    expect(await page.locator('#result button').first().textContent()).toBe(expected);
  });

  test('is accessible in light and dark', async () => {
    await openPage(`/q#${site.tokens[kind]}`);
    await page.locator('#result h2').waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect(await axeViolations(page)).toEqual([]);
    }
  });
});

test('the outcomes differ in colour and in picture', async () => {
  const looks = [];
  for (const kind of ['fresh', 'expired', 'unknownKey', 'forged'] as const) {
    await openPage(`/q#${site.tokens[kind]}`);
    await page.locator('#result h2').waitFor();
    looks.push(
      await page.evaluate(() => ({
        color: getComputedStyle(document.querySelector('#result h2') as Element).color,
        icon: document.querySelector('.verdict path')?.getAttribute('d'),
      })),
    );
    if (kind !== 'forged') await page.close();
  }
  expect(new Set(looks.map(({ color }) => color)).size).toBe(4);
  expect(new Set(looks.map(({ icon }) => icon)).size).toBe(4);
});

test('a link that lost its end is incomplete, and no forgery', async () => {
  await openPage(`/c#${site.tokens.fresh.slice(0, -20)}`);
  await page.locator('#result h2').waitFor();
  expect(await title()).toBe('Incomplete');
  expect(await page.locator('#result').getAttribute('data-look')).toBe('unsigned');
});

test('a code of a later layout asks for an update', async () => {
  await openPage('/scan');
  await paste(page, `${site.origin}/d#${'123'.repeat(200)}`);
  await page.locator('#result h2').waitFor();
  expect(await title()).toBe('Update this scanner');
});

test('the card of another issuer, whose keys were fetched once, names that issuer as large as the person', async () => {
  await openPage('/scan');
  expect(await page.locator('#issuers li').textContent()).toMatch(/^other\.exampletrusted by you, /);
  await paste(page, site.other.link);
  await page.locator('#result h3').waitFor();
  expect(await title()).toBe('Authentic');
  expect(untimed(await page.locator('#result .details').textContent())).toMatch(
    /^Signed by other\.example just now/,
  );
  expect(await page.locator('#result .issuer').textContent()).toBe('at other.example');
  const sizes = await page
    .locator('#result :is(h3, .issuer)')
    .evaluateAll((elements) => elements.map((element) => getComputedStyle(element).fontSize));
  expect(sizes[0]).toBe(sizes[1]);
  expect(await axeViolations(page)).toEqual([]);
  const online = page.getByRole('link', { name: 'See it online' });
  expect(await online.getAttribute('href')).toBe('https://other.example/u/ada');
});

test('an issuer whose keys cannot be fetched stays a stranger, and nobody is asked before the button', async () => {
  await openPage('/scan');
  await paste(page, site.thirdLink);
  await page.getByRole('heading', { name: 'A card of another issuer' }).waitFor();
  await page.getByRole('button', { name: 'Fetch the keys of third.example' }).click();
  await page.getByText('third.example gave no keys.').waitFor();
});

test('a card has the initials, colours and icons of its public page', async () => {
  await openPage(`/q#${site.tokens.fresh}`);
  const card = page.locator('#result .card');
  const badge = card.locator('.badge');
  expect(await badge.textContent()).toBe(initials(PROFILES.typical!.displayName));
  const accent = ground(PROFILES.typical!.accentColor);
  const colors = await badge.evaluate((element) => {
    const { backgroundColor, color } = getComputedStyle(element);
    return [backgroundColor, color];
  });
  expect(colors).toEqual([accent.ground, accent.text].map((hex) => `rgb(${rgb(hex).join(', ')})`));
  // Drawn from the kept picture: an icon that was not found has no size.
  const sizes = () =>
    card
      .locator('.mark')
      .evaluateAll((marks) => marks.map((mark) => (mark as SVGGraphicsElement).getBBox().width > 0));
  const count = await card.locator('.links li').count();
  await expect.poll(sizes).toEqual(Array(count).fill(true));
});

test('a picture of a code is read', async () => {
  await openPage('/scan');
  const buffer = await codePicture(site.origin, site.tokens.fresh);
  await page.locator('#picture').setInputFiles({ name: 'code.png', mimeType: 'image/png', buffer });
  await page.locator('#result h3').waitFor();
  expect(await title()).toBe('Authentic');
});

test.each([
  ['a picture without a code', 'image/png', BLANK_PNG, 'No QR code was found'],
  ['a file that is no picture', 'image/png', 'no+picture', 'is not a picture'],
])('%s is said to be that', async (_, mimeType, content, message) => {
  await openPage('/scan');
  await page
    .locator('#picture')
    .setInputFiles({ name: 'file', mimeType, buffer: Buffer.from(content, 'base64') });
  await page.getByRole('alert').filter({ hasText: message }).waitFor();
});

test('the scanner is accessible before anything was scanned', async () => {
  await openPage('/scan');
  expect(await axeViolations(page)).toEqual([]);
});
