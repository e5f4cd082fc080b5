/** A Worker as a fresh isolate has it: empty memory, closed breaker, settings of its own. */

import { createExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { bootstrap } from '../../src/bootstrap.ts';
import type { DEFAULT_SETTINGS } from '../../src/settings.ts';

type Variables = Partial<Record<keyof typeof DEFAULT_SETTINGS, number>> & { [variable: string]: unknown };

/** Starts another isolate of the Worker over the same engines. @param variables in place of the test run's own */
export function startIsolate(variables: Variables = {}) {
  const all = { ...env, ...variables };
  const worker = bootstrap(all);
  const ask = async (path: string, init?: RequestInit): Promise<Response> =>
    worker.fetch(new Request(new URL(path, all.PUBLIC_ORIGIN), init), {}, createExecutionContext());
  const askAs = (token: string, method: string, path: string, body?: unknown): Promise<Response> => {
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
    return ask(path, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
  };
  return { ask, askAs, rollUpViews: worker.rollUpViews, tidy: worker.tidy };
}
