/** `/auth`: signing in with a provider, choosing a username on the first time, signing out. */
import { type Context, Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import * as v from 'valibot';
import type { Owner } from '../../domain/owner.ts';
import { Problem } from '../../domain/problem.ts';
import { UsernameInput } from '../../domain/profile-input.ts';
import { SignInQuery } from '../../domain/tokens/sign-in-attempt.ts';
import { checkUsername } from '../../domain/usernames.ts';
import { renderPage } from '../../pages/layout.tsx';
import { usernamePage } from '../../pages/username-page.tsx';
import { MAX_BODY_BYTES, requireUtf8Query } from '../body.ts';
import type { AppEnv } from '../context.ts';
import { formIn } from '../form.ts';
import { jsonIn, queryParameters, validated } from '../input.ts';
import { requireOwner } from '../middleware/require-owner.ts';
import { requireSameOrigin } from '../middleware/same-origin.ts';
import { cookieToken, forgetToken, keepToken } from '../middleware/session-cookie.ts';
import { scriptPath } from '../pages/page-files.ts';
import { textsFor } from '../pages/pages.ts';
import { wantsPage } from '../problem-answer.ts';
import { apiTokens } from './api-tokens.ts';

const signInQuery = queryParameters(SignInQuery);

export const signIn = new Hono<AppEnv>()
  .use(async function noStore(c, next) {
    c.header('Cache-Control', 'no-store');
    await next();
  })

  .get('/me', requireOwner, async (c) => {
    const { version: _, ...profile } = await c.var.services.ownerEdits.readProfile(c.var.owner);
    // No account of the owner's elsewhere is ever used, which is what clients of the existing API look for here.
    return c.json({ ...profile, connectedPlatforms: [] });
  })

  .post('/logout', (c) => {
    requireSameOrigin(c);
    return signedOut(c);
  })

  .post('/logout/everywhere', requireOwner, async (c) => {
    await c.var.services.signIn.signOutEverywhere(c.var.owner);
    return signedOut(c);
  })

  .get('/username', async (c) => {
    const { pendingSignUp } = await c.var.services.signIn.pendingSignUp(
      cookieToken(c, 'devcard-sign-up') ?? '',
    );
    const { login, displayName, avatarUrl } = pendingSignUp;
    const complaint = login === null ? null : complaintOf(login);
    if (wantsPage(c)) return choice(c, login ?? '', complaint, 200);
    return c.json({ username: login, displayName, avatarUrl, complaint });
  })

  .post('/username', async (c) => {
    requireSameOrigin(c);
    const signUpToken = cookieToken(c, 'devcard-sign-up') ?? '';
    // Nothing is read of who is not signing up.
    await c.var.services.signIn.pendingSignUp(signUpToken);
    const typed = await usernameIn(c);
    try {
      const { username } = validated(UsernameInput, { username: typed });
      const joined = await c.var.services.signIn.join(signUpToken, username);
      await openSession(c, joined.owner);
      const { returnTo } = joined;
      return wantsPage(c) ? c.redirect(returnTo, 303) : c.json({ username, returnTo }, 201);
    } catch (error) {
      if (!wantsPage(c) || !(error instanceof Problem)) throw error;
      if (error.code !== 'invalid-input' && error.code !== 'username-taken') throw error;
      return choice(c, typed.slice(0, MAX_SHOWN_CHARACTERS), complaintOf(typed), error.status);
    }
  })

  .route('/token', apiTokens)

  .get('/:provider', signInQuery, async (c) => {
    const { state, returnTo = state?.startsWith('mobile_') ? '/auth/token' : '/me' } = c.req.valid('query');
    const { url, attemptToken } = await c.var.services.signIn.begin(c.req.param('provider'), returnTo);
    keepToken(c, 'devcard-sign-in', attemptToken);
    return c.redirect(url, 303);
  })

  .get('/:provider/callback', async (c) => {
    const attemptToken = cookieToken(c, 'devcard-sign-in') ?? '';
    // Whatever comes of it: one beginning has one end.
    forgetToken(c, 'devcard-sign-in');
    requireUtf8Query(c);
    const { code, state } = c.req.query();
    const outcome = await c.var.services.signIn.finish(c.req.param('provider'), attemptToken, {
      code,
      state,
    });
    if ('signUpToken' in outcome) {
      keepToken(c, 'devcard-sign-up', outcome.signUpToken);
      return c.redirect('/auth/username', 303);
    }
    await openSession(c, outcome.owner);
    return c.redirect(outcome.returnTo, 303);
  });

/** Opens the session of somebody who has just signed in. */
async function openSession(c: Context<AppEnv>, owner: Owner): Promise<void> {
  keepToken(c, 'devcard', await c.var.services.ownerSessions.open(owner));
  forgetToken(c, 'devcard-sign-up');
}

function signedOut(c: Context<AppEnv>): Response {
  forgetToken(c, 'devcard');
  return wantsPage(c) ? c.redirect('/', 303) : c.body(null, 204);
}

/** The form that asks for a username. */
async function choice(
  c: Context<AppEnv>,
  username: string,
  complaint: string | null,
  status: ContentfulStatusCode,
): Promise<Response> {
  const { html, headers } = await renderPage(
    usernamePage(textsFor(c), {
      origin: c.var.origin,
      username,
      complaint,
      scriptPath: await scriptPath('form'),
    }),
  );
  return c.html(html, status, headers);
}

/** What is wrong with a name that somebody could not have. */
function complaintOf(username: string): string {
  const checked = checkUsername(username);
  return checked.ok ? 'This username is taken. Choose another one.' : checked.message;
}

/** Of what was typed instead of a username: four times the longest. */
const MAX_SHOWN_CHARACTERS = 200;

/** As typed: what is wrong with a name is told beside it. */
const TypedUsername = v.fallback(v.object({ username: v.string() }), { username: '' });

/** The field `username` of a form or of JSON. */
async function usernameIn(c: Context<AppEnv>): Promise<string> {
  const isJson = c.req.header('Content-Type')?.startsWith('application/json');
  if (isJson) return (await jsonIn(c, TypedUsername)).username;
  const [, typed] = (await formIn(c, MAX_BODY_BYTES)).find(([name]) => name === 'username') ?? [];
  return typeof typed === 'string' ? typed : '';
}
