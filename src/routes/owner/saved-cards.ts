/** `/api/cards/saved` and `/api/cards/:id/save`: cards of others that owners keep. */
import * as v from 'valibot';
import { SavedCardInput } from '../../domain/saved-card.ts';
import { CARD_ID } from '../docs/examples.ts';
import { jsonIn } from '../input.ts';
import { OWNER_READ, OWNER_WRITE, route } from '../route.ts';

const LIMIT = 'Ask for 1 to 100 cards.';
const PAGE = 'A page is a whole number from 1 on.';

const SavedQuery = v.object({
  page: v.optional(v.pipe(v.string(), v.regex(/^[1-9]\d{0,2}$/, PAGE), v.transform(Number)), '1'),
  limit: v.optional(v.pipe(v.string(), v.regex(/^(?:[1-9]\d?|100)$/, LIMIT), v.transform(Number)), '20'),
});

export const savedCards = [
  route('GET /api/cards/saved', {
    ...OWNER_READ,
    query: SavedQuery,
    docs: DESCRIBED && {
      id: 'listSavedCards',
      summary: 'Cards of others that were saved, the newest first',
      kind: 'read',
      answer: 'SavedCard',
      list: true,
      example: { query: { page: '1', limit: '20' }, answer: [] },
    },
    handle: async (c, { query: { page, limit } }) =>
      c.json(await c.var.services.savedCards.list(c.var.owner, page, limit)),
  }),

  route('POST /api/cards/:id/save', {
    ...OWNER_WRITE,
    docs: DESCRIBED && {
      id: 'createSavedCard',
      summary: 'Save a card of somebody, or bring a note or the signed code to one that is saved',
      kind: 'read',
      answer: 'Message',
      status: 201,
      body: SavedCardInput,
      problems: ['card-not-found', 'card-saved', 'too-many-saved-cards'],
      example: {
        params: { id: CARD_ID },
        body: { note: 'Wants the slides' },
        answer: { message: 'Card saved' },
      },
    },
    handle: async (c) => {
      // Clients of the existing API send no body.
      const isEmpty = !c.req.header('Content-Type');
      const draft = isEmpty ? { note: null, snapshot: null } : await jsonIn(c, SavedCardInput);
      await c.var.services.savedCards.save(c.var.owner, c.req.param('id'), draft);
      return c.json({ message: 'Card saved' }, 201);
    },
  }),

  route('DELETE /api/cards/:id/save', {
    ...OWNER_WRITE,
    docs: DESCRIBED && {
      id: 'deleteSavedCard',
      summary: 'Forget a saved card',
      kind: 'read',
      answer: null,
      status: 204,
      problems: ['card-not-found'],
      example: { params: { id: CARD_ID } },
    },
    handle: async (c) => {
      await c.var.services.savedCards.unsave(c.var.owner, c.req.param('id'));
      return c.body(null, 204);
    },
  }),
];
