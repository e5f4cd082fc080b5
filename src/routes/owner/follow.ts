/** `/api/follow/:platform/:username`: where an app of the existing DevCard sends its owner to follow somebody. Nobody's account is ever used. */
import { Hono } from 'hono';
import { platformById } from '../../../verify/platforms.ts';
import { parseLink } from '../../domain/links/parse-link.ts';
import { Problem } from '../../domain/problem.ts';
import type { AppEnv } from '../context.ts';
import { requireOwner } from '../middleware/require-owner.ts';

/** On these the app waits for the page to tell that it worked; on all others it opens the page when told `requiresAuth`. */
const IN_WEB_VIEW = ['linkedin', 'twitter'];

export const follow = new Hono<AppEnv>().use(requireOwner).post('/:platform/:username', (c) => {
  const { platform, username } = c.req.param();
  const link = platformById(platform) && parseLink({ platform, username });
  if (!link?.ok) throw new Problem('not-found', { detail: 'There is no such account.' });
  if (IN_WEB_VIEW.includes(platform)) return c.json({ strategy: 'webview', url: link.link.url });
  throw new Problem('malformed-request', {
    detail: 'requiresAuth: follow this account on its own page.',
  });
});
