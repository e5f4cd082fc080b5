/** Context cards in public answers, and `/api/public/card/:cardId`: one by its id alone. */

import type { Context } from 'hono';
import { type ProfileRecord, type PublicCard, publicCard } from '../../domain/name-record.ts';
import { Problem } from '../../domain/problem.ts';
import type { Found } from '../../services/public-profiles.ts';
import { cacheable } from '../cacheable.ts';
import type { AppEnv } from '../context.ts';
import { PUBLIC_CARD } from '../docs/examples.ts';
import { shows } from '../middleware/count-views.ts';
import { CACHED_READ, route } from '../route.ts';

export const cards = [
  route('GET /api/public/card/:cardId', {
    ...CACHED_READ,
    docs: DESCRIBED && {
      id: 'getCard',
      summary: 'A card by its id alone',
      kind: 'card',
      answer: 'PublicCard',
      example: { answer: PUBLIC_CARD },
    },
    handle: async (c) => {
      const cardId = c.req.param('cardId');
      return cardAnswer(c, await c.var.services.publicProfiles.findByCard(cardId), cardId);
    },
  }),
];

/** Answers with a card of this record. @throws Problem `card-not-found` */
export function cardAnswer(c: Context<AppEnv>, found: Found<ProfileRecord>, id: string): Promise<Response> {
  const card = shownCard(c, found, id);
  return cacheable(c, {
    found,
    etag: `${found.tag}.${card.id}`,
    contentType: 'application/json',
    body: () => JSON.stringify(card),
  });
}

/** The card of this record that the answer shows. @param id in any case @throws Problem `card-not-found` */
export function shownCard(
  c: Context<AppEnv>,
  { record, tier }: Found<ProfileRecord>,
  id: string,
): PublicCard {
  c.set('tier', tier);
  const card = publicCard(record, id.toLowerCase());
  if (!card) throw new Problem('card-not-found');
  shows(c, 'card', record, card.id);
  return card;
}
