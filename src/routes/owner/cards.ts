/** `/api/cards`: owners list, make, change and remove their context cards. */
import { Hono } from 'hono';
import { CardInput, CardPatch } from '../../domain/profile-input.ts';
import type { AppEnv } from '../context.ts';
import { jsonBody } from '../input.ts';
import { requireOwner } from '../middleware/require-owner.ts';
import { editOf, versionTag, writeHeaders } from './preconditions.ts';

export const ownerCards = new Hono<AppEnv>()
  .use(requireOwner)
  .get('/', async (c) => {
    const { version, cards } = await c.var.services.ownerEdits.listCards(c.var.owner);
    return c.json(cards, 200, versionTag(version));
  })
  .post('/', jsonBody(CardInput), async (c) => {
    const published = await c.var.services.ownerEdits.addCard(editOf(c), c.req.valid('json'));
    return c.json(published.value, 201, writeHeaders(published));
  })
  .put('/:id', jsonBody(CardPatch), async (c) => {
    const id = c.req.param('id');
    const published = await c.var.services.ownerEdits.updateCard(editOf(c), id, c.req.valid('json'));
    return c.json(published.value, 200, writeHeaders(published));
  })
  .delete('/:id', async (c) => {
    const published = await c.var.services.ownerEdits.removeCard(editOf(c), c.req.param('id'));
    return c.body(null, 204, writeHeaders(published));
  })
  .put('/:id/default', async (c) => {
    const published = await c.var.services.ownerEdits.setDefaultCard(editOf(c), c.req.param('id'));
    return c.json({ message: 'Default card updated' }, 200, writeHeaders(published));
  });
