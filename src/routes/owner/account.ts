/** `/api/profiles/me`, the account: owners take their data along, bring it back, and leave for good. Mounted behind `requireOwner`. */
import { Hono } from 'hono';
import { ImportInput } from '../../domain/account-export.ts';
import { AccountRemoval } from '../../domain/profile-input.ts';
import type { AppEnv } from '../context.ts';
import { jsonBody } from '../input.ts';
import { editOf, writeHeaders } from './preconditions.ts';

export const ownerAccount = new Hono<AppEnv>()
  .get('/export', async (c) => {
    const everything = await c.var.services.ownerAccount.export(c.var.owner);
    return c.json(everything, 200, {
      'Content-Disposition': `attachment; filename="devcard-${everything.profile.username}.json"`,
    });
  })
  .post('/import', jsonBody(ImportInput), async (c) => {
    const published = await c.var.services.ownerAccount.import(editOf(c), c.req.valid('json'));
    return c.json({ message: 'Profile, links and cards imported' }, 200, writeHeaders(published));
  })
  .delete('/', jsonBody(AccountRemoval), async (c) => {
    const { username } = c.req.valid('json');
    const { invalidation } = await c.var.services.ownerAccount.remove(editOf(c), username);
    return c.body(null, 204, { 'X-Cache-Invalidation': invalidation });
  });
