/** Mounts the routes, and says what happens to every request: its limits, its errors. */
import { type Context, Hono } from 'hono';
import { cors } from 'hono/cors';
import { HTTPException } from 'hono/http-exception';
import { Problem } from './domain/problem.ts';
import type { Log } from './ports.ts';
import { signIn } from './routes/auth/sign-in.ts';
import type { AppEnv, Services } from './routes/context.ts';
import { everyRequest, PUBLIC_PREFIXES } from './routes/middleware/every-request.ts';
import { limitByPath } from './routes/middleware/rate-limit.ts';
import { analytics } from './routes/owner/analytics.ts';
import { ownerCards } from './routes/owner/cards.ts';
import { ownerProfile } from './routes/owner/profile.ts';
import { editor } from './routes/pages/editor.tsx';
import { editorForms } from './routes/pages/editor-forms.ts';
import { ownPageProblem } from './routes/pages/own-pages.tsx';
import { problemPage } from './routes/pages/pages.ts';
import { stats } from './routes/pages/stats.ts';
import { problemAnswer } from './routes/problem-answer.ts';
import { arrivalAnswer } from './routes/public/arrivals.ts';
import { RememberingRouter } from './routes/remembering-router.ts';
import { handlersOf } from './routes/route.ts';
import { ROUTES } from './routes/routes.ts';

/** Of an error's texts: some repeat what was sent. */
const MAX_LOGGED_CHARACTERS = 2_000;

const METHODS = ['GET', 'POST', 'PUT', 'DELETE'];

/** Seconds for which a browser need not ask again whether a page of another site may ask. */
const PREFLIGHT_MAX_AGE_SECONDS = 86_400;

interface AppDeps {
  /** Of this deployment, without a final slash. */
  origin: string;
  services: Services;
  log: Log;
}

/** Builds the application over its services. */
export function createApp({ origin, services, log }: AppDeps) {
  const publicPaths = PUBLIC_PREFIXES.map((prefix) => `${prefix}*`);

  const app = new Hono<AppEnv>({ router: new RememberingRouter() });
  app
    .use(everyRequest({ services, origin, log }))
    .on('OPTIONS', publicPaths, function preflight(c, next) {
      const allowMethods = methodsOf(c.req.path);
      if (allowMethods.length === 0) return next();
      return cors({ origin: '*', maxAge: PREFLIGHT_MAX_AGE_SECONDS, allowMethods })(c, next);
    })
    .use(limitByPath);
  for (const route of ROUTES) app.on(route.method, [route.path], ...handlersOf(route));
  // Routes that are not in `ROUTES` yet.
  app
    .route('/api/profiles/me', ownerProfile)
    .route('/api/cards', ownerCards)
    .route('/api/analytics', analytics)
    .route('/auth', signIn)
    .route('/', stats)
    .route('/', editor)
    .route('/me', editorForms);

  app.notFound((c) => {
    const allowed = methodsOf(c.req.path);
    if (allowed.length === 0) return problemResponse(c, new Problem('not-found'));
    return problemResponse(c, new Problem('method-not-allowed', { headers: { Allow: allowed.join(', ') } }));
  });

  app.onError((error, c) => {
    if (error instanceof Problem && error.code !== 'internal') {
      if (error.status >= 500) log('request.unavailable', { requestId: c.var.requestId, cause: error.cause });
      return problemResponse(c, error);
    }
    // Hono's own exceptions speak of malformed JSON and the like.
    if (error instanceof HTTPException && error.status < 500) {
      return problemResponse(c, new Problem('malformed-request', { detail: error.message }));
    }
    log('request.failed', {
      requestId: c.var.requestId,
      error: error.name,
      message: error.message.slice(0, MAX_LOGGED_CHARACTERS),
      stack: error.stack?.slice(0, MAX_LOGGED_CHARACTERS),
    });
    return problemResponse(c, new Problem('internal'));
  });

  /** A page to who looks at pages, problem+json to everybody else. */
  async function problemResponse(c: Context<AppEnv>, problem: Problem): Promise<Response> {
    const arrival = await arrivalAnswer(c, problem);
    if (arrival instanceof Response) return arrival;
    const told = arrival ?? problem;
    return (await ownPageProblem(c, told)) ?? (await problemPage(c, told)) ?? problemAnswer(c, told);
  }

  /** The methods that a route (not only middleware, which is registered for ALL) answers at a path. */
  function methodsOf(path: string): string[] {
    const methods = METHODS.filter((method) =>
      app.router.match(method, path)[0].some(([[, route]]) => route.method === method),
    );
    return methods.includes('GET') ? [...methods, 'HEAD'] : methods;
  }

  return app;
}
