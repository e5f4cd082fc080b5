/** `GET /api/public/:username/vcard` and `GET /u/:username.vcf`: a profile as a contact for phones. */
import { type Context, Hono } from 'hono';
import { contactId } from '../../domain/contact-id.ts';
import { VCARD_CONTENT_TYPE, vcard } from '../../domain/vcard.ts';
import { cacheableText } from '../cacheable.ts';
import type { AppEnv } from '../context.ts';
import { shows } from '../middleware/count-views.ts';
import { isMoved, redirectToNewName } from './moved.ts';

export const apiVcard = new Hono<AppEnv>().get('/:username/vcard', (c) => answer(c, c.req.param('username')));

export const vcardFile = new Hono<AppEnv>().get('/:file{.+\\.vcf}', (c) =>
  answer(c, c.req.param('file').slice(0, -'.vcf'.length)),
);

async function answer(c: Context<AppEnv>, username: string): Promise<Response> {
  const { publicProfiles, qrSessions } = c.get('services');
  const found = await publicProfiles.find(username);
  if (isMoved(found)) return redirectToNewName(c, found, c.req.path.startsWith('/u/') ? 301 : 308, username);
  const { profile, ownerId } = found.record;
  shows(c, 'vcard', found.record);
  const file = vcard(profile, qrSessions.profileUrl(profile.username), await contactId(ownerId));
  return cacheableText(c, {
    found,
    text: file,
    contentType: VCARD_CONTENT_TYPE,
    // Phones open an attached vCard in their contacts; usernames need no quoting.
    headers: { 'Content-Disposition': `attachment; filename="${profile.username}.vcf"` },
  });
}
