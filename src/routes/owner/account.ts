/** `/api/profiles/me`, the account: owners take their data along, bring it back, and leave for good. Mounted behind `requireOwner`. */
import { Hono } from 'hono';
import { IMPORTED_MEMBERS, ImportInput } from '../../domain/account-export.ts';
import { MemberFilter } from '../../domain/json-scan.ts';
import { Problem } from '../../domain/problem.ts';
import { AccountRemoval } from '../../domain/profile-input.ts';
import { joined } from '../body.ts';
import type { AppEnv } from '../context.ts';
import { jsonBody } from '../input.ts';
import { editOf, writeHeaders } from './preconditions.ts';

/** An export holds all links and cards, and years of views. */
export const MAX_IMPORT_BYTES = 8 * 1024 * 1024;
/** Of what is read: fifty links and twenty cards with everything as long as it may be take less than half. */
const MAX_READ_BYTES = 512 * 1024;

/** What an import reads of an export. The rest is let go as it arrives. @throws Problem `too-large` */
export function importedPart(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  return joined(filtered(pieces));
}

async function* filtered(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const members = new MemberFilter(IMPORTED_MEMBERS);
  let length = 0;
  for await (const piece of pieces) {
    const rest = members.filter(piece);
    length += rest.length;
    if (length > MAX_READ_BYTES)
      throw new Problem('too-large', { detail: 'This holds more than links and cards can.' });
    // A copy: else what was left out would be kept with it.
    yield rest.slice();
  }
}

export const ownerAccount = new Hono<AppEnv>()
  .get('/export', async (c) => {
    const everything = await c.var.services.ownerAccount.export(c.var.owner);
    return c.json(everything, 200, {
      'Content-Disposition': `attachment; filename="devcard-${everything.profile.username}.json"`,
    });
  })
  .post(
    '/import',
    jsonBody(ImportInput, { maxBodyBytes: MAX_IMPORT_BYTES, read: importedPart }),
    async (c) => {
      const published = await c.var.services.ownerAccount.import(editOf(c), c.req.valid('json'));
      return c.json({ message: 'Profile, links and cards imported' }, 200, writeHeaders(published));
    },
  )
  .delete('/', jsonBody(AccountRemoval), async (c) => {
    const { username } = c.req.valid('json');
    const { invalidation } = await c.var.services.ownerAccount.remove(editOf(c), username);
    return c.body(null, 204, { 'X-Cache-Invalidation': invalidation });
  });
