/** Counts views: routes say what an answer shows, and the outermost middleware notes it once the answer is made. */
import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { ProfileRecord } from '../domain/name-record.ts';
import { isLeftOut, type ViewKind } from '../domain/view.ts';
import type { AppEnv } from './http.ts';
import { sessionToken } from './signed-in.ts';

/**
 * Carries what an answer shows from its route to the middleware, and never further. A header, because an answer may
 * come out of a shared cache, where nothing else would have come along.
 */
const SHOWN = 'X-Shown';

/** Statuses of answers that somebody sees: the second from the browser's own copy. */
const SEEN_STATUSES = [200, 304];

/** Says what the answer under way shows. @param cardId of kind `card` alone */
export function shows(c: Context<AppEnv>, kind: ViewKind, { ownerId }: ProfileRecord, cardId?: string): void {
  c.header(SHOWN, JSON.stringify({ kind, ownerId, cardId: cardId ?? null }));
}

/** Notes the view behind each answer that shows something, for after the response. */
export const countViews = createMiddleware<AppEnv>(async function countViews(c, next) {
  await next();
  const shown = c.res.headers.get(SHOWN);
  if (!shown) return;
  c.res.headers.delete(SHOWN);
  const header = (name: string) => c.req.header(name);
  if (c.req.method !== 'GET' || !SEEN_STATUSES.includes(c.res.status) || isLeftOut(header)) return;
  c.var.services.viewCounter.count(
    JSON.parse(shown),
    {
      address: header('CF-Connecting-IP') ?? '',
      userAgent: header('User-Agent') ?? '',
      referrer: header('Referer'),
      source: c.req.query('source') ?? null,
      country: (c.req.raw as Request<unknown, IncomingRequestCfProperties>).cf?.country,
    },
    sessionToken(c),
  );
});
