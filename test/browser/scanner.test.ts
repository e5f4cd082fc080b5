/** The scanner online: what it asks for, where codes come from, cards that are kept, and use by keyboard alone. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext, Page, Request } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { axeViolations } from './axe.ts';
import { codePicture, type ScannerSite, startScannerSite } from './scanner-site.ts';
import { codeVideo } from './scanner-video.ts';

let site: ScannerSite;
let browser: BrowserContext;
let page: Page;

beforeAll(async () => {
  site = await startScannerSite();
  const video = join(site.dir, 'camera.y4m');
  await writeFile(video, codeVideo(site.origin, site.tokens.fresh));
  browser = await site.open({
    args: [
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-video-capture=${video}`,
    ],
  });
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

afterEach(() => page.close());

async function openPage(path: string) {
  page = await browser.newPage();
  await page.goto(site.origin + path);
}

const outcome = async () => {
  await page.locator('#result h2').waitFor();
  return page.locator('#result h2').textContent();
};

const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim());

test('the camera has a frame to aim at, a light where it can, and a hint when it sees nothing for a while', async () => {
  page = await browser.newPage();
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = async () => {
      const canvas = document.createElement('canvas');
      const context = canvas.getContext('2d') as CanvasRenderingContext2D;
      setInterval(() => context.fillRect(0, 0, 300, 150), 50);
      return canvas.captureStream();
    };
    MediaStreamTrack.prototype.getCapabilities = () => ({ torch: true }) as MediaTrackCapabilities;
    MediaStreamTrack.prototype.applyConstraints = async (constraints) => {
      document.title = JSON.stringify(constraints);
    };
  });
  await page.goto(`${site.origin}/scan`);
  const [light, hint] = [page.getByRole('button', { name: 'Light' }), page.getByText('More light helps.')];
  expect(await light.isHidden()).toBe(true);
  await page.getByRole('button', { name: 'Use the camera' }).click();
  await light.click();
  await page.waitForFunction(() => document.title === '{"advanced":[{"torch":true}]}');
  expect(await light.getAttribute('aria-pressed')).toBe('true');
  expect(await axeViolations(page)).toEqual([]);
  await hint.waitFor();
  await page.getByRole('button', { name: 'Stop the camera' }).click();
  await hint.waitFor({ state: 'detached' });
  expect(await light.isHidden()).toBe(true);
});

test('it asks its own origin for its files and the keys, and tells nobody what was scanned', async () => {
  const requests: Request[] = [];
  const listen = (request: Request) => requests.push(request);
  browser.on('request', listen);
  await openPage(`/q#${site.tokens.fresh}`);
  expect(await outcome()).toBe('Authentic');
  await page.getByText('Ready offline').waitFor();
  await page.getByRole('button', { name: 'Keep on this device' }).click();
  await page.getByText('is kept on this device').waitFor();
  browser.off('request', listen);
  const seen = requests.map(
    (request) =>
      `${request.method()} ${new URL(request.url()).origin} ${new URL(request.url()).pathname}${new URL(request.url()).search}`,
  );
  for (const one of seen)
    expect(one).toMatch(
      new RegExp(
        `^GET ${RegExp.escape(site.origin)} /(q|scan|code|scanner-worker\\.js|scanner/[\\w./-]+|\\.well-known/(jwks|revoked|trusted-issuers)\\.json)$`,
      ),
    );
  for (const request of requests) expect(request.postData()).toBeNull();
});

test('the page comes with a strict policy, and lives by it', async () => {
  const response = await fetch(`${site.origin}/q`);
  expect(response.headers.get('Content-Security-Policy')).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self' https:; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
  expect(response.headers.get('Referrer-Policy')).toBe('no-referrer');
  expect(response.headers.get('Permissions-Policy')).toBe('camera=(self), microphone=(), geolocation=()');
  page = await browser.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(`${site.origin}/q#${site.tokens.fresh}`);
  expect(await outcome()).toBe('Authentic');
  expect(complaints).toEqual([]);
});

test('a key that the issuer has published since is found by asking again', async () => {
  page = await browser.newPage();
  let isReachable = false;
  await page.route('**/.well-known/jwks.json', (route) => (isReachable ? route.continue() : route.abort()));
  await page.goto(`${site.origin}/scan`);
  await page.evaluate(() =>
    localStorage.setItem(
      'devcard-keys',
      JSON.stringify({ jwks: { keys: [] }, fetchedAt: Date.now() / 1000 }),
    ),
  );
  await page.goto(`${site.origin}/q#${site.tokens.fresh}`);
  expect(await outcome()).toBe('Signed by an unknown key');
  isReachable = true;
  await page.getByRole('button', { name: 'Check again online' }).click();
  await page.locator('#result[data-look="fresh"]').waitFor();
  expect(await outcome()).toBe('Authentic');
});

test('a key that the issuer has retired since counts no more once that is known', async () => {
  page = await browser.newPage();
  let isReachable = false;
  await page.route('**/.well-known/jwks.json', (route) => (isReachable ? route.continue() : route.abort()));
  await page.goto(`${site.origin}/scan`);
  await page.evaluate(
    (key) => localStorage.setItem('devcard-keys', JSON.stringify({ jwks: { keys: [key] }, fetchedAt: 0 })),
    site.strangersKey,
  );
  await page.goto(`${site.origin}/q#${site.tokens.unknownKey}`);
  expect(await outcome()).toBe('Authentic');
  isReachable = true;
  await page.reload();
  await page.locator('#result[data-look="unknown-key"]').waitFor();
});

test('where the page may store nothing, newer keys count all the same', async () => {
  page = await browser.newPage();
  await page.addInitScript(() => {
    for (const method of ['getItem', 'setItem'] as const)
      Storage.prototype[method] = () => {
        throw new DOMException('', 'SecurityError');
      };
  });
  await page.goto(`${site.origin}/q#${site.tokens.fresh}`);
  expect(await outcome()).toBe('Authentic');
});

test('an older card is not kept in place of a newer one', async () => {
  await openPage(`/q#${site.tokens.fresh}`);
  await outcome();
  await page.getByRole('button', { name: 'Keep on this device' }).click();
  await page.getByText('is kept on this device').waitFor();
  await page.goto(`${site.origin}/q#${site.tokens.expired}`);
  await page.locator('#result[data-look="expired"]').waitFor();
  await page.getByRole('button', { name: 'Keep on this device' }).click();
  await page.getByText('is kept already').waitFor();
  await page.getByRole('button', { name: 'Scan another code' }).click();
  await page.getByRole('button', { name: /^Delete / }).click();
  await page.getByText('was deleted').waitFor();
});

test('a check that takes longer than the next one is not shown in its place, and who waits is told', async () => {
  page = await browser.newPage();
  const answer = Promise.withResolvers<void>();
  await page.route('**/.well-known/jwks.json', (route) => answer.promise.then(() => route.continue()));
  await page.goto(`${site.origin}/scan`);
  const open = (text: string) =>
    page.evaluate((hash) => {
      location.hash = hash;
    }, text);
  await open(site.tokens.unknownKey);
  await page.getByText('Asking for newer keys…').waitFor();
  await open('no-token');
  expect(await outcome()).toBe('Not signed');
  expect(await page.locator('#note p').textContent()).toBe('');
  const answered = page.waitForResponse('**/.well-known/jwks.json');
  answer.resolve();
  await answered;
  await page.waitForTimeout(200);
  expect(await outcome()).toBe('Not signed');
});

test('the issuer is asked at once about a key that is not known, and its word is passed on', async () => {
  await openPage(`/q#${site.tokens.unknownKey}`);
  expect(await outcome()).toBe('Signed by an unknown key');
  expect(await page.locator('#result .details').textContent()).toContain('does not list this key');
});

test('the camera is used until it sees a code, and then let go', async () => {
  await openPage('/scan');
  await page.getByRole('button', { name: 'Use the camera' }).click();
  expect(await outcome()).toBe('Authentic');
  expect(
    await page.evaluate(() => (document.querySelector('video') as HTMLVideoElement).srcObject),
  ).toBeNull();
});

test('where the browser can read codes itself, it is asked to', async () => {
  page = await browser.newPage();
  await page.addInitScript((token) => {
    Object.assign(globalThis, {
      BarcodeDetector: class {
        static getSupportedFormats() {
          return Promise.resolve(['qr_code']);
        }
        detect = async () => [{ rawValue: token }];
      },
    });
  }, site.tokens.expired);
  const files: string[] = [];
  page.on('request', (request) => files.push(request.url()));
  await page.goto(`${site.origin}/scan`);
  const buffer = await codePicture(site.origin, site.tokens.fresh);
  await page.locator('#picture').setInputFiles({ name: 'code.png', mimeType: 'image/png', buffer });
  expect(await outcome()).toBe('Authentic, but expired');
  expect(files.filter((url) => url.includes('decoder'))).toEqual([]);
});

test.each([
  ['/u/devcard-demo', 'This is the ordinary code of a profile', ['Open the profile', 'Scan another code']],
  ['/docs', 'There is no signed card in this code.', ['Scan another code']],
])('a code that says %s is told for what it is', async (path, words, actions) => {
  await openPage('/scan');
  await page.getByText('Paste a code or link').click();
  await page.getByLabel('Code or link').fill(site.origin + path);
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  expect(await outcome()).toBe('Not signed');
  expect(await page.locator('#result .details').textContent()).toContain(words);
  expect(await page.locator('#result .actions > *').allTextContents()).toEqual(actions);
});

test('a refused camera is a sentence', async () => {
  page = await browser.newPage();
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'));
  });
  await page.goto(`${site.origin}/scan`);
  await page.getByRole('button', { name: 'Use the camera' }).click();
  await page.getByRole('alert').filter({ hasText: 'The camera may not be used.' }).waitFor();
  expect(await axeViolations(page)).toEqual([]);
});

test('by keyboard alone: paste, keep, delete, take back, and scan the next', async () => {
  await openPage('/scan');
  await page.evaluate(() => indexedDB.deleteDatabase('devcard'));
  await page.reload();
  const tabTo = async (name: string) => {
    for (let i = 0; i < 30 && (await focused()) !== name; i++) await page.keyboard.press('Tab');
    expect(await focused()).toBe(name);
  };
  await tabTo('Paste a code or link');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.insertText(`${site.origin}/q#${site.tokens.fresh}`);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  expect(await outcome()).toBe('Authentic');
  expect(await focused()).toBe('Authentic');

  await tabTo('Keep on this device');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /^Ada Lovelace/ }).waitFor();
  expect(await axeViolations(page)).toEqual([]);
  await tabTo('Delete');
  await page.keyboard.press('Enter');
  await page.getByText('Ada Lovelace was deleted.').waitFor();
  expect(await focused()).toBe('Undo');
  expect(await page.locator('#kept').isVisible()).toBe(false);
  await page.keyboard.press('Enter');
  await page.locator('#kept li').waitFor();
  await page.locator('#result h2').focus();
  await tabTo('Scan another code');
  await page.keyboard.press('Enter');
  expect(await focused()).toBe('Use the camera');
});

test('kept cards open again, and leave as contacts and as JSON', async () => {
  // The newer one that the test before has kept would stay.
  await openPage('/scan');
  await page.getByRole('button', { name: /^Delete / }).click();
  await page.getByText('was deleted').waitFor();
  await page.close();
  await openPage(`/q#${site.tokens.expired}`);
  await outcome();
  await page.getByRole('button', { name: 'Keep on this device' }).click();
  await page.getByText('is kept on this device').waitFor();
  await page.goto(`${site.origin}/scan`);
  await page.getByRole('button', { name: /^Ada Lovelace/ }).click();
  expect(await outcome()).toBe('Authentic, but expired');

  const saved = async (name: string) => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name }).click(),
    ]);
    return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
  };
  const contact = await saved('Save as contact');
  expect(contact.name).toBe('ada.vcf');
  expect(contact.text).toContain(`FN:Ada Lovelace\r\n`);
  // A code does not carry the stable id, and an address may be another owner's after a rename.
  expect(contact.text).not.toContain('UID:');
  expect(contact.text).toContain(`item1.URL:${site.origin}/u/ada\r\n`);
  expect(await saved('Save all as contacts')).toEqual({ ...contact, name: 'devcards.vcf' });
  const json = await saved('Export as JSON');
  expect(json.name).toBe('devcards.json');
  expect(JSON.parse(json.text)).toEqual({
    cards: [
      expect.objectContaining({ username: 'ada', profileUrl: `${site.origin}/u/ada`, linksLeftOut: 0 }),
    ],
  });
});

test('nothing moves where people do not want it', async () => {
  await openPage('/scan');
  const animation = async (reducedMotion: 'reduce' | 'no-preference') => {
    await page.emulateMedia({ reducedMotion });
    await page.goto('about:blank');
    await page.goto(`${site.origin}/q#${site.tokens.fresh}`);
    await outcome();
    return page.locator('.verdict').evaluate((element) => getComputedStyle(element).animationName);
  };
  expect(await animation('reduce')).toBe('none');
  expect(await animation('no-preference')).toBe('appear');
});

test('the page of a code in a later layout is opened where there is one', async () => {
  page = await browser.newPage();
  await page.route('**/d', (route) => route.fulfill({ contentType: 'text/html', body: '<h1>Newer</h1>' }));
  await page.goto(`${site.origin}/scan`);
  await page.getByText('Paste a code or link').click();
  await page.getByLabel('Code or link').fill(`${site.origin}/d#${'123'.repeat(200)}`);
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await page.getByRole('heading', { name: 'Newer' }).waitFor();
  expect(page.url()).toContain(`${site.origin}/d#123`);
});

test('an expired card is no suspicion where the clock of the device differs from the issuer’s', async () => {
  page = await browser.newPage();
  const issuerTime = Date.now() - 3600_000;
  await page.route('**/.well-known/jwks.json', async (route) => {
    const response = await route.fetch();
    const headers = { ...response.headers(), date: new Date(issuerTime).toUTCString() };
    await route.fulfill({ response, headers });
  });
  await page.goto(`${site.origin}/scan`);
  await page.evaluate(() => localStorage.removeItem('devcard-keys'));
  await page.goto(`${site.origin}/c#${site.tokens.expired}`);
  await page.reload();
  await page.locator('#result[data-look="expired"]').waitFor();
  const details = await page.locator('#result .details').textContent();
  expect(details).toContain('it may well be fresh. The clock of this device says');
  expect(details).toContain('which is ahead of that of');
  expect(details).not.toContain('can be shown by anybody');
  await page.evaluate(() => localStorage.removeItem('devcard-keys'));
});

test('it can be installed', async () => {
  await openPage('/scan');
  await page.getByText('Ready offline').waitFor();
  const session = await browser.newCDPSession(page);
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  expect(installabilityErrors).toEqual([]);
});
