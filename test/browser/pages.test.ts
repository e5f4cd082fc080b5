/** The public pages in Chromium: with and without scripts, every look, on paper, right to left, and under axe-core. */
import { mkdirSync } from 'node:fs';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { THEMES } from '../../src/domain/themes.ts';
import { type Site, startSite } from '../harness/site.ts';
import { axeViolations } from './axe.ts';
import { ADA, addPerson, LAYLA, LONGEST, type Person } from './people.ts';

/** With SCREENSHOTS=<folder> every page that is checked is also kept as a picture. */
const { SCREENSHOTS } = process.env;

/** As light as can be, in the middle, and loud. */
const HARD_COLORS = ['#ffffff', '#808080', '#ff0000'];

const PHONE = { width: 360, height: 740 };
const DESK = { width: 1280, height: 800 };

let site: Site;
let cardPath: string;

const themed = (theme: string): Person => ({ ...ADA, username: `Ada-${theme}`, theme });

beforeAll(async () => {
  site = await startSite();
  const { cardIds } = await addPerson(site.sql, ADA);
  cardPath = `/u/Ada/card/${cardIds[0]}`;
  for (const { id } of THEMES) await addPerson(site.sql, themed(id));
  for (const person of [LONGEST, LAYLA]) await addPerson(site.sql, person);
  for (const [i, accentColor] of HARD_COLORS.entries())
    for (const { id } of THEMES)
      await addPerson(site.sql, { ...themed(id), username: `Hard-${i}-${id}`, accentColor });
  if (SCREENSHOTS) mkdirSync(SCREENSHOTS, { recursive: true });
});

afterAll(() => site?.close());

/** Opens a page in a fresh browser context, and closes it again. */
async function visit<T>(
  path: string,
  options: BrowserContextOptions,
  look: (page: Page, requests: string[]) => Promise<T>,
): Promise<T> {
  const context = await site.browser.newContext({ viewport: PHONE, locale: 'en', ...options });
  try {
    const page = await context.newPage();
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(site.origin + path);
    return await look(page, requests);
  } finally {
    await context.close();
  }
}

async function overflows(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
}

const shot = async (page: Page, name: string) => {
  if (SCREENSHOTS) await page.screenshot({ path: `${SCREENSHOTS}/${name}.png`, fullPage: true });
};

describe('one visit', () => {
  test('costs the page, the script and the icon, and nothing of anybody else', async () => {
    await visit('/u/Ada', {}, async (page, requests) => {
      await page.waitForLoadState('networkidle');
      const paths = requests.map((url) => url.replace(site.origin, '').replace(/-[\w-]{10}\.js$/, '.js'));
      expect(paths.filter((path) => path !== '/favicon.svg')).toEqual(['/u/Ada', '/files/buttons.js']);
      expect(await page.context().cookies()).toEqual([]);
    });
  });

  test('breaks no rule of its own policy, shifts nothing, and shows text first', async () => {
    await visit('/u/Ada', {}, async (page) => {
      const complaints: string[] = [];
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      await page.reload();
      const { shift, largest } = await page.evaluate(
        () =>
          new Promise<{ shift: number; largest: string }>((resolve) => {
            let shift = 0;
            let largest = '';
            type Entry = PerformanceEntry & { value: number; element?: Element };
            new PerformanceObserver((list) => {
              for (const entry of list.getEntries() as Entry[]) shift += entry.value;
            }).observe({ type: 'layout-shift', buffered: true });
            new PerformanceObserver((list) => {
              largest = (list.getEntries().at(-1) as Entry).element?.tagName ?? '';
            }).observe({ type: 'largest-contentful-paint', buffered: true });
            setTimeout(() => resolve({ shift, largest }), 300);
          }),
      );
      expect(complaints).toEqual([]);
      expect(shift).toBe(0);
      expect(['P', 'H1']).toContain(largest);
    });
  });
});

describe('without scripts', () => {
  test('everything is there but the buttons that need one', async () => {
    await visit('/u/Ada', { javaScriptEnabled: false }, async (page) => {
      expect(await page.locator('h1').textContent()).toBe('Ada Lovelace');
      expect(await page.locator('.links li').count()).toBe(8);
      expect(await page.locator('.links a').count()).toBe(7);
      expect(await page.locator('.url').textContent()).toContain('/u/Ada');
      expect(await page.locator('button:visible').count()).toBe(0);
      const saved = page.waitForEvent('download');
      await page.getByRole('link', { name: 'Save contact' }).click();
      expect((await saved).suggestedFilename()).toBe('Ada.vcf');
    });
  });
});

describe('with scripts', () => {
  test('the address can be copied, and the button says so', async () => {
    const permissions = ['clipboard-read', 'clipboard-write'];
    await visit('/u/Ada', { permissions }, async (page) => {
      await page.getByRole('button', { name: 'Copy link' }).click();
      await page.getByRole('button', { name: 'Link copied' }).waitFor();
      expect(await page.getByRole('status').textContent()).toBe('Link copied');
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${site.origin}/u/Ada`);
    });
  });

  test('the address can be shared where the browser can share', async () => {
    const context = await site.browser.newContext({ viewport: PHONE });
    try {
      await context.addInitScript(() => {
        Object.defineProperty(navigator, 'share', {
          value: (data: unknown) => {
            document.title = JSON.stringify(data);
            return Promise.resolve();
          },
        });
      });
      const page = await context.newPage();
      await page.goto(`${site.origin}/u/Ada`);
      await page.getByRole('button', { name: 'Share' }).click();
      expect(JSON.parse(await page.title())).toEqual({ url: `${site.origin}/u/Ada`, title: 'Ada Lovelace' });
    } finally {
      await context.close();
    }
  });
});

describe('axe-core finds nothing', () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    test.each(THEMES.map(({ id }) => id))(`in the look %s, ${colorScheme}`, async (theme) => {
      for (const [size, viewport] of [
        ['phone', PHONE],
        ['desk', DESK],
      ] as const) {
        await visit(`/u/Ada-${theme}`, { colorScheme, viewport }, async (page) => {
          await shot(page, `${theme}-${colorScheme}-${size}`);
          expect(await axeViolations(page)).toEqual([]);
          expect(await overflows(page)).toBe(false);
        });
      }
    });

    test(`in any colour, ${colorScheme}`, async () => {
      // One page for all: a browser context for each costs more than the look at it.
      await visit('/', { colorScheme }, async (page) => {
        for (let i = 0; i < HARD_COLORS.length; i++) {
          for (const { id } of THEMES) {
            await page.goto(`${site.origin}/u/Hard-${i}-${id}`);
            expect([i, id, await axeViolations(page, ['color-contrast'])]).toEqual([i, id, []]);
          }
        }
      });
    });

    test(`on cards, the start page and pages that fail, ${colorScheme}`, async () => {
      const pages = { card: cardPath, start: '/', missing: '/u/nobody-here' };
      for (const [name, path] of Object.entries(pages)) {
        for (const [size, viewport] of [
          ['phone', PHONE],
          ['desk', DESK],
        ] as const) {
          await visit(path, { colorScheme, viewport }, async (page) => {
            await shot(page, `${name}-${colorScheme}-${size}`);
            expect([name, await axeViolations(page)]).toEqual([name, []]);
            expect(await overflows(page)).toBe(false);
          });
        }
      }
    });
  }

  test('with the longest texts, and in Arabic from right to left', async () => {
    for (const [size, viewport] of [
      ['phone', PHONE],
      ['desk', DESK],
    ] as const) {
      await visit(`/u/${LONGEST.username}`, { viewport }, async (page) => {
        await shot(page, `longest-${size}`);
        expect(await axeViolations(page)).toEqual([]);
        expect(await overflows(page)).toBe(false);
      });
      await visit('/u/layla', { viewport, locale: 'ar' }, async (page) => {
        await shot(page, `arabic-${size}`);
        expect(await page.evaluate(() => document.dir)).toBe('rtl');
        expect(await axeViolations(page)).toEqual([]);
        expect(await overflows(page)).toBe(false);
        // The marks stand where reading begins.
        const mark = await page.locator('.links svg').first().boundingBox();
        const words = await page.locator('.links b').first().boundingBox();
        expect(mark?.x).toBeGreaterThan(words?.x as number);
      });
    }
  });
});

test('every link and button is at least 24 pixels high and wide', async () => {
  await visit('/u/Ada', {}, async (page) => {
    for (const target of await page.locator('a:visible, button:visible').all()) {
      const box = await target.boundingBox();
      expect(box?.height).toBeGreaterThanOrEqual(24);
      expect(box?.width).toBeGreaterThanOrEqual(24);
    }
  });
});

test('focus is visible on whatever the keyboard reaches', async () => {
  await visit('/u/Ada', {}, async (page) => {
    for (let i = 0; i < 10; i++) {
      await page.keyboard.press('Tab');
      const outline = await page.evaluate(
        () => getComputedStyle(document.activeElement as Element).outlineWidth,
      );
      expect(outline).toBe('3px');
    }
  });
});

test('on paper it is a light badge with name and code, without buttons and links', async () => {
  await visit('/u/Ada', { colorScheme: 'dark', viewport: DESK }, async (page) => {
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await shot(page, 'paper');
    expect(await page.locator('.buttons').isVisible()).toBe(false);
    expect(await page.locator('.links').isVisible()).toBe(false);
    expect(await page.locator('.qr svg').isVisible()).toBe(true);
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(
      'rgb(255, 255, 255)',
    );
    const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
    expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  });
});
