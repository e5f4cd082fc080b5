/** What the owner's pages under `/me` share: what they show, how they are sent, and what stands there when they cannot be. */
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { OwnProfileWithLinks } from '../../domain/owner.ts';
import type { OwnCard } from '../../domain/owner-cards.ts';
import { Problem } from '../../domain/problem.ts';
import { ProfilePatch } from '../../domain/profile-input.ts';
import { MAX_RETURN_CHARACTERS } from '../../domain/tokens/sign-in-attempt.ts';
import { type CodeView, codePage } from '../../pages/code-page.tsx';
import { type EditorView, editorPage } from '../../pages/editor-page.tsx';
import type { FormValues } from '../../pages/form.tsx';
import { type PageParts, renderPage } from '../../pages/layout.tsx';
import { signInPage } from '../../pages/sign-in-page.tsx';
import { unsavedPage } from '../../pages/unsaved-page.tsx';
import type { AppEnv } from '../context.ts';
import { formIn } from '../form.ts';
import { isSameOrigin } from '../middleware/same-origin.ts';
import { MAX_IMPORT_BYTES } from '../owner/account.ts';
import { challenge } from '../problem-answer.ts';
import { scriptPath } from './page-files.ts';
import { textsFor } from './pages.ts';

/** An owner's profile and cards: two requests to the database at once. @throws Problem `unauthorized`, `unavailable` */
export function ownData(c: Context<AppEnv>) {
  const { ownerEdits } = c.var.services;
  return Promise.all([ownerEdits.readProfile(c.var.owner), ownerEdits.listCards(c.var.owner)]);
}

/** Answers with a page that nobody else may see or keep. */
export async function showOwnPage(
  c: Context<AppEnv>,
  page: PageParts,
  status = 200,
  more: Record<string, string> = {},
): Promise<Response> {
  const { html, headers } = await renderPage(page);
  return c.html(html, status as ContentfulStatusCode, { ...headers, ...more, 'Cache-Control': 'no-store' });
}

/** Answers with a code to hold up. */
export async function showCode(
  c: Context<AppEnv>,
  view: Omit<CodeView, 'scriptPath'>,
  status = 200,
): Promise<Response> {
  return showOwnPage(c, codePage({ ...view, scriptPath: await scriptPath('code') }), status);
}

/** Answers with the editor. @throws Problem `unauthorized`, `unavailable` */
export async function showEditor(
  c: Context<AppEnv>,
  view: Pick<EditorView, 'draft' | 'saved'>,
  status = 200,
): Promise<Response> {
  const [profile, { cards, version }] = await ownData(c);
  // A change between the two readings: whoever saves by the older version hears of it.
  const read = { ...profile, version: Math.min(profile.version, version) };
  const scripts = [await scriptPath('form'), await scriptPath('editor')];
  const canSeal = c.var.services.contacts.isOn;
  const about = { profile: read, cards, canSeal, origin: c.var.origin, scripts };
  const draft = view.draft && { ...view.draft, form: formOnPage(view.draft.form, profile, cards) };
  return showOwnPage(c, editorPage({ ...about, ...view, draft }), status);
}

/** What was typed for a thing that is gone stands where a new one is made. */
function formOnPage(form: string, { platformLinks }: OwnProfileWithLinks, cards: readonly OwnCard[]): string {
  const isGone = (kind: string, things: readonly { id: string }[]) =>
    form.startsWith(`${kind}-`) && !things.some(({ id }) => form === `${kind}-${id}`);
  if (isGone('link', platformLinks)) return 'new-link';
  return isGone('card', cards) ? 'new-card' : form;
}

/** A text in a form that is too long is refused beside its field, so a form may be larger than what can be saved. */
const MAX_FORM_BYTES = 64 * 1024;

/** The fields that forms of the editor have; others are neither read nor shown. */
const FORM_FIELDS = [
  'version',
  ...Object.keys(ProfilePatch.entries),
  ...['address', 'platform', 'instead', 'again', 'label', 'order', 'up', 'down'],
  ...['title', 'description', 'visibility', 'linkIds', 'hours'],
];
/** Of all values together as they stand in a page; one that was not saved shows each twice. */
const MAX_SHOWN_BYTES = 20 * 1024;
/** More than a character takes that HTML escapes: `&quot;`. */
const ESCAPED_BYTES = 5;

/**
 * The fields of the form that was sent, each with its values in order; files are left out.
 * @throws Problem `malformed-request`, `unsupported-media-type`, `too-large`
 */
export async function formValues(c: Context<AppEnv>): Promise<FormValues> {
  const maxBytes = c.req.path === '/me/import' ? MAX_IMPORT_BYTES : MAX_FORM_BYTES;
  const texts = (await formIn(c, maxBytes)).flatMap(([name, value]) =>
    // Forms send line breaks as CRLF (HTML, form submission).
    typeof value === 'string' && FORM_FIELDS.includes(name)
      ? { name, value: value.replaceAll('\r\n', '\n') }
      : [],
  );
  if (texts.reduce((sum, { value }) => sum + shownBytes(value), 0) > MAX_SHOWN_BYTES)
    throw new Problem('too-large', { detail: 'The texts in this form are too long to be shown again.' });
  const byName = Object.groupBy(texts, ({ name }) => name);
  return Object.fromEntries(
    Object.entries(byName).map(([name, all = []]) => [name, all.map(({ value }) => value)]),
  );
}

/** Of a text in HTML. */
function shownBytes(text: string): number {
  const escaped = text.match(/[&<>"']/g)?.length ?? 0;
  return new TextEncoder().encode(text).length + ESCAPED_BYTES * escaped;
}

/**
 * A problem under `/me` as a page: the ways in where nobody is signed in, and a form that can be sent again where one
 * was sent. Undefined where any other page would do.
 */
export async function ownPageProblem(c: Context<AppEnv>, problem: Problem): Promise<Response | undefined> {
  const { path, method } = c.req;
  if (path !== '/me' && !path.startsWith('/me/')) return undefined;
  const { code, status, title, detail = '' } = problem;
  const isSignedOut = code === 'unauthorized';
  const headers = { ...problem.headers, ...(isSignedOut && { 'WWW-Authenticate': challenge(c) }) };
  if (method === 'POST') {
    // Else another site could have its form sent again from here.
    if (code === 'not-found' || code === 'method-not-allowed' || !isSameOrigin(c)) return undefined;
    // Nothing is read of who is signed out; neither what is too large nor a file can be put into the page.
    const isLost = !c.get('owner') || code === 'too-large' || path === '/me/import';
    const values = isLost ? undefined : await formValues(c).catch(() => undefined);
    if (!values && !isLost) return undefined;
    const reason =
      code === 'too-large'
        ? 'This is too much at once. Shorten it, or choose a smaller file.'
        : `${title}. ${detail}`.trim();
    return showOwnPage(c, unsavedPage({ reason, action: path, values, isSignedOut }), status, headers);
  }
  // Where a form was refused, its address stays in the bar: who loads it, as after signing in, is led back.
  if (method === 'GET' && code === 'method-not-allowed') return c.redirect('/me', 303);
  if (!isSignedOut) return undefined;
  const { offers } = c.var.services.signIn;
  const { search } = new URL(c.req.url);
  const address = `${path}${search}`;
  const returnTo = path === '/me/preview' || address.length > MAX_RETURN_CHARACTERS ? '/me' : address;
  return showOwnPage(c, signInPage(textsFor(c), { offers, returnTo }), 401, headers);
}
