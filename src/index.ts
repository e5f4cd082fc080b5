/** The Worker's entrypoints: the one that the world asks, and the one behind the data centre's cache. */
import { cache, WorkerEntrypoint } from 'cloudflare:workers';
import { bootstrap } from './bootstrap.ts';
import { PROBLEMS } from './domain/problem.ts';

let started: ReturnType<typeof bootstrap> | undefined;

/** Once per isolate: bindings do not change while it lives. */
function start(env: Env, { exports }: ExecutionContext) {
  // Where the platform has no such cache (workerd on a laptop), the way through it would only cost.
  started ??= bootstrap(env, typeof cache?.purge === 'function' ? exports.CachedRecords : undefined);
  return started;
}

export default {
  fetch(request, env, ctx) {
    try {
      return start(env, ctx).fetch(request, env, ctx);
    } catch (error) {
      // A variable is missing or wrong: which one is for the log only.
      console.error(JSON.stringify({ event: 'start.failed', error: String(error) }));
      return startFailure(request);
    }
  },

  async scheduled(_controller, env, ctx) {
    await start(env, ctx).rollUpViews();
  },
} satisfies ExportedHandler<Env>;

/** What `problemAnswer` would say, if there were an application to say it. */
function startFailure(request: Request): Response {
  const { status, title } = PROBLEMS.internal;
  const requestId = request.headers.get('CF-Ray') ?? crypto.randomUUID();
  const body = { type: '/docs#problem-internal', title, status, code: 'internal', requestId, error: title };
  return Response.json(body, {
    status,
    headers: {
      'Content-Type': 'application/problem+json',
      'Cache-Control': 'no-store',
      'X-Request-Id': requestId,
      'X-Content-Type-Options': 'nosniff',
    },
  });
}

/** Records by name behind Workers Caching (`[cache]` in wrangler.toml). Not reachable from outside. */
export class CachedRecords extends WorkerEntrypoint<Env> {
  override fetch(request: Request): Promise<Response> {
    return start(this.env, this.ctx).record(request);
  }

  /** A purge reaches only what the entrypoint that asks for it has cached: hence it is asked for here. */
  purge(tags: string[]): Promise<{ success: boolean }> {
    return cache.purge({ tags });
  }
}
