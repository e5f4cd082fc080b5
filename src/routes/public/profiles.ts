/** Public routes below `/api/public` and `/api/u`: profile, card and QR session of a username. */
import { Hono } from 'hono';
import { BoundedMap, bytesOf } from '../../cache/bounded-map.ts';
import { cacheable } from '../cacheable.ts';
import type { AppEnv } from '../context.ts';
import { shows } from '../middleware/count-views.ts';
import { cardAnswer } from './cards.ts';
import { isMoved, redirectToNewName } from './moved.ts';

const JSON_TYPE = 'application/json';

/** As many as the isolate keeps records: about 2 KB each. */
const profileTexts = new BoundedMap<Uint8Array<ArrayBuffer>>({ maxEntries: 1_000 });

export const publicProfiles = new Hono<AppEnv>()
  .get('/:username', async (c) => {
    const found = await c.get('services').publicProfiles.find(c.req.param('username'));
    if (isMoved(found)) return redirectToNewName(c, found);
    shows(c, 'profile', found.record);
    return cacheable(c, {
      found,
      etag: found.tag,
      contentType: JSON_TYPE,
      body: () => profileTexts.getOrMake(found.tag, () => bytesOf(JSON.stringify(found.record.profile))),
    });
  })

  .get('/:username/card/:cardId', async (c) => {
    const found = await c.get('services').publicProfiles.find(c.req.param('username'));
    if (isMoved(found)) return redirectToNewName(c, found);
    return cardAnswer(c, found, c.req.param('cardId'));
  })

  .get('/:username/qr-session', async (c) => {
    const { publicProfiles, qrSessions } = c.get('services');
    const found = await publicProfiles.find(c.req.param('username'));
    if (isMoved(found)) return redirectToNewName(c, found);
    const { value: session, ageSeconds } = await qrSessions.open(found.record.profile);
    return cacheable(c, {
      found,
      // The end of the signature: each token has another one.
      etag: session.token.slice(-22),
      contentType: JSON_TYPE,
      headers: { Age: String(ageSeconds) },
      body: () => JSON.stringify(session),
    });
  });
