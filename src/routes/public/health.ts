/** `/healthz`, `/health` and `/readyz`: whether the Worker runs, and whether it can reach what it needs. */
import { FREE_READ, route } from '../route.ts';

const NO_STORE = { 'Cache-Control': 'no-store' };

/** Seconds after which a monitor may ask again. */
const RETRY_AFTER_SECONDS = 5;

export const health = [
  route('GET /healthz', {
    ...FREE_READ,
    docs: DESCRIBED && {
      id: 'checkHealth',
      summary: 'Whether the Worker runs',
      kind: 'public',
      answer: 'Health',
      example: { answer: { status: 'ok' } },
    },
    handle: (c) => c.json({ status: 'ok' }, 200, NO_STORE),
  }),

  route('GET /health', {
    ...FREE_READ,
    docs: DESCRIBED && {
      id: 'checkHealthAsBefore',
      summary: 'The same, as the existing DevCard answers it',
      kind: 'public',
      answer: 'ApiHealth',
      example: {},
    },
    handle: (c) =>
      c.json({ status: 'ok', timestamp: new Date().toISOString(), service: 'devcard-api' }, 200, NO_STORE),
  }),

  route('GET /readyz', {
    ...FREE_READ,
    docs: DESCRIBED && {
      id: 'checkReadiness',
      summary: 'Whether Neon and Upstash answer; 503 where nothing new can be read',
      kind: 'public',
      answer: 'Readiness',
      failing: 503,
      example: {
        answer: {
          status: 'ok',
          neon: { status: 'ok', latencyMs: 12 },
          upstash: { status: 'ok', latencyMs: 4 },
        },
      },
    },
    handle: async (c) => {
      const readiness = await c.var.services.readiness.check();
      if (readiness.status !== 'unavailable') return c.json(readiness, 200, NO_STORE);
      return c.json(readiness, 503, { ...NO_STORE, 'Retry-After': String(RETRY_AFTER_SECONDS) });
    },
  }),
];
