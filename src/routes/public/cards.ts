/** Context cards in public answers, and `/api/public/card/:cardId` (the same under `/api/u`): one by its id alone. */
import { type Context, Hono } from 'hono';
import { type ProfileRecord, type PublicCard, publicCard } from '../../domain/name-record.ts';
import { Problem } from '../../domain/problem.ts';
import type { Found } from '../../services/public-profiles.ts';
import { cacheable } from '../cacheable.ts';
import type { AppEnv } from '../context.ts';
import { shows } from '../middleware/count-views.ts';

export const cards = new Hono<AppEnv>().get('/:cardId', async (c) => {
  const cardId = c.req.param('cardId');
  return cardAnswer(c, await c.var.services.publicProfiles.findByCard(cardId), cardId);
});

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
