/** The owner's editor in Chromium: without scripts and with them, by keyboard, by pointer, on a phone, in the dark, and under axe-core. */
import { mkdirSync, readFileSync } from 'node:fs';
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { contrast, ground } from '../../src/domain/color.ts';
import { type Site, startSite } from '../harness/site.ts';
import { axeViolations } from './axe.ts';
import { signInAs } from './sign-in-as.ts';

const { SCREENSHOTS } = process.env;
const PHONE = { width: 360, height: 740 };
const DESK = { width: 1280, height: 800 };

let site: Site;
let context: BrowserContext;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  const wasm = readFileSync(new URL(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm')));
  prepareZXingModule({ overrides: { wasmBinary: wasm.buffer as ArrayBuffer } });
  site = await startSite();
  if (SCREENSHOTS) mkdirSync(SCREENSHOTS, { recursive: true });
});

afterAll(() => site?.close());

beforeEach(() => site.sql('truncate users cascade'));

afterEach(() => context?.close());

/** Signs Grace in, and opens her editor. */
async function open(options: BrowserContextOptions = {}, login = 'grace'): Promise<void> {
  context = await site.browser.newContext({ viewport: PHONE, locale: 'en', ...options });
  page = await context.newPage();
  await signInAs(page, site.origin, login, { name: 'Grace Hopper', path: '/auth/github?returnTo=/me' });
  expect(new URL(page.url()).pathname).toBe('/me');
  complaints = [];
  page.on('console', (message) => {
    // What was refused is said by its status, which browsers log too.
    if (!message.text().startsWith('Failed to load resource')) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
}

/** Does something that saves, and waits until the server has answered and the page shows it. */
async function saving(act: () => Promise<void>): Promise<void> {
  const [response] = await Promise.all([
    page.waitForResponse((one) => one.request().method() === 'POST'),
    act(),
  ]);
  await response.finished();
  await page.waitForLoadState();
  await page.locator('main:not([aria-busy=true])').waitFor();
}

const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
const links = () => page.locator('#links ol > li').evaluateAll((all) => all.map((each) => each.dataset.name));
const entry = (name: string) => page.locator(`#links li[data-name=${name}]`);
const shot = async (name: string) => {
  if (SCREENSHOTS) await page.screenshot({ path: `${SCREENSHOTS}/${name}.png`, fullPage: true });
};

/** Adds a link as people do: by pasting its address. */
async function addLink(address: string): Promise<void> {
  await page.locator('#new-link-address').fill(address);
  await saving(() => press('Add the link'));
}

describe.each([false, true])('scripts: %s', (javaScriptEnabled) => {
  test('from signing in to a whole card, and away again', async () => {
    await open({ javaScriptEnabled });
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Grace Hopper');
    await page.getByLabel('Role').fill('Rear Admiral');
    await page.getByLabel('About you').fill('It is easier to ask forgiveness\nthan permission.');
    await page.getByText('Vivid').click();
    await saving(() => page.locator('#save-profile').click());
    expect(await page.locator('#profile .saved').textContent()).toBe('Saved.');

    await addLink('https://www.linkedin.com/in/grace-hopper/');
    await addLink('grace@navy.example');
    expect(await links()).toEqual(['GitHub', 'LinkedIn', 'Email']);
    await saving(() => press('Move down: GitHub, grace'));
    expect(await links()).toEqual(['LinkedIn', 'GitHub', 'Email']);

    await page.locator('#links summary', { hasText: 'Email' }).click();
    await saving(() => entry('Email').getByRole('button', { name: 'Remove' }).click());
    expect(await links()).toEqual(['LinkedIn', 'GitHub']);

    await page.getByText('Make a card').click();
    await page.locator('#new-card').getByLabel('Title').fill('COBOL Days');
    await page.locator('#new-card').getByLabel('GitHub').uncheck();
    await saving(() => press('Make the card'));
    expect(await page.locator('#cards .entries b').allTextContents()).toEqual(['COBOL Days']);

    await page.goto(`${site.origin}/u/grace`);
    expect(await page.locator('html').getAttribute('data-theme')).toBe('vivid');
    expect(await page.locator('.role').textContent()).toBe('Rear Admiral');
    await page.getByRole('link', { name: 'COBOL Days' }).click();
    expect(await page.locator('.links li').count()).toBe(1);

    await page.goto(`${site.origin}/me`);
    await page.getByText('Delete my card for good').click();
    await page.getByLabel('Type grace to confirm').fill('grace');
    await press('Delete everything');
    await page.waitForURL(`${site.origin}/`);
    expect((await fetch(`${site.origin}/u/grace`)).status).toBe(404);
    expect(complaints).toEqual([]);
  });

  test('a mistake is said beside its field, which has the focus; what was typed stays', async () => {
    await open({ javaScriptEnabled });
    await page.getByLabel('Role').fill('Rear Admiral');
    await page.locator('#edit-profile-username').fill('no good');
    await saving(() => page.locator('#save-profile').click());
    const field = page.locator('#edit-profile-username');
    expect(await field.inputValue()).toBe('no good');
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    expect(await page.locator('#edit-profile-username-about').textContent()).toContain('letters A to Z');
    expect(await page.getByLabel('Role').inputValue()).toBe('Rear Admiral');
    if (javaScriptEnabled)
      expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  test('what another tab saved meanwhile is not lost', async () => {
    await open({ javaScriptEnabled });
    const first = page;
    const second = await context.newPage();
    await second.goto(`${site.origin}/me`);
    await first.getByLabel('Role').fill('First');
    await saving(() => first.locator('#save-profile').click());
    page = second;
    await page.getByLabel('Role').fill('Second');
    await saving(() => page.locator('#save-profile').click());
    expect(await page.getByRole('alert').first().textContent()).toContain('changed in the meantime');
    expect(await page.getByLabel('Role').inputValue()).toBe('Second');
    expect(await page.locator('#edit-profile-role-about').textContent()).toContain('“First”');
    await saving(() => page.locator('#save-profile').click());
    expect(await page.locator('#profile .saved').textContent()).toBe('Saved.');
  });

  test('signs out, here and everywhere', async () => {
    await open({ javaScriptEnabled });
    for (const button of ['Sign out', 'Sign out on all devices']) {
      await press(button);
      await page.waitForURL(`${site.origin}/`);
      expect((await page.goto(`${site.origin}/me`))?.status()).toBe(401);
      await page.getByRole('link', { name: 'Continue with GitHub' }).click();
      await page.getByLabel('Login').fill('grace');
      await press('Sign in');
      await page.waitForURL(`${site.origin}/me`);
    }
  });
});

test('signing in leads on to the very page that was asked for', async () => {
  context = await site.browser.newContext();
  page = await context.newPage();
  await signInAs(page, site.origin, 'grace', { name: 'Grace Hopper', path: '/auth/github?returnTo=/me' });
  await context.clearCookies();
  await page.goto(`${site.origin}/me/stats?days=90`);
  await page.getByRole('link', { name: 'Continue with GitHub' }).click();
  await page.getByLabel('Login').fill('grace');
  await press('Sign in');
  await page.waitForURL(`${site.origin}/me/stats?days=90`);
});

test('without scripts the preview is a click away', async () => {
  await open({ javaScriptEnabled: false });
  await page.getByLabel('Role').fill('Rear Admiral');
  await press('Preview');
  const frame = page.frameLocator('iframe');
  await frame.locator('.role', { hasText: 'Rear Admiral' }).waitFor();
  expect(await page.getByLabel('Role').inputValue()).toBe('Rear Admiral');
});

describe('with scripts', () => {
  test('the preview follows what is typed, colours and all, and nothing is saved', async () => {
    await open({ viewport: DESK });
    const frame = page.frameLocator('iframe');
    await frame.locator('h1', { hasText: 'Grace Hopper' }).waitFor();
    await page.getByLabel('Name', { exact: true }).fill('Amazing Grace');
    await page.getByLabel('Colour').fill('#ff0000');
    await page.getByText('Paper').click();
    await frame.locator('h1', { hasText: 'Amazing Grace' }).waitFor();
    await frame.locator('html[data-theme=paper]').waitFor();
    const accent = () =>
      frame.locator('html').evaluate((root) => getComputedStyle(root).getPropertyValue('--accent'));
    await vi.waitFor(async () => expect(await accent()).toBe(ground('#ff0000').ground));
    const [user] = await site.sql('SELECT display_name, theme FROM users');
    expect(user).toEqual({ display_name: 'Grace Hopper', theme: 'classic' });
    expect(complaints).toEqual([]);
  });

  test('a complaint goes once its field is corrected', async () => {
    await open();
    const field = page.locator('#edit-profile-username');
    await field.fill('no good');
    await saving(() => page.locator('#save-profile').click());
    expect(await page.locator('#edit-profile-username-about .wrong').count()).toBe(1);
    await field.fill('good');
    expect(await page.locator('#edit-profile-username-about .wrong').count()).toBe(0);
    expect(await field.getAttribute('aria-invalid')).toBeNull();
  });

  test('the colour shows what becomes of it, and the lightest one keeps an outline', async () => {
    await open();
    const color = page.locator('#edit-profile-accentColor');
    const shades = () =>
      page
        .locator('[data-samples] svg')
        .evaluateAll((all) =>
          all.map((sample) => [...sample.children].map((part) => part.getAttribute('fill'))),
        );
    await color.fill('#f59e0b');
    await expect.poll(shades).toEqual([
      ['#f59e0b', '#000000'],
      ['#ffffff', '#875706'],
      ['#181a20', '#f59e0b'],
    ]);
    await color.fill('#ffffff');
    await saving(() => page.locator('#save-profile').click());
    await page.goto(`${site.origin}/u/grace`);
    const border = await page
      .locator('.buttons .main')
      .evaluate((button) => getComputedStyle(button).borderTopColor);
    const hex = border.replace(/\D+(\d+)\D+(\d+)\D+(\d+)\D+/, (_, ...channels) =>
      channels
        .slice(0, 3)
        .reduce((text, channel) => text + Number(channel).toString(16).padStart(2, '0'), '#'),
    );
    expect(contrast(hex, '#ffffff')).toBeGreaterThan(4.5);
  });

  test('saving one form keeps what is typed into the others, and the place on the page', async () => {
    await open();
    await page.getByLabel('Role').fill('Typed');
    await page.getByText('Terminal').click();
    await addLink('https://gitlab.com/grace');
    expect(await page.getByLabel('Role').inputValue()).toBe('Typed');
    expect(await page.getByLabel('Terminal').isChecked()).toBe(true);
    expect(await page.locator('#status').textContent()).toBe('Saved.');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('new-link-address');
    await saving(() => page.locator('#save-profile').click());
    expect(await page.locator('#profile .saved').textContent()).toBe('Saved.');
  });

  test('that it was saved is seen wherever the button stood', async () => {
    await open();
    await page.getByLabel('Role').fill('Saved');
    await page.locator('#save-profile').scrollIntoViewIfNeeded();
    await saving(() => page.locator('#save-profile').click());
    const box = await page.locator('#profile .saved').boundingBox();
    expect(box?.y).toBeGreaterThanOrEqual(0);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(PHONE.height);
  });

  test('the own page is what was just saved, though the browser had kept the one before', async () => {
    await open();
    await page.goto(`${site.origin}/u/grace`);
    await page.goto(`${site.origin}/me`);
    await page.getByLabel('Role').fill('Rear Admiral');
    const refreshed = page.waitForResponse(`${site.origin}/u/grace`);
    await saving(() => page.locator('#save-profile').click());
    await (await refreshed).finished();
    await page.getByRole('link', { name: 'See my page' }).click();
    expect(await page.locator('.role').textContent()).toBe('Rear Admiral');
  });

  test('what cannot be sent stays on the page, which says so', async () => {
    await open();
    await page.getByLabel('Role').fill('Typed');
    await context.setOffline(true);
    await page.locator('#save-profile').click();
    await page.getByText('Not saved. The network did not answer.').waitFor();
    await context.setOffline(false);
    await saving(() => page.locator('#save-profile').click());
    expect(await page.getByLabel('Role').inputValue()).toBe('Typed');
    expect(await page.locator('#profile .saved').textContent()).toBe('Saved.');
  });

  test('when the session has ended meanwhile, what is typed stays until one has signed in elsewhere', async () => {
    await open();
    await page.getByLabel('Role').fill('Typed');
    const cookies = await context.cookies();
    await context.clearCookies();
    await page.locator('#save-profile').click();
    await page.getByText('Not saved. Sign in first.').waitFor();
    await context.addCookies(cookies);
    await saving(() => page.locator('#save-profile').click());
    expect(await page.locator('#profile .saved').textContent()).toBe('Saved.');
  });

  test('leaving with something unsaved is asked about', async () => {
    await open();
    await page.getByLabel('Role').fill('Typed');
    const asked = page.waitForEvent('dialog');
    const leaving = page.goto(`${site.origin}/`).catch(() => undefined);
    const dialog = await asked;
    expect(dialog.type()).toBe('beforeunload');
    await dialog.accept();
    await leaving;
  });

  test('characters are counted once few are left, as people count them', async () => {
    await open();
    await page.getByLabel('About you').fill('🦊'.repeat(290));
    expect(await page.locator('#edit-profile-bio-about').textContent()).toContain('10 left.');
    await page.getByLabel('About you').fill('🦊'.repeat(302));
    expect(await page.locator('#edit-profile-bio-about').textContent()).toContain('2 too many.');
  });

  test('leaving is not asked about when nothing is unsaved, nor after deleting everything', async () => {
    await open();
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.type());
      void dialog.accept();
    });
    await page.getByLabel('Role').fill('Saved');
    await saving(() => page.locator('#save-profile').click());
    await page.goto(`${site.origin}/me`);
    await page.locator('h1').click();
    await page.getByText('Delete my card for good').click();
    await page.getByLabel('Type grace to confirm').fill('grace');
    await press('Delete everything');
    await page.waitForURL(`${site.origin}/`);
    expect(dialogs).toEqual([]);
  });

  test('making a code asks first when something else is unsaved', async () => {
    await open();
    await page.getByLabel('Role').fill('Typed');
    const asked = page.waitForEvent('dialog');
    const pressed = press('Create the code').catch(() => undefined);
    const dialog = await asked;
    expect(dialog.type()).toBe('beforeunload');
    await dialog.dismiss();
    await pressed;
    expect(await page.getByLabel('Role').inputValue()).toBe('Typed');
  });

  test('what was refused stays while another form is saved', async () => {
    await open();
    await page.getByLabel('Role').fill('Typed');
    await page.locator('#edit-profile-username').fill('no good');
    await saving(() => page.locator('#save-profile').click());
    await addLink('https://gitlab.com/grace');
    expect(await page.getByLabel('Role').inputValue()).toBe('Typed');
    expect(await page.locator('#edit-profile-username').inputValue()).toBe('no good');
  });

  test('what is typed while the answer is under way stays, and so does the caret', async () => {
    await open();
    await page.route('**/me/profile', async (route) => {
      await page.getByLabel('Company').fill('Navy');
      await page.keyboard.press('ArrowLeft');
      await route.continue();
    });
    await page.getByLabel('Role').fill('Saved');
    await saving(() => page.locator('#save-profile').click());
    expect(await page.getByLabel('Role').inputValue()).toBe('Saved');
    await page.keyboard.type('Y');
    expect(await page.getByLabel('Company').inputValue()).toBe('NavYy');
    const [user] = await site.sql('SELECT role, company FROM users');
    expect(user).toEqual({ role: 'Saved', company: null });
  });

  test('a chosen file stays too', async () => {
    await open();
    await page.getByText('Restore from a file').click();
    await page
      .getByLabel('Your downloaded file')
      .setInputFiles({ name: 'devcard.json', mimeType: 'application/json', buffer: Buffer.from('{}') });
    await addLink('https://gitlab.com/grace');
    expect(await page.locator('#status').textContent()).toBe('Saved.');
    const names = await page
      .getByLabel('Your downloaded file')
      .evaluate((field) => [...((field as HTMLInputElement).files ?? [])].map(({ name }) => name));
    expect(names).toEqual(['devcard.json']);
  });

  test('pressed twice, a form is sent once', async () => {
    await open();
    let sent = 0;
    await page.route('**/me/links', async (route) => {
      sent++;
      await page.keyboard.press('Enter');
      await route.continue();
    });
    await addLink('https://gitlab.com/grace');
    expect(sent).toBe(1);
    expect(await links()).toEqual(['GitHub', 'GitLab']);
  });

  test('after saving or removing a link the focus is near, and it is said', async () => {
    await open();
    await addLink('https://gitlab.com/grace');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('new-link-address');
    const focused = () =>
      page.evaluate(() => [document.activeElement?.tagName, document.activeElement?.textContent]);
    await page.locator('#links summary', { hasText: 'GitLab' }).click();
    await saving(() => entry('GitLab').getByRole('button', { name: 'Save' }).click());
    expect(await focused()).toEqual(['SUMMARY', 'GitLab grace']);
    await page.locator('#links summary', { hasText: 'GitLab' }).click();
    await saving(() => entry('GitLab').getByRole('button', { name: 'Remove' }).click());
    expect(await page.locator('#status').textContent()).toBe('Saved.');
    expect(await focused()).toEqual(['H2', 'Links']);
    expect(complaints).toEqual([]);
  });

  test('what another tab saved is shown beside what is typed, though another form was sent first', async () => {
    await open();
    await page.getByLabel('Role').fill('Mine');
    const first = page;
    page = await context.newPage();
    await page.goto(`${site.origin}/me`);
    await page.getByLabel('Role').fill('Theirs');
    await saving(() => page.locator('#save-profile').click());
    page = first;
    await addLink('https://gitlab.com/grace');
    expect(await page.getByRole('alert').textContent()).toContain('changed in the meantime');
    await saving(() => page.locator('#save-profile').click());
    expect(await page.getByLabel('Role').inputValue()).toBe('Mine');
    expect(await page.locator('#edit-profile-role-about').textContent()).toContain('“Theirs”');
  });

  test('a move that was refused says so, and has the focus', async () => {
    await open();
    await addLink('https://gitlab.com/grace');
    const second = await context.newPage();
    await second.goto(`${site.origin}/me`);
    await second.getByLabel('Role').fill('Elsewhere');
    await second.locator('#save-profile').click();
    await second.locator('#profile .saved').waitFor();
    await saving(() => page.getByRole('button', { name: 'Move up: GitLab, grace' }).click());
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain(
      'changed in the meantime',
    );
  });

  test('a preview that comes into sight late shows what is typed by then', async () => {
    await open();
    await page.route('**/me/preview', async (route) => {
      await page.getByLabel('Role').fill('Rear Admiral');
      await page.waitForTimeout(600);
      await route.continue();
    });
    await page.reload();
    await page.frameLocator('iframe').locator('.role', { hasText: 'Rear Admiral' }).waitFor();
  });

  test('who has to sign in first is led to another tab', async () => {
    await open();
    await page.getByLabel('Role').fill('Typed');
    await context.clearCookies();
    await page.locator('#save-profile').click();
    const way = page.getByRole('link', { name: 'Sign in in another tab' });
    const [tab] = await Promise.all([context.waitForEvent('page'), way.click()]);
    await tab.getByRole('link', { name: 'Continue with GitHub' }).click();
    await tab.getByLabel('Login').fill('grace');
    await tab.getByRole('button', { name: 'Sign in' }).click();
    await tab.waitForURL(`${site.origin}/me`);
    await saving(() => page.locator('#save-profile').click());
    expect(await page.locator('#profile .saved').textContent()).toBe('Saved.');
    expect(await page.getByLabel('Role').inputValue()).toBe('Typed');
  });

  test('links are dragged however fast', async () => {
    await open();
    await addLink('https://gitlab.com/grace');
    await addLink('https://codeberg.org/grace');
    const grip = entry('Codeberg').locator('[data-grip]');
    await grip.scrollIntoViewIfNeeded();
    const [from, to] = [await grip.boundingBox(), await entry('GitHub').boundingBox()];
    await saving(async () => {
      await page.mouse.move((from?.x ?? 0) + 8, (from?.y ?? 0) + 8);
      await page.mouse.down();
      await page.mouse.move((from?.x ?? 0) + 8, (to?.y ?? 0) + 4);
      await page.mouse.up();
    });
    expect(await links()).toEqual(['Codeberg', 'GitHub', 'GitLab']);
  });

  test('links are dragged, with mouse or finger', async () => {
    await open();
    await addLink('https://gitlab.com/grace');
    await addLink('https://codeberg.org/grace');
    expect(await links()).toEqual(['GitHub', 'GitLab', 'Codeberg']);
    const grip = entry('Codeberg').locator('[data-grip]');
    const target = entry('GitHub');
    await grip.scrollIntoViewIfNeeded();
    const [from, to] = [await grip.boundingBox(), await target.boundingBox()];
    // Wide enough for a finger.
    expect(from?.width).toBeGreaterThanOrEqual(32);
    await saving(async () => {
      await page.mouse.move((from?.x ?? 0) + 8, (from?.y ?? 0) + 8);
      await page.mouse.down();
      await page.mouse.move((from?.x ?? 0) + 8, (to?.y ?? 0) + 4, { steps: 12 });
      await page.mouse.up();
    });
    expect(await links()).toEqual(['Codeberg', 'GitHub', 'GitLab']);
    await page.locator('#status', { hasText: 'Codeberg is now 1 of 3.' }).waitFor({ state: 'attached' });
    await page.reload();
    expect(await links()).toEqual(['Codeberg', 'GitHub', 'GitLab']);
  });

  test('links are moved by keyboard, which keeps the focus and is told where they are', async () => {
    await open();
    await addLink('https://gitlab.com/grace');
    await addLink('https://codeberg.org/grace');
    await page.getByRole('button', { name: 'Move up: Codeberg, grace' }).focus();
    await saving(() => page.keyboard.press('Enter'));
    expect(await links()).toEqual(['GitHub', 'Codeberg', 'GitLab']);
    expect(await page.locator('#status').textContent()).toBe('Codeberg is now 2 of 3.');
    await saving(() => page.keyboard.press('Enter'));
    expect(await links()).toEqual(['Codeberg', 'GitHub', 'GitLab']);
    // Up is no more possible: the other arrow of the same link has the focus.
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
      'Move down: Codeberg, grace',
    );
  });
});

describe('a code to hold up', () => {
  /** What a scanner reads from the screen. */
  async function scanned(): Promise<string | undefined> {
    const [code] = await readBarcodes(new Uint8Array(await page.screenshot()), { formats: ['QRCode'] });
    return code?.text;
  }

  test.each([
    ['phone', PHONE],
    ['desk', DESK],
  ] as const)('%s: is read from the screen, white to its edges also in the dark', async (name, viewport) => {
    await open({ viewport, colorScheme: 'dark' });
    await page.goto(`${site.origin}/me/code`);
    expect(await scanned()).toBe(`${site.origin}/u/grace?source=qr`);
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(
      'rgb(255, 255, 255)',
    );
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(viewport.width);
    expect(await axeViolations(page)).toEqual([]);
    await shot(`code-${name}`);
    await press('Full screen');
    await page.waitForFunction(() => document.fullscreenElement !== null);
    expect(complaints).toEqual([]);
  });

  test('is read where colours are forced, light on dark', async () => {
    await open({ forcedColors: 'active', colorScheme: 'dark' });
    await page.goto(`${site.origin}/me/code`);
    expect(await scanned()).toBe(`${site.origin}/u/grace?source=qr`);
  });

  test('for places without a network can be read too, and opens the card', async () => {
    // Tests before this one revoke the passes of grace: for a minute that counts for what is signed under the name again.
    await open({}, 'grace-offline');
    await press('Create the code');
    await page.getByText('Works without a network until').waitFor();
    await page.getByRole('button', { name: 'Full screen' }).waitFor();
    expect(complaints).toEqual([]);
    expect(await axeViolations(page)).toEqual([]);
    await shot('code-offline');
    const url = await scanned();
    expect(url).toMatch(new RegExp(`^${site.origin}/c#\\d+$`));
    await page.goto(url as string);
    const card = page.getByRole('heading', { name: 'Grace Hopper' });
    const again = page.getByRole('button', { name: 'Check again online' });
    // The scanner waits 5 s for the keys, and a busy machine may take longer.
    await expect
      .poll(
        async () => {
          if (await again.isVisible()) await again.click();
          return card.isVisible();
        },
        { interval: 500, timeout: 30_000 },
      )
      .toBe(true);
  });
});

describe.each([
  ['phone', PHONE],
  ['desk', DESK],
] as const)('%s', (size, viewport) => {
  test.each(['light', 'dark'] as const)(
    '%s: axe-core finds nothing, and nothing overflows',
    async (colorScheme) => {
      await open({ viewport, colorScheme });
      await addLink('https://gitlab.com/grace');
      await addLink(`https://example.org/${'long/'.repeat(30)}`);
      await page.getByText('Make a card').click();
      await page
        .locator('#new-card')
        .getByLabel('Title')
        .fill('A title that is as long as titles can be '.repeat(2));
      await saving(() => press('Make the card'));
      const widths = () => page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      expect(await axeViolations(page)).toEqual([]);
      await shot(`editor-${size}-${colorScheme}`);
      await page.locator('#edit-profile-username').fill('no good');
      await saving(() => page.locator('#save-profile').click());
      await page.evaluate(() => {
        for (const details of document.querySelectorAll('details')) details.open = true;
      });
      expect(await axeViolations(page)).toEqual([]);
      await shot(`editor-open-${size}-${colorScheme}`);
      const [width, screen] = await widths();
      expect(width).toBe(screen);
      expect(complaints).toEqual([]);
    },
  );
});

test('the keyboard alone reaches every control, and shows where it is', async () => {
  await open({ viewport: DESK });
  await addLink('https://gitlab.com/grace');
  await page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
    (document.activeElement as HTMLElement).blur();
    window.getSelection()?.removeAllRanges();
  });
  await page.locator('h1').click();
  const wanted = await page.evaluate(() => {
    const controls = document.querySelectorAll(
      'a, button, input:not([type=hidden]), select, textarea, summary',
    );
    const isWanted = (element: Element) =>
      element.checkVisibility() && !(element as HTMLButtonElement).disabled && !element.matches('.skip');
    return [...controls].filter(isWanted).map((element, i) => {
      element.setAttribute('data-wanted', String(i));
      // Of a group of radio buttons the keyboard reaches one, and the arrows the others.
      return (element as HTMLInputElement).type === 'radio' && !(element as HTMLInputElement).checked
        ? -1
        : i;
    });
  });
  const reached = new Set<number>();
  for (let i = 0; i < wanted.length + 40; i++) {
    await page.keyboard.press('Tab');
    const [id, outline] = await page.evaluate(() => {
      const active = document.activeElement as HTMLElement;
      return [active.dataset.wanted, getComputedStyle(active).outlineStyle];
    });
    if (id === undefined) continue;
    expect(outline).not.toBe('none');
    reached.add(Number(id));
  }
  expect(wanted.filter((id) => id >= 0 && !reached.has(id))).toEqual([]);
});
