/** Where programs look first: WebFinger (RFC 7033), oEmbed, security.txt (RFC 9116), the address to change a password. */

import * as v from 'valibot';
import type { ProfileRecord } from '../../domain/name-record.ts';
import { PREVIEW_HEIGHT, PREVIEW_WIDTH } from '../../domain/preview/preview-image.ts';
import { Problem } from '../../domain/problem.ts';
import type { Found } from '../../services/public-profiles.ts';
import { cacheableText, PUBLIC_CACHE_CONTROL } from '../cacheable.ts';
import type { AppEnv } from '../context.ts';
import { HTML, PROBLEM } from '../docs/operation.ts';
import { CACHED_READ, FREE_READ, route } from '../route.ts';
import { isMoved, MOVED_MAX_AGE_SECONDS } from './moved.ts';

/** How long a copy of `security.txt` counts: RFC 9116 wants less than a year. */
const SECURITY_TXT_DAYS = 180;
const DAY_MS = 86_400_000;

const WebFingerQuery = v.object({
  resource: v.string('Name a profile: acct:name@host, or the address of its page.'),
});

const OEmbedQuery = v.object({
  url: v.string('Give the address of the page of a profile.'),
  format: v.optional(v.literal('json', 'This service answers json alone.'), 'json'),
});

export const discovery = [
  route('GET /.well-known/webfinger', {
    ...CACHED_READ,
    query: WebFingerQuery,
    docs: DESCRIBED && {
      id: 'findAccount',
      summary: 'The profile behind `acct:name@host` (RFC 7033)',
      kind: 'public',
      answer: 'Jrd',
      headers: ['X-Cache', 'Cache-Status'],
      conditional: true,
      problems: ['invalid-username', 'user-not-found', 'unavailable'],
      example: { query: { resource: 'http://localhost:8787/u/ada' } },
    },
    handle: async (c, { query: { resource } }) => {
      const username = usernameOf(resource, c.get('origin'));
      if (username === undefined) throw new Problem('user-not-found');
      const { found, url } = await profileOf(c.get('services'), username);
      const { profile } = found.record;
      const rels = c.req.queries('rel');
      const links = [
        { rel: 'http://webfinger.net/rel/profile-page', type: 'text/html', href: url },
        {
          rel: 'alternate',
          type: 'application/json',
          href: `${c.get('origin')}/api/public/${profile.username}`,
        },
        { rel: 'alternate', type: 'text/vcard', href: `${url}.vcf` },
        ...(profile.avatarUrl ? [{ rel: 'http://webfinger.net/rel/avatar', href: profile.avatarUrl }] : []),
      ].filter(({ rel }) => !rels || rels.includes(rel));
      const text = JSON.stringify({
        subject: `acct:${profile.username}@${new URL(c.get('origin')).host}`,
        aliases: [url],
        links,
      });
      return cacheableText(c, { found, text, contentType: 'application/jrd+json' });
    },
  }),

  route('GET /oembed', {
    ...CACHED_READ,
    query: OEmbedQuery,
    docs: DESCRIBED && {
      id: 'getEmbed',
      summary: 'What sites that embed the page in `url` show of it (oEmbed 1.0)',
      kind: 'public',
      answer: 'OEmbed',
      problemTypes: [PROBLEM, HTML],
      headers: ['X-Cache', 'Cache-Status'],
      conditional: true,
      problems: ['invalid-username', 'user-not-found', 'unavailable'],
      example: { query: { url: 'http://localhost:8787/u/ada' } },
    },
    handle: async (c, { query: { url: page } }) => {
      const username = usernameOf(page, c.get('origin'));
      if (username === undefined) throw new Problem('user-not-found');
      const { found, url } = await profileOf(c.get('services'), username);
      const { displayName } = found.record.profile;
      const text = JSON.stringify({
        version: '1.0',
        type: 'link',
        title: displayName,
        author_name: displayName,
        author_url: url,
        provider_name: 'DevCard',
        provider_url: c.get('origin'),
        cache_age: MOVED_MAX_AGE_SECONDS,
        thumbnail_url: `${url}/preview.png`,
        thumbnail_width: PREVIEW_WIDTH,
        thumbnail_height: PREVIEW_HEIGHT,
      });
      return cacheableText(c, { found, text, contentType: 'application/json' });
    },
  }),

  route('GET /.well-known/security.txt', {
    ...FREE_READ,
    docs: DESCRIBED && {
      id: 'getSecurityContact',
      summary: 'Where to report a vulnerability (RFC 9116); 404 unless `SECURITY_CONTACT` is set',
      kind: 'public',
      answer: 'text/plain',
      problems: ['not-found'],
    },
    handle: (c) => {
      const { securityContact } = c.get('services');
      if (!securityContact) throw new Problem('not-found');
      const expires = new Date(Math.ceil(Date.now() / DAY_MS + SECURITY_TXT_DAYS) * DAY_MS);
      const text = [
        `Contact: ${securityContact}`,
        `Expires: ${expires.toISOString()}`,
        'Preferred-Languages: en',
        `Canonical: ${c.get('origin')}/.well-known/security.txt`,
      ];
      return c.text(`${text.join('\n')}\n`, 200, { 'Cache-Control': PUBLIC_CACHE_CONTROL });
    },
  }),

  // There are no passwords here: owners sign in with GitHub or Google, and end their sessions in the editor.
  route('GET /.well-known/change-password', {
    ...FREE_READ,
    docs: DESCRIBED && {
      summary: 'Where password managers look: redirect to the editor, since there are no passwords',
      kind: 'page',
      answer: null,
      status: 302,
    },
    handle: (c) => {
      c.header('Cache-Control', PUBLIC_CACHE_CONTROL);
      return c.redirect('/me', 302);
    },
  }),
];

/** The name in `acct:name@host`, or in the address of a page here; undefined for anything else. */
function usernameOf(resource: string, origin: string): string | undefined {
  const account = /^acct:@?([^@]+)@(.+)$/i.exec(resource);
  if (account) return account[2]?.toLowerCase() === new URL(origin).host ? account[1] : undefined;
  if (!URL.canParse(resource)) return undefined;
  const url = new URL(resource);
  return url.origin === origin ? /^\/u\/([^/]+)/.exec(url.pathname)?.[1] : undefined;
}

/** A profile by its present name or an old one, and the address of its page. */
async function profileOf(
  { publicProfiles, qrSessions }: AppEnv['Variables']['services'],
  username: string,
): Promise<{ found: Found<ProfileRecord>; url: string }> {
  const found = await publicProfiles.find(username);
  const current = isMoved(found) ? await publicProfiles.find(found.record.username) : found;
  if (isMoved(current)) throw new Problem('user-not-found');
  return { found: current, url: qrSessions.profileUrl(current.record.profile.username) };
}
