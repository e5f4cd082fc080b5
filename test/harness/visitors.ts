/** People who look at cards, for tests that count them. */

import { createExecutionContext, createScheduledController, waitOnExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { expect } from 'vitest';
import type { ViewReport } from '../../src/domain/views/view-report.ts';
import worker from '../../src/index.ts';
import { ask, askAs } from './fixtures.ts';
import { eventually } from './worker.ts';

export const PHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1';
export const DESKTOP =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

interface Visitor {
  address?: string;
  userAgent?: string;
  country?: string;
  method?: string;
  headers?: Record<string, string>;
}

/** Looks at a page as Cloudflare would pass the request on. */
export function look(
  path: string,
  { address = '203.0.113.7', userAgent = PHONE, country = 'DE', method = 'GET', headers }: Visitor = {},
): Promise<Response> {
  return ask(path, {
    method,
    headers: { 'CF-Connecting-IP': address, 'User-Agent': userAgent, ...headers },
    cf: { country },
  });
}

/** An owner's report. */
export async function reportOf(token: string, days = 30): Promise<ViewReport> {
  const response = await askAs(token, 'GET', `/api/analytics/overview?days=${days}`);
  expect(response.status).toBe(200);
  return response.json();
}

/** The owner's report once it counts so many views; fails when it does not get there. */
export async function reportWith(views: number, token: string, days = 30): Promise<ViewReport> {
  return eventually(async () => {
    const report = await reportOf(token, days);
    expect(report.totalViews).toBe(views);
    return report;
  });
}

/** Runs a cron trigger: the hourly one, or the one that is named. */
export async function runCron(cron = '23 * * * *'): Promise<void> {
  const ctx = createExecutionContext();
  await worker.scheduled(createScheduledController({ cron }), env);
  await waitOnExecutionContext(ctx);
}
