/** `/api/public/card/:cardId`, the same under `/api/u`: a context card by its id alone. */
import { Hono } from 'hono';
import { publicCard } from '../domain/name-record.ts';
import { Problem } from '../domain/problem.ts';
import { shows } from './count-views.ts';
import { type AppEnv, cacheable } from './http.ts';

export const cards = new Hono<AppEnv>().get('/:cardId', async (c) => {
  const found = await c.var.services.publicProfiles.findByCard(c.req.param('cardId'));
  const cardId = c.req.param('cardId').toLowerCase();
  const card = publicCard(found.record, cardId);
  if (!card) throw new Problem('card-not-found');
  shows(c, 'card', found.record, cardId);
  return cacheable(c, {
    found,
    etag: `${found.tag}.${cardId}`,
    contentType: 'application/json',
    body: () => JSON.stringify(card),
  });
});
