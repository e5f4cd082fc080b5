/** The whole site for browser tests: the Worker under wrangler on this lane, and the run's Chromium to look at it. */
import { type Browser, chromium } from 'playwright-core';
import type { TestBindings } from './bindings.ts';
import { laneBindings, laneSite, sharedBrowser } from './lane-client.ts';
import { PageErrors } from './page-errors.ts';

export interface Site {
  /** Such as `http://localhost:40123`. */
  origin: string;
  browser: Browser;
  /** The variables of the lane, whose wires this site passes by. */
  bindings: TestBindings;
  /** Runs SQL on the engine itself. */
  sql(query: string, params?: unknown[]): Promise<Record<string, unknown>[]>;
  /** Leaves the browser; the site goes on for the next file. */
  close(): Promise<void>;
}

/** The site without people, and without what caches held of them. */
export async function startSite(): Promise<Site> {
  const [bindings, { origin }, browser] = await Promise.all([
    laneBindings(),
    laneSite(),
    sharedBrowser().then((address) => chromium.connect(address)),
  ]);
  const errors = new PageErrors();
  const newContext = browser.newContext.bind(browser);
  browser.newContext = async (options) => errors.watch(await newContext(options));
  const sql: Site['sql'] = async (query, params = []) => {
    const response = await fetch(bindings.TEST_NEON_ENDPOINT, {
      method: 'POST',
      headers: { 'neon-connection-string': bindings.DATABASE_URL },
      body: JSON.stringify({ query, params }),
    });
    const { rows, message } = (await response.json()) as {
      rows: Record<string, unknown>[];
      message?: string;
    };
    if (!response.ok) throw new Error(message);
    return rows;
  };
  await sql('truncate users cascade');
  await fetch(bindings.TEST_UPSTASH_URL, {
    method: 'POST',
    headers: { authorization: `Bearer ${bindings.UPSTASH_REDIS_REST_TOKEN}` },
    body: JSON.stringify(['FLUSHDB']),
  });
  const close = async () => {
    await browser.close();
    errors.check();
  };
  return { origin, browser, bindings, sql, close };
}
