/** A Worker whose configuration is incomplete says so in the log, and nothing of it outside. */
import { createExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { expect, test, vi } from 'vitest';

test('a missing variable is a 500 that names nothing; the log names it', async () => {
  // The Worker of another test would have started already.
  vi.resetModules();
  const { default: worker } = await import('../../src/index.ts');
  const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const incomplete = { ...env, QR_SIGNING_KEYS: undefined } as unknown as Env;
  const request = new Request('https://devcard.example/api/public/ada') as Parameters<typeof worker.fetch>[0];
  const response = await worker.fetch(request, incomplete, createExecutionContext());
  expect(response.status).toBe(500);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'cache-control': 'no-store',
    'content-type': 'application/problem+json',
    'x-content-type-options': 'nosniff',
  });
  // Nothing names the variable.
  expect(await response.json()).toEqual({
    type: '/docs#problem-internal',
    title: 'Internal error',
    status: 500,
    code: 'internal',
    requestId: response.headers.get('X-Request-Id'),
    error: 'Internal error',
    message: 'Internal error',
  });
  expect(JSON.parse(log.mock.calls[0]?.[0])).toEqual({
    event: 'start.failed',
    error: 'EnvError: Configuration: QR_SIGNING_KEYS: is missing',
  });
});
