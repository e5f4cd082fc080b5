/** Where programs look first: WebFinger (RFC 7033), oEmbed, security.txt (RFC 9116), the address to change a password. */
import { Hono } from 'hono';
import * as v from 'valibot';
import type { ProfileRecord } from '../../domain/name-record.ts';
import { PREVIEW_HEIGHT, PREVIEW_WIDTH } from '../../domain/preview/preview-image.ts';
import { Problem } from '../../domain/problem.ts';
import type { Found } from '../../services/public-profiles.ts';
import { cacheableText, PUBLIC_CACHE_CONTROL } from '../cacheable.ts';
import type { AppEnv } from '../context.ts';
import { queryParameters } from '../input.ts';
import { isMoved, MOVED_MAX_AGE_SECONDS } from './moved.ts';

/** How long a copy of `security.txt` counts: RFC 9116 wants less than a year. */
const SECURITY_TXT_DAYS = 180;
const DAY_MS = 86_400_000;

export const WebFingerQuery = v.object({
  resource: v.string('Name a profile: acct:name@host, or the address of its page.'),
});

export const OEmbedQuery = v.object({
  url: v.string('Give the address of the page of a profile.'),
  format: v.optional(v.literal('json', 'This service answers json alone.'), 'json'),
});

/** @param securityContact where vulnerabilities are reported: `https:` or `mailto:`; none unless set */
export function discovery(securityContact: string | undefined) {
  return (
    new Hono<AppEnv>()
      .get('/.well-known/webfinger', queryParameters(WebFingerQuery), async (c) => {
        const username = usernameOf(c.req.valid('query').resource, c.get('origin'));
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
      })

      .get('/oembed', queryParameters(OEmbedQuery), async (c) => {
        const username = usernameOf(c.req.valid('query').url, c.get('origin'));
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
      })

      .get('/.well-known/security.txt', (c) => {
        if (!securityContact) throw new Problem('not-found');
        const expires = new Date(Math.ceil(Date.now() / DAY_MS + SECURITY_TXT_DAYS) * DAY_MS);
        const text = [
          `Contact: ${securityContact}`,
          `Expires: ${expires.toISOString()}`,
          'Preferred-Languages: en',
          `Canonical: ${c.get('origin')}/.well-known/security.txt`,
        ];
        return c.text(`${text.join('\n')}\n`, 200, { 'Cache-Control': PUBLIC_CACHE_CONTROL });
      })

      // There are no passwords here: owners sign in with GitHub or Google, and end their sessions in the editor.
      .get('/.well-known/change-password', (c) => {
        c.header('Cache-Control', PUBLIC_CACHE_CONTROL);
        return c.redirect('/me', 302);
      })
  );
}

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
