/** `GET /badge/<username>.svg` and `.json`: a badge for READMEs, as a picture and for Shields (shields.io/badges/endpoint-badge). */

import { badge } from '../../domain/badge.ts';
import { cacheableText } from '../cacheable.ts';
import { HTML, PROBLEM } from '../docs/operation.ts';
import { CACHED_READ, route } from '../route.ts';
import { isMoved, redirectToNewName } from './moved.ts';

export const badges = [
  route('GET /badge/:file{.+\\.(?:svg|json)}', {
    ...CACHED_READ,
    docs: DESCRIBED && {
      id: 'getBadge',
      path: '/badge/:username.svg',
      summary: 'A badge for READMEs; `.json` instead of `.svg` is the same for Shields',
      kind: 'named',
      answer: ['image/svg+xml', 'application/json'],
      problemTypes: [PROBLEM, HTML],
      others: { 301: 'The user has another name now, under which `Location` leads on' },
      example: {},
    },
    handle: async (c) => {
      const [, username = '', type] = /^(.+)\.(svg|json)$/.exec(c.req.param('file')) ?? [];
      const found = await c.get('services').publicProfiles.find(username);
      if (isMoved(found)) return redirectToNewName(c, found, 301, username);
      const { username: name, accentColor } = found.record.profile;
      const shields = { schemaVersion: 1, label: 'DevCard', message: `@${name}`, color: accentColor };
      const text = type === 'svg' ? badge(name, accentColor) : JSON.stringify(shields);
      return cacheableText(c, {
        found,
        text,
        contentType: type === 'svg' ? 'image/svg+xml' : 'application/json',
      });
    },
  }),
];
