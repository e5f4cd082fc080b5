/** Public routes below `/api/public` and `/api/u`: profile, card and QR session of a username. */

import type { Context } from 'hono';
import * as v from 'valibot';
import { BoundedMap, bytesOf } from '../../cache/bounded-map.ts';
import { SD_JWT_TYP } from '../../domain/tokens/sd-jwt.ts';
import { cacheable, cacheableText } from '../cacheable.ts';
import type { AppEnv } from '../context.ts';
import { ADA, LINKS, PUBLIC_CARD, SESSION } from '../docs/examples.ts';
import { validated } from '../input.ts';
import { shows } from '../middleware/count-views.ts';
import { CACHED_READ, route } from '../route.ts';
import { cardAnswer } from './cards.ts';
import { isMoved, redirectToNewName } from './moved.ts';

const JSON_TYPE = 'application/json';

/** As many as the isolate keeps records: about 2 KB each. */
const profileTexts = new BoundedMap<Uint8Array<ArrayBuffer>>({ maxEntries: 1_000 });

const SessionQuery = v.object({
  format: v.optional(v.picklist(['jwt', 'sd-jwt'], 'Choose jwt or sd-jwt.'), 'jwt'),
});

export const publicProfiles = [
  route('GET /api/public/:username', {
    ...CACHED_READ,
    docs: DESCRIBED && {
      id: 'getProfile',
      summary: 'A public profile',
      kind: 'named',
      answer: 'PublicProfile',
      example: { answer: { ...ADA, links: LINKS } },
    },
    handle: async (c) => {
      const found = await c.get('services').publicProfiles.find(c.req.param('username'));
      if (isMoved(found)) return redirectToNewName(c, found);
      shows(c, 'profile', found.record);
      return cacheable(c, {
        found,
        etag: found.tag,
        contentType: JSON_TYPE,
        body: () => profileTexts.getOrMake(found.tag, () => bytesOf(JSON.stringify(found.record.profile))),
      });
    },
  }),

  route('GET /api/public/:username/card/:cardId', {
    ...CACHED_READ,
    docs: DESCRIBED && {
      id: 'getProfileCard',
      summary: 'A card of a profile',
      kind: 'named',
      answer: 'PublicCard',
      problems: ['card-not-found'],
      example: { answer: PUBLIC_CARD },
    },
    handle: async (c) => {
      const found = await c.get('services').publicProfiles.find(c.req.param('username'));
      if (isMoved(found)) return redirectToNewName(c, found);
      return cardAnswer(c, found, c.req.param('cardId'));
    },
  }),

  route('GET /api/public/:username/qr-session', {
    ...CACHED_READ,
    limit: 'qrSessions',
    docs: DESCRIBED && {
      id: 'openQrSession',
      summary: 'A signed QR session',
      kind: 'named',
      answer: ['QrSession', 'application/dc+sd-jwt'],
      headers: ['Age'],
      query: SessionQuery,
      example: { answer: SESSION },
    },
    handle: async (c) => {
      const { publicProfiles, qrSessions } = c.get('services');
      const found = await publicProfiles.find(c.req.param('username'));
      if (isMoved(found)) return redirectToNewName(c, found);
      if (wantsCredential(c)) {
        const { value: text, ageSeconds } = await qrSessions.openCredential(found.record.profile);
        return cacheableText(c, {
          found,
          text,
          contentType: `application/${SD_JWT_TYP}`,
          headers: { Age: String(ageSeconds), Vary: 'Accept' },
        });
      }
      const { value: session, ageSeconds } = await qrSessions.open(found.record.profile);
      return cacheable(c, {
        found,
        // The end of the signature: each token has another one.
        etag: session.token.slice(-22),
        contentType: JSON_TYPE,
        headers: { Age: String(ageSeconds), Vary: 'Accept' },
        body: () => JSON.stringify(session),
      });
    },
  }),
];

/** Whether a session is asked for as an SD-JWT VC: `?format=sd-jwt`, or by its media type. */
function wantsCredential(c: Context<AppEnv>): boolean {
  const format = c.req.query('format');
  if (format === undefined) return c.req.header('Accept')?.includes(`application/${SD_JWT_TYP}`) ?? false;
  const { format: chosen } = validated(SessionQuery, { format });
  return chosen === 'sd-jwt';
}
