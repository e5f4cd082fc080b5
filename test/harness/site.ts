/** The whole site for browser tests: the Worker under wrangler on the run's stack, and Chromium to look at it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { freePort } from '../../dev/http.ts';
import { startWorker, type WorkerProcess } from '../../dev/worker-process.ts';
import type { TestBindings } from './bindings.ts';
import { chromiumPath } from './chromium.ts';

export interface Site {
  /** Such as `http://localhost:40123`. */
  origin: string;
  browser: Browser;
  /** Runs SQL on the engine itself. */
  sql(query: string, params?: unknown[]): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

/** Starts Worker and browser; what had started is stopped when something fails. */
export async function startSite(bindings: TestBindings): Promise<Site> {
  const parts = new AsyncDisposableStack();
  try {
    const dir = await mkdtemp(join(tmpdir(), 'devcard-site-'));
    parts.defer(() => rm(dir, { recursive: true, force: true }));
    const { origin, worker } = await serveSite(bindings, dir);
    parts.defer(() => worker.close());
    const browser = await chromium.launch({
      executablePath: chromiumPath() as string,
      args: ['--no-sandbox', '--disable-dev-shm-usage'],
    });
    parts.defer(() => browser.close());
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
    return { origin, browser, sql, close: () => parts.disposeAsync() };
  } catch (error) {
    await parts.disposeAsync();
    throw error;
  }
}

/** Starts the Worker alone, and waits until it answers; `dir` keeps its state. */
export async function serveSite(
  bindings: TestBindings,
  dir: string,
): Promise<{ origin: string; worker: WorkerProcess }> {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const { TEST_NEON_ENDPOINT, TEST_UPSTASH_URL, TEST_IDENTITY_PROVIDER, ...others } = bindings;
  const { TEST_CONTROL_URL: _, ...variables } = others;
  // No wire between: nobody counts here, and the pages must not see what other tests do to the wires.
  const direct = {
    ...variables,
    NEON_FETCH_ENDPOINT: TEST_NEON_ENDPOINT,
    UPSTASH_REDIS_REST_URL: TEST_UPSTASH_URL,
    PUBLIC_ORIGIN: origin,
    OAUTH_DEV_ISSUER: TEST_IDENTITY_PROVIDER,
    RATE_LIMITS: 'off',
  };
  const worker = await startWorker(port, direct, dir);
  await worker.ready.catch(async (error) => {
    await worker.close();
    throw error;
  });
  return { origin, worker };
}
