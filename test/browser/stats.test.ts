/** `/me/stats` in a browser: nothing for axe to complain of, nothing refused by the policy, no overflow on a phone. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseKeyRing } from '../../src/domain/tokens/key-ring.ts';
import { signOwnerSession } from '../../src/domain/tokens/owner-session.ts';
import { type Site, startSite } from '../harness/site.ts';
import { ADA, addPerson } from './people.ts';

let site: Site;
let token: string;
let axe: string;

beforeAll(async () => {
  site = await startSite();
  axe = await readFile(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
  const { id } = await addPerson(site.sql, ADA);
  const now = Math.floor(Date.now() / 1000);
  const ring = parseKeyRing(site.bindings.SESSION_KEYS, 'HS256');
  token = await signOwnerSession({ id, epoch: 0 }, { ring, origin: site.origin, now });
  await site.sql(
    `INSERT INTO view_counts (owner_id, day, kind, source, views, latest)
     SELECT $1, day, 'profile', source, 1 + (extract(day FROM day)::int * length(source)) % 17, day
     FROM generate_series(current_date - 80, current_date, interval '1 day') AS day, unnest(array['qr','link','web']) AS source
     WHERE extract(dow FROM day) > 0`,
    [id],
  );
  await site.sql(
    `INSERT INTO view_facets (owner_id, day, facet, value, views)
     SELECT $1, day, 'country', country, 1 + (extract(day FROM day)::int * ascii(country)) % 23
     FROM generate_series(current_date - 80, current_date, interval '2 days') AS day,
       unnest(array['DE','FR','IN','US','JP','BR','NG','XX','T1','GB']) AS country`,
    [id],
  );
  await site.sql(
    `INSERT INTO view_visitors (owner_id, day, visitors)
     SELECT $1, day, 5 FROM generate_series(current_date - 80, current_date, interval '1 day') AS day`,
    [id],
  );
});

afterAll(() => site?.close());

test.each([
  [360, 'light', 30],
  [1280, 'light', 90],
  [360, 'dark', 90],
  [1280, 'dark', 30],
] as const)('%i px, %s, %i days', async (width, colorScheme, days) => {
  const page = await site.browser.newPage({
    viewport: { width, height: 900 },
    colorScheme,
    extraHTTPHeaders: { Authorization: `Bearer ${token}` },
  });
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  const response = await page.goto(`${site.origin}/me/stats?days=${days}`);
  expect(response?.status()).toBe(200);
  await page.locator('summary').click();
  expect(await page.locator('tbody tr').count()).toBeGreaterThan(20);
  expect(complaints).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
  const { violations } = (await page.evaluate(`${axe}; axe.run()`)) as { violations: { id: string }[] };
  expect(violations.map(({ id }) => id)).toEqual([]);
  if (process.env.SCREENSHOTS)
    await page.screenshot({
      path: `${process.env.SCREENSHOTS}/stats-${width}-${colorScheme}.png`,
      fullPage: true,
    });
  await page.close();
});
