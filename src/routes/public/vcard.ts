/** `GET /api/public/:username/vcard` and `GET /u/:username.vcf`: a profile as a contact for phones. */

import type { Context } from 'hono';
import { contactId } from '../../domain/contact-id.ts';
import { VCARD_CONTENT_TYPE, vcard } from '../../domain/vcard.ts';
import { cacheableText } from '../cacheable.ts';
import type { AppEnv } from '../context.ts';
import { shows } from '../middleware/count-views.ts';
import { CACHED_READ, route } from '../route.ts';
import { isMoved, redirectToNewName } from './moved.ts';

export const apiVcard = [
  route('GET /api/public/:username/vcard', {
    ...CACHED_READ,
    docs: DESCRIBED && {
      id: 'getContact',
      summary: 'A profile as a contact',
      kind: 'named',
      answer: 'text/vcard',
      headers: ['Content-Disposition'],
      example: {},
    },
    handle: (c) => answer(c, c.req.param('username')),
  }),
];

export const vcardFile = [
  route('GET /u/:file{.+\\.vcf}', {
    ...CACHED_READ,
    docs: DESCRIBED && {
      path: '/u/:username.vcf',
      summary: 'A profile as a contact file, `<username>.vcf`',
      kind: 'namedPage',
      answer: 'text/vcard',
      headers: ['Content-Disposition'],
    },
    handle: (c) => answer(c, c.req.param('file').slice(0, -'.vcf'.length)),
  }),
];

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
