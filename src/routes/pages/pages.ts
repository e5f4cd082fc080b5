/** The public pages: `/u/:username`, its cards, the start page, and pages for what fails. */

import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { BoundedMap, bytesOf } from '../../cache/bounded-map.ts';
import { isId } from '../../domain/id.ts';
import { initials } from '../../domain/initials.ts';
import { chooseLanguage } from '../../domain/languages.ts';
import { type ProfileRecord, publicCard } from '../../domain/name-record.ts';
import { recordWithPrivate } from '../../domain/own-record.ts';
import type { Problem } from '../../domain/problem.ts';
import type { QrStyle } from '../../domain/qr/style.ts';
import { usernameKey } from '../../domain/usernames.ts';
import { type Failure, failurePage } from '../../pages/failure-page.tsx';
import { landingPage } from '../../pages/landing-page.tsx';
import { type PageParts, type RenderedPage, renderPage } from '../../pages/layout.tsx';
import { cardPage, type PageContext, profilePage } from '../../pages/profile-page.tsx';
import type { CodeLook } from '../../pages/qr.tsx';
import { type Texts, textsOf } from '../../pages/texts/texts.ts';
import type { Found } from '../../services/public-profiles.ts';
import { cacheable, conditional, PUBLIC_CACHE_CONTROL } from '../cacheable.ts';
import type { AppEnv } from '../context.ts';
import { HTML } from '../docs/operation.ts';
import { shows } from '../middleware/count-views.ts';
import { sessionOf } from '../middleware/require-owner.ts';
import { problemCacheControl } from '../problem-answer.ts';
import { shownCard } from '../public/cards.ts';
import { isMoved, MOVED_MAX_AGE_SECONDS, redirectToNewName } from '../public/moved.ts';
import { CACHED_READ, FREE_READ, route } from '../route.ts';
import { scriptPath } from './page-files.ts';

const HTML_TYPE = 'text/html; charset=utf-8';

export const pages = [
  route('GET /', {
    ...FREE_READ,
    docs: DESCRIBED && { summary: 'Start page', kind: 'page', answer: HTML, conditional: true },
    handle: async (c) => {
      const text = textsFor(c);
      const { body, etag, headers } = await rendered(`/ ${text.language}`, () =>
        landingPage(text, c.get('origin')),
      );
      return conditional(c, etag, () => body, {
        ...headers,
        'Content-Type': HTML_TYPE,
        'Cache-Control': PUBLIC_CACHE_CONTROL,
      });
    },
  }),

  route('GET /u/:username', {
    ...CACHED_READ,
    docs: DESCRIBED && { summary: 'Page of a profile', kind: 'namedPage', answer: HTML },
    handle: async (c) => {
      const found = await c.get('services').publicProfiles.find(c.req.param('username'));
      if (isMoved(found)) return redirectToNewName(c, found, 301);
      shows(c, 'profile', found.record);
      return answer(c, found, (context) => profilePage(found.record, context));
    },
  }),

  // The existing app's codes of single cards lead here.
  route('GET /devcard/:cardId', {
    ...CACHED_READ,
    docs: DESCRIBED && {
      summary: 'Where the codes of the existing app lead: redirect to the page of a card',
      kind: 'page',
      answer: null,
      status: 302,
      problems: ['card-not-found', 'unavailable'],
      example: {},
    },
    handle: async (c) => {
      const found = await c.get('services').publicProfiles.findByCard(c.req.param('cardId'));
      const { id } = shownCard(c, found, c.req.param('cardId'));
      return c.body(null, 302, {
        Location: `/u/${found.record.profile.username}/card/${id}${new URL(c.req.url).search}`,
        'Cache-Control': `public, max-age=${MOVED_MAX_AGE_SECONDS}`,
      });
    },
  }),

  route('GET /u/:username/card/:cardId', {
    ...CACHED_READ,
    docs: DESCRIBED && {
      summary: 'Page of a card',
      kind: 'namedPage',
      answer: HTML,
      problems: ['card-not-found'],
    },
    handle: async (c) => {
      const found = await c.get('services').publicProfiles.find(c.req.param('username'));
      if (isMoved(found)) return redirectToNewName(c, found, 301);
      const cardId = c.req.param('cardId');
      const isPublic = publicCard(found.record, cardId.toLowerCase()) !== undefined;
      const own = isPublic ? undefined : await ownPrivateCard(c, cardId.toLowerCase());
      if (own) return own;
      const { id } = shownCard(c, found, cardId);
      return answer(c, found, (context) => cardPage(found.record, id, context), id);
    },
  }),
];

/** A private card as a page for its signed-in owner; undefined for everybody else, who hear of no such card. */
async function ownPrivateCard(c: Context<AppEnv>, cardId: string): Promise<Response | undefined> {
  const owner = isId(cardId) ? (await sessionOf(c))?.owner : undefined;
  if (!owner) return undefined;
  const { ownerEdits } = c.var.services;
  const own = await Promise.all([ownerEdits.readProfile(owner), ownerEdits.listCards(owner)]).catch(
    () => undefined,
  );
  if (!own) return undefined;
  const [profile, { cards }] = own;
  const record = recordWithPrivate(profile, cards, cardId);
  if (!record || usernameKey(profile.username) !== usernameKey(c.req.param('username') ?? ''))
    return undefined;
  const context = {
    text: textsFor(c),
    origin: c.var.origin,
    scriptPath: await scriptPath('buttons'),
    tag: '',
  };
  const { html, headers } = await renderPage(cardPage(record, cardId, context, true));
  return c.html(html, 200, { ...headers, 'Cache-Control': 'private, no-store' });
}

/** Pages that an isolate keeps for a moment: about 20 KB each. */
const recentPages = new BoundedMap<Omit<RenderedPage, 'html'> & { body: Uint8Array<ArrayBuffer> }>({
  maxEntries: 200,
});

/** @param key names all that the page is made from */
function rendered(key: string, parts: () => PageParts | Promise<PageParts>) {
  return recentPages.getOrMake(key, async () => {
    const { html, ...rest } = await renderPage(await parts());
    return { body: bytesOf(html), ...rest };
  });
}

/** The entity tag comes from the page itself, so that a release that renders otherwise needs no thought. */
async function answer(
  c: Context<AppEnv>,
  found: Found<ProfileRecord>,
  page: (context: PageContext) => PageParts,
  cardId = '',
): Promise<Response> {
  const text = textsFor(c);
  const { contacts } = c.get('services');
  const contactStamp = contacts.isOn && found.record.contactDays !== undefined ? STAMP_HOLE : undefined;
  // The record's tag names all that it shows; an old name in other letters leads to the same page.
  const key = `${found.tag} ${text.language} ${cardId}`;
  const { body, etag, headers } = await rendered(key, async () =>
    page({
      text,
      origin: c.get('origin'),
      scriptPath: await scriptPath('buttons'),
      look: await codeLook(c, found.record.qrStyle, found.record.profile.displayName),
      tag: found.tag,
      contactStamp,
    }),
  );
  if (contactStamp === undefined)
    return cacheable(c, { found, etag, contentType: HTML_TYPE, headers, body: () => body });
  // Pages that differ in their stamps alone are as good as each other.
  return cacheable(c, { found, etag, isWeak: true, contentType: HTML_TYPE, headers, body: stamped });

  async function stamped(): Promise<string> {
    const stamp = (await contacts.stamp(found.record)) ?? '';
    return new TextDecoder().decode(body).replace(STAMP_HOLE, () => stamp);
  }
}

/** Stands in rendered pages where each answer has a stamp of its own. No text of an owner has control characters. */
const STAMP_HOLE = '\u0001';

/** How an owner's codes look on pages; undefined for plain ones. */
export async function codeLook(
  c: Context<AppEnv>,
  style: QrStyle | null | undefined,
  displayName: string,
): Promise<CodeLook | undefined> {
  if (!style) return undefined;
  const letters = style.logo === 'initials' ? initials(displayName) : '';
  return { style, initials: letters ? await c.get('services').previewImages.outline(letters) : undefined };
}

/**
 * A problem as a page, where it has one and who asks is looking at pages; undefined where it should be
 * `application/problem+json`.
 */
export async function problemPage(c: Context<AppEnv>, problem: Problem): Promise<Response | undefined> {
  const kind = pageKind(problem);
  if (!kind || !asksForPage(c)) return undefined;
  const mayRetry = kind === 'signInFailed' || (kind === 'unavailable' && c.req.method === 'GET');
  const retryPath = mayRetry ? retryPathOf(c.req.path) : undefined;
  const { html, headers } = await renderPage(failurePage(kind, textsFor(c), retryPath));
  return c.body(html, (kind === 'notFound' ? 404 : problem.status) as ContentfulStatusCode, {
    ...headers,
    'Content-Type': HTML_TYPE,
    'Cache-Control': problemCacheControl(problem),
    ...problem.headers,
  });
}

function pageKind({ code, status }: Problem): Failure | undefined {
  if (code === 'sign-in-failed') return 'signInFailed';
  if (status >= 500 || status === 429) return 'unavailable';
  return status === 404 || code === 'invalid-username' ? 'notFound' : undefined;
}

/** Half-way through a sign-in there is nothing to try again: only its beginning. */
function retryPathOf(path: string): string {
  return path === '/auth/username' ? '/me' : path.replace(/^(\/auth\/.+)\/callback$/, '$1');
}

/** Whatever lies below /u/ is a page; elsewhere browsers say that they want one, and never get it from the API. */
function asksForPage(c: Context<AppEnv>): boolean {
  if (c.req.path.startsWith('/u/')) return true;
  return !/^\/(api|\.well-known)\//.test(c.req.path) && !!c.req.header('Accept')?.includes('text/html');
}

/** The words in the language that the browser prefers. */
export function textsFor(c: Context<AppEnv>): Texts {
  return textsOf(chooseLanguage(c.req.header('Accept-Language')));
}
