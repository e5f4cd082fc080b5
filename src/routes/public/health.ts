/** `/healthz`, `/health` and `/readyz`: whether the Worker runs, and whether it can reach what it needs. */
import { Hono } from 'hono';
import type { AppEnv } from '../context.ts';

const NO_STORE = { 'Cache-Control': 'no-store' };

/** Seconds after which a monitor may ask again. */
const RETRY_AFTER_SECONDS = 5;

export const health = new Hono<AppEnv>()
  .get('/healthz', (c) => c.json({ status: 'ok' }, 200, NO_STORE))
  // As monitors of an existing DevCard ask.
  .get('/health', (c) => {
    const timestamp = new Date().toISOString();
    return c.json({ status: 'ok', timestamp, service: 'devcard-api' }, 200, NO_STORE);
  })
  .get('/readyz', async (c) => {
    const readiness = await c.var.services.readiness.check();
    if (readiness.status !== 'unavailable') return c.json(readiness, 200, NO_STORE);
    return c.json(readiness, 503, { ...NO_STORE, 'Retry-After': String(RETRY_AFTER_SECONDS) });
  });
