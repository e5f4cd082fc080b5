/** The Worker's entrypoint: requests, and the cron triggers. */
import { bootstrap } from './bootstrap.ts';
import { PROBLEMS } from './domain/problem.ts';
import { DAILY_CRON } from './settings.ts';

let started: ReturnType<typeof bootstrap> | undefined;

/** Once per isolate: bindings do not change while it lives. */
function start(env: Env) {
  started ??= bootstrap(env);
  return started;
}

export default {
  fetch(request, env, ctx) {
    try {
      return start(env).fetch(request, env, ctx);
    } catch (error) {
      // A variable is missing or wrong: which one is for the log only.
      console.error(JSON.stringify({ event: 'start.failed', error: String(error) }));
      return startFailure(request);
    }
  },

  async scheduled({ cron }, env) {
    const { rollUpViews, tidy } = start(env);
    await (cron === DAILY_CRON ? tidy() : rollUpViews());
  },
} satisfies ExportedHandler<Env>;

/** What `problemAnswer` would say, if there were an application to say it. */
function startFailure(request: Request): Response {
  const { status, title } = PROBLEMS.internal;
  const requestId = request.headers.get('CF-Ray') ?? crypto.randomUUID();
  const body = {
    type: '/docs#problem-internal',
    title,
    status,
    code: 'internal',
    requestId,
    error: title,
    message: title,
  };
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
