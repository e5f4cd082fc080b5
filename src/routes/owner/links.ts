/** `/api/profiles/me/links`: owners add, change, remove and reorder their links. Mounted behind `requireOwner`. */
import { Hono } from 'hono';
import { LinkInput, ReorderInput } from '../../domain/profile-input.ts';
import type { AppEnv } from '../context.ts';
import { jsonBody } from '../input.ts';
import { editOf, writeHeaders } from './preconditions.ts';

export const ownerLinks = new Hono<AppEnv>()
  .post('/', jsonBody(LinkInput), async (c) => {
    const published = await c.var.services.ownerEdits.addLink(editOf(c), c.req.valid('json'));
    return c.json(published.value, 201, writeHeaders(published));
  })
  .put('/reorder', jsonBody(ReorderInput), async (c) => {
    const { links } = c.req.valid('json');
    const published = await c.var.services.ownerEdits.reorderLinks(editOf(c), links);
    return c.json({ message: 'Links reordered' }, 200, writeHeaders(published));
  })
  .put('/:id', jsonBody(LinkInput), async (c) => {
    const id = c.req.param('id');
    const published = await c.var.services.ownerEdits.updateLink(editOf(c), id, c.req.valid('json'));
    return c.json(published.value, 200, writeHeaders(published));
  })
  .delete('/:id', async (c) => {
    const published = await c.var.services.ownerEdits.removeLink(editOf(c), c.req.param('id'));
    return c.body(null, 204, writeHeaders(published));
  });
