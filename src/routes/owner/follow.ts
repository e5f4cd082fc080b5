/** `/api/follow/:platform/:username`: where an app of the existing DevCard sends its owner to follow somebody. Nobody's account is ever used. */
import { platformById } from '../../../verify/platforms.ts';
import { parseLink } from '../../domain/links/parse-link.ts';
import { Problem } from '../../domain/problem.ts';
import { OWNER_WRITE, route } from '../route.ts';

/** On these the app waits for the page to tell that it worked; on all others it opens the page when told `requiresAuth`. */
const IN_WEB_VIEW = ['linkedin', 'twitter'];

export const follow = [
  route('POST /api/follow/:platform/:username', {
    ...OWNER_WRITE,
    docs: DESCRIBED && {
      id: 'followAccount',
      summary: 'Where to follow somebody; apps of the existing DevCard open the page',
      kind: 'read',
      answer: 'Following',
      problems: ['malformed-request', 'not-found'],
      example: {
        params: { platform: 'linkedin', username: 'ada' },
        answer: { strategy: 'webview', url: 'https://www.linkedin.com/in/ada' },
      },
    },
    handle: (c) => {
      const { platform, username } = c.req.param();
      const link = platformById(platform) && parseLink({ platform, username });
      if (!link?.ok) throw new Problem('not-found', { detail: 'There is no such account.' });
      if (IN_WEB_VIEW.includes(platform)) return c.json({ strategy: 'webview', url: link.link.url });
      throw new Problem('malformed-request', {
        detail: 'requiresAuth: follow this account on its own page.',
      });
    },
  }),
];
