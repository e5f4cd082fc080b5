/** What the owner's pages under `/me` share: what they show, how they are sent, and what stands there when they cannot be. */
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Problem } from '../domain/problem.ts';
import { type EditorView, editorPage } from '../pages/editor-page.tsx';
import type { FormValues } from '../pages/form.tsx';
import { type PageParts, renderPage } from '../pages/layout.tsx';
import { signInPage } from '../pages/sign-in-page.tsx';
import { unsavedPage } from '../pages/unsaved-page.tsx';
import { type AppEnv, challenge } from './http.ts';
import { scriptPath } from './page-files.ts';
import { textsFor } from './pages.ts';
import { isSameOrigin } from './same-origin.ts';

/** An owner's profile and cards: one round trip to the database, both at once. @throws Problem `unauthorized`, `unavailable` */
export function ownData(c: Context<AppEnv>) {
  const { ownerProfiles, ownerCards } = c.var.services;
  return Promise.all([ownerProfiles.read(c.var.owner), ownerCards.list(c.var.owner)]);
}

/** Answers with a page that nobody else may see or keep. */
export async function showOwnPage(c: Context<AppEnv>, page: PageParts, status = 200): Promise<Response> {
  const { html, headers } = await renderPage(page);
  return c.html(html, status as ContentfulStatusCode, { ...headers, 'Cache-Control': 'no-store' });
}

/** Answers with the editor. @throws Problem `unauthorized`, `unavailable` */
export async function showEditor(
  c: Context<AppEnv>,
  view: Pick<EditorView, 'draft' | 'saved'>,
  status = 200,
): Promise<Response> {
  const [profile, { cards }] = await ownData(c);
  const about = { profile, cards, origin: c.var.origin, scriptPath: await scriptPath('editor') };
  return showOwnPage(c, editorPage({ ...about, ...view }), status);
}

/** The fields of the form that was sent, each with its values in order; files are left out. */
export async function formValues(c: Context<AppEnv>): Promise<FormValues> {
  const texts = [...(await c.req.formData())].flatMap(([name, value]) =>
    // Forms send line breaks as CRLF (HTML, form submission).
    typeof value === 'string' ? { name, value: value.replaceAll('\r\n', '\n') } : [],
  );
  const byName = Object.groupBy(texts, ({ name }) => name);
  return Object.fromEntries(
    Object.entries(byName).map(([name, all = []]) => [name, all.map(({ value }) => value)]),
  );
}

/**
 * A problem under `/me` as a page: the ways in where nobody is signed in, and a form that can be sent again where one
 * was sent. Undefined where any other page would do.
 */
export async function ownPageProblem(c: Context<AppEnv>, problem: Problem): Promise<Response | undefined> {
  const { path, method } = c.req;
  if (path !== '/me' && !path.startsWith('/me/')) return undefined;
  const isSignedOut = problem.code === 'unauthorized';
  if (isSignedOut) c.header('WWW-Authenticate', challenge(c));
  if (method === 'POST') {
    // Else another site could have its form sent again from here.
    if (problem.code === 'not-found' || !isSameOrigin(c)) return undefined;
    const values = await formValues(c).catch(() => undefined);
    if (!values) return undefined;
    const reason = `${problem.title}. ${problem.detail ?? ''}`;
    return showOwnPage(c, unsavedPage({ reason, action: path, values, isSignedOut }), problem.status);
  }
  if (!isSignedOut) return undefined;
  const { offers } = c.var.services.signIn;
  return showOwnPage(
    c,
    signInPage(textsFor(c), { offers, returnTo: path === '/me/preview' ? '/me' : path }),
    401,
  );
}
