/** The owner's code on the device: kept while there is a network, drawn without one, and gone with whoever signs out. */
import { readFile } from 'node:fs/promises';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { readBarcodes } from 'zxing-wasm/reader';
import { parseKeyRing, publicKeySet } from '../../src/domain/tokens/key-ring.ts';
import { verify } from '../../verify/verify.ts';
import { type Pixels, READERS } from '../decoders/readers.ts';
import { laneBindings } from '../harness/lane-client.ts';
import { axeViolations } from './axe.ts';
import { type ScannerSite, startScannerSite } from './scanner-site.ts';
import { signInAs } from './sign-in-as.ts';

const PHONE = { width: 360, height: 740 };
/** As phones have them: pixels of the screen for one of the page. */
const DENSITY = 2;
const HOUR_MS = 3_600_000;

// A browser on a busy machine takes its time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 });

let signingKeys: string;
let site: ScannerSite;
let browser: BrowserContext;
let page: Page;

beforeAll(async () => {
  signingKeys = (await laneBindings()).QR_SIGNING_KEYS;
  site = await startScannerSite(true);
  browser = await site.open({ viewport: PHONE, deviceScaleFactor: DENSITY, locale: 'en' });
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

afterEach(async () => {
  await page?.close();
});

async function openPage(path: string): Promise<void> {
  page = await browser.newPage();
  await page.goto(site.origin + path);
}

/** Signs somebody in, and waits until the editor has had the device keep their codes. */
async function signIn(login: string, name: string): Promise<void> {
  page = await browser.newPage();
  await signInAs(page, site.origin, login, { name, path: '/auth/github?returnTo=/me' });
  await untilKept(name);
}

interface Kept {
  name: string;
  codes: { title: string; pass: { url: string; version: string } | null }[];
}

/** What the device keeps, after its change where there is one. */
const kept = (change?: 'older') =>
  page.evaluate(
    (change) =>
      new Promise<Kept | null>((resolve, reject) => {
        const opening = indexedDB.open('devcard-my-code', 1);
        opening.onupgradeneeded = () => opening.result.createObjectStore('kept');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const store = opening.result.transaction('kept', 'readwrite').objectStore('kept');
          const reading: IDBRequest<Kept | undefined> = store.get('codes');
          reading.onsuccess = () => {
            for (const { pass } of change && reading.result ? reading.result.codes : [])
              if (pass) pass.version = 'older';
            if (change) store.put(reading.result, 'codes');
          };
          store.transaction.oncomplete = () => {
            opening.result.close();
            resolve(reading.result ?? null);
          };
        };
      }),
    change,
  );

/** Waits until the device keeps the codes of somebody, with a pass of each of these. */
async function untilKept(name: string, ...cards: string[]): Promise<void> {
  await vi.waitFor(
    async () => {
      const all = await kept().catch(() => null);
      expect(all?.name).toBe(name);
      const titles = all?.codes.filter(({ pass }) => pass).map(({ title }) => title);
      expect(titles).toEqual(expect.arrayContaining([name, ...cards]));
    },
    { timeout: 60_000, interval: 100 },
  );
}

/** What every decoder reads from the screen. */
async function scanned(): Promise<string[]> {
  const png = (await page.screenshot()).toString('base64');
  const { width, height, text } = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
    context.drawImage(picture, 0, 0);
    const { data } = context.getImageData(0, 0, picture.width, picture.height);
    let text = '';
    for (const value of data) text += String.fromCharCode(value);
    return { width: picture.width, height: picture.height, text: btoa(text) };
  }, png);
  const pixels: Pixels = { width, height, data: Uint8ClampedArray.from(Buffer.from(text, 'base64')) };
  const texts = await Promise.all(Object.values(READERS).map((read) => read(pixels)));
  return [...new Set(texts.map((found) => found ?? 'nothing'))];
}

const jwks = () => publicKeySet(parseKeyRing(signingKeys, 'ES256'), Date.now() / 1000);
const about = () => page.locator('#about').textContent();
const chooseKind = (name: string) => page.locator('#kind').getByText(name).click();

describe('online', () => {
  test('signing out takes it from the device', async () => {
    await signIn('grace-code', 'Grace Hopper');
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await page.waitForURL(`${site.origin}/`);
    expect(await kept()).toBeNull();
    await page.goto(`${site.origin}/code`);
    await page.getByText('Nobody is signed in').waitFor();
    expect(await page.locator('#my-code').isHidden()).toBe(true);
    expect(await axeViolations(page)).toEqual([]);
    // The app of somebody who has no code begins with the scanner.
    await page.goto(`${site.origin}/code?start`);
    await page.waitForURL(`${site.origin}/scan`);
  });

  test('signing out everywhere takes it from this device when it is looked at next', async () => {
    await signIn('grace-code', 'Grace Hopper');
    // As from another device: no worker of this one sees it.
    const cookies = await browser.cookies();
    const response = await fetch(`${site.origin}/auth/logout/everywhere`, {
      method: 'POST',
      headers: {
        Cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; '),
        'Sec-Fetch-Site': 'same-origin',
      },
    });
    expect(response.status).toBeLessThan(400);
    await page.goto(`${site.origin}/code`);
    await page.getByText('Nobody is signed in').waitFor();
    expect(await kept()).toBeNull();
  });

  test('whoever signs in next never sees the code of the one before, with a network or without', async () => {
    await signIn('grace-code', 'Grace Hopper');
    await page.goto(`${site.origin}/code`);
    await page.getByRole('heading', { name: 'Grace Hopper' }).waitFor();
    // Signs in over the session of the first, and goes offline before any page could ask who it is.
    await signInAs(page, site.origin, 'ada-code', {
      name: 'Ada Lovelace',
      path: '/auth/github?returnTo=/auth/token',
    });
    await browser.setOffline(true);
    await page.goto(`${site.origin}/code`);
    await page.getByText('Nobody is signed in').waitFor();
    expect(await page.content()).not.toContain('Grace');
    await browser.setOffline(false);
    await page.getByRole('heading', { name: 'Ada Lovelace' }).waitFor();
  });

  test('a pass is renewed as soon as there is a network', async () => {
    await signIn('ada-code', 'Ada Lovelace');
    await page.goto(`${site.origin}/code`);
    await page.getByRole('heading', { name: 'Ada Lovelace' }).waitFor();
    await browser.setOffline(true);
    await kept('older');
    await browser.setOffline(false);
    await expect
      .poll(async () => (await kept())?.codes.map(({ pass }) => pass?.version))
      .toEqual(['"1" "1"']);
  });
});

describe('with the network off and the server gone', () => {
  beforeAll(async () => {
    await signIn('ada-code', 'Ada Lovelace');
    await page.evaluate(async () => {
      const send = async (path: string, body: object) => {
        const headers = { 'Content-Type': 'application/json' };
        const answer = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
        if (answer.status !== 201) throw new Error(await answer.text());
        return answer.json();
      };
      const [github] = (await (await fetch('/api/profiles/me')).json()).platformLinks;
      await send('/api/profiles/me/links', { platform: 'npm', username: 'ada' });
      await send('/api/cards', { title: 'Conference', linkIds: [github.id] });
    });
    await page.goto(`${site.origin}/code`);
    await untilKept('Ada Lovelace', 'Conference');
    await browser.close();
    await site.server.close();
    await expect(fetch(site.origin)).rejects.toThrow('fetch failed');
    browser = await site.open({ viewport: PHONE, deviceScaleFactor: DENSITY, locale: 'en' });
  });

  test('the app opens with the offline code, which decoders read and verifiers accept', async () => {
    await browser.setOffline(true);
    await openPage('/code?start');
    await page.locator('#picture svg').waitFor();
    expect(await about()).toMatch(/^Works without a network until \w+ \d+, \d\d:\d\d \(in 6 days\)\.$/);
    const [url = '', ...others] = await scanned();
    expect(others).toEqual([]);
    const verdict = await verify(url, jwks(), { now: Math.floor(Date.now() / 1000), issuer: site.origin });
    expect(verdict).toMatchObject({
      outcome: 'fresh',
      card: { displayName: 'Ada Lovelace', links: [{ platform: 'github' }, { platform: 'npm' }] },
    });
    if (process.env.SCREENSHOTS) await page.screenshot({ path: `${process.env.SCREENSHOTS}/my-code.png` });
  });

  test('each card can be chosen, as an address or as an offline code with its links alone', async () => {
    await openPage('/code');
    await page.getByLabel('Card', { exact: true }).selectOption('Conference');
    await chooseKind('Address');
    const [address] = await scanned();
    expect(address).toMatch(new RegExp(`^${site.origin}/u/ada-code/card/[\\w-]+\\?source=qr$`));
    await chooseKind('Offline code');
    const [url = ''] = await scanned();
    const verdict = await verify(url, jwks(), { now: Math.floor(Date.now() / 1000), issuer: site.origin });
    expect(verdict).toMatchObject({ outcome: 'fresh', card: { links: [{ platform: 'github' }] } });
  });

  test('an expired code says so, and the address stands in', async () => {
    page = await browser.newPage();
    await page.clock.setFixedTime(Date.now() + 169 * HOUR_MS);
    await page.goto(`${site.origin}/code`);
    await chooseKind('Offline code');
    await page.getByText('The offline code expired 1 hour ago: this is the address.').waitFor();
    expect(await scanned()).toEqual([`${site.origin}/u/ada-code?source=qr`]);
  });

  test.each(['/me', '/me/code'])('%s shows it in place of an error', async (path) => {
    await openPage(path);
    await page.getByRole('heading', { name: 'Ada Lovelace' }).waitFor();
  });

  test('one tap fills the screen with it, white to the edges', async () => {
    await openPage('/code');
    await page.emulateMedia({ colorScheme: 'dark' });
    await chooseKind('Address');
    await page.getByRole('button', { name: 'Show the code larger' }).click();
    const box = await page.locator('#picture').boundingBox();
    expect(box).toMatchObject({ x: 0, y: 0, width: PHONE.width });
    expect(await scanned()).toEqual([`${site.origin}/u/ada-code?source=qr`]);
    await page.getByRole('button', { name: 'Show the code smaller' }).click();
    await page.getByRole('button', { name: 'Show the code larger' }).waitFor();
  });

  test('it is saved as PNG and SVG in the size that was chosen, with a quiet zone', async () => {
    await openPage('/code');
    await chooseKind('Address');
    await page.getByText('Save, share or print').click();
    const saved = async (name: string) => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name }).click(),
      ]);
      return { name: download.suggestedFilename(), content: await readFile(await download.path()) };
    };
    const png = await saved('Save as PNG');
    expect(png.name).toBe('devcard-ada-code.png');
    const side = png.content.readUInt32BE(16);
    expect(side).toBeGreaterThanOrEqual(1080);
    const [read] = await readBarcodes(png.content, { formats: ['QRCode'] });
    expect(read?.text).toBe(`${site.origin}/u/ada-code?source=qr`);
    // Four modules of the saved picture on every side are light.
    const modules = side / Math.ceil(1080 / (4 * 2 + 33));
    expect((read?.position.topLeft.x ?? 0) / (side / modules)).toBeGreaterThanOrEqual(4);
    await page.getByLabel('Size').selectOption('472');
    const svg = await saved('Save as SVG');
    expect(svg.name).toBe('devcard-ada-code.svg');
    expect(svg.content.toString()).toMatch(
      /^<svg xmlns="[^"]+" viewBox="-4 -4 (\d+) \1".* width="472" height="472">/,
    );
  });

  test('it is shared as a picture where the browser can, else its address is copied', async () => {
    await browser.grantPermissions(['clipboard-read', 'clipboard-write']);
    page = await browser.newPage();
    await page.addInitScript(() => {
      navigator.canShare = () => !location.search;
      navigator.share = async (data) => {
        document.title = `${data?.files?.[0]?.name} ${data?.files?.[0]?.type}`;
      };
    });
    for (const path of ['/code', '/code?nothing']) {
      await page.goto(site.origin + path);
      await chooseKind('Address');
      await page.getByText('Save, share or print').click();
      await page.getByRole('button', { name: 'Share' }).click();
      if (path === '/code')
        await page.waitForFunction(() => document.title === 'devcard-ada-code.png image/png');
      else await page.getByText('The address was copied.').waitFor();
    }
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
      `${site.origin}/u/ada-code?source=qr`,
    );
  });

  test.each([
    ['8 badges on A4', 8, 595, 842],
    ['10 business cards on A4', 10, 595, 842],
    ['8 badges on Letter', 8, 612, 792],
    ['10 business cards on Letter', 10, 612, 792],
  ])('%s are printed on one page', async (choice, count, width, height) => {
    await openPage('/code');
    await page.evaluate(() => {
      window.print = () => undefined;
    });
    await chooseKind('Address');
    await page.getByText('Save, share or print').click();
    await page.getByLabel('Page').selectOption(choice);
    await page.getByRole('button', { name: 'Print' }).click();
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(1);
    const [, ...size] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf) ?? [];
    expect(size.map((points) => Math.round(Number(points)))).toEqual([width, height]);
    await page.emulateMedia({ media: 'print' });
    const cards = page.locator('#paper > div');
    expect(await cards.count()).toBe(count);
    expect(await cards.first().locator('b').textContent()).toBe('Ada Lovelace');
    expect(await page.locator('main').isHidden()).toBe(true);
  });

  test.each([360, 390, 1280])('axe-core finds nothing at %i px, in light and dark', async (width) => {
    await openPage('/code');
    await page.setViewportSize({ width, height: 800 });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      for (const kind of ['Address', 'Offline code']) {
        await chooseKind(kind);
        expect(await axeViolations(page)).toEqual([]);
      }
    }
    await page.getByText('Save, share or print').click();
    expect(await axeViolations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });
});
