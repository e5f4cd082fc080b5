/** Public routes below `/api/public` and `/api/u`: profile, card and QR session of a username. */
import { type Context, Hono } from 'hono';
import type { MovedRecord, ProfileRecord } from '../domain/name-record.ts';
import { publicCard } from '../domain/name-record.ts';
import { Problem } from '../domain/problem.ts';
import type { Found } from '../services/public-profiles.ts';
import { type AppEnv, cacheable } from './http.ts';

const JSON_TYPE = 'application/json';

/** Seconds for which a redirect from an old name may be kept: browsers keep a bare 308 for ever. */
const MOVED_MAX_AGE_SECONDS = 300;

export const publicProfiles = new Hono<AppEnv>()
  .get('/:username', async (c) => {
    const found = await c.var.services.publicProfiles.find(c.req.param('username'));
    if (isMoved(found)) return redirect(c, found);
    return cacheable(c, {
      found,
      etag: found.tag,
      contentType: JSON_TYPE,
      body: () => JSON.stringify(found.record.profile),
    });
  })

  .get('/:username/card/:cardId', async (c) => {
    const found = await c.var.services.publicProfiles.find(c.req.param('username'));
    if (isMoved(found)) return redirect(c, found);
    const cardId = c.req.param('cardId');
    const card = publicCard(found.record, cardId);
    if (!card) throw new Problem('card-not-found');
    return cacheable(c, {
      found,
      etag: `${found.tag}.${cardId}`,
      contentType: JSON_TYPE,
      body: () => JSON.stringify(card),
    });
  })

  .get('/:username/qr-session', async (c) => {
    const { publicProfiles, qrSessions } = c.var.services;
    const found = await publicProfiles.find(c.req.param('username'));
    if (isMoved(found)) return redirect(c, found);
    const session = await qrSessions.open(found.record.profile);
    return cacheable(c, {
      found,
      // The end of the signature: each token has another one.
      etag: session.token.slice(-22),
      contentType: JSON_TYPE,
      body: () => JSON.stringify(session),
    });
  });

function isMoved(found: Found<ProfileRecord> | Found<MovedRecord>): found is Found<MovedRecord> {
  return found.record.kind === 'moved';
}

/** 308 to the same path under the new name. */
function redirect(c: Context<AppEnv>, { record }: Found<MovedRecord>): Response {
  const url = new URL(c.req.url);
  const old = c.req.param('username') as string;
  url.pathname = url.pathname.replace(`/${old}`, `/${record.username}`);
  return c.body(null, 308, {
    Location: url.pathname + url.search,
    'Cache-Control': `public, max-age=${MOVED_MAX_AGE_SECONDS}`,
  });
}
