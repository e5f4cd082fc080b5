/** `GET /badge/<username>.svg` and `.json`: a badge for READMEs, as a picture and for Shields (shields.io/badges/endpoint-badge). */
import { Hono } from 'hono';
import { badge } from '../../domain/badge.ts';
import { cacheableText } from '../cacheable.ts';
import type { AppEnv } from '../context.ts';
import { isMoved, redirectToNewName } from './moved.ts';

export const badges = new Hono<AppEnv>().get('/:badge{.+\\.(?:svg|json)}', async (c) => {
  const [, username = '', type] = /^(.+)\.(svg|json)$/.exec(c.req.param('badge')) ?? [];
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
});
