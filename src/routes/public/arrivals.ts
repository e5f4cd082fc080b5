/** Answers for addresses that were changed on their way: a redirect to the page that was meant, where there is one. */
import type { Context } from 'hono';
import { type Arrival, mend, pathOf } from '../../domain/arrival.ts';
import { publicCard } from '../../domain/name-record.ts';
import { Problem, type ProblemCode } from '../../domain/problem.ts';
import { checkOwnUsername } from '../../domain/usernames.ts';
import type { AppEnv } from '../context.ts';
import { countClient, usernameIn } from '../middleware/rate-limit.ts';
import { isMoved, MOVED_MAX_AGE_SECONDS } from './moved.ts';

/** Failures that say that nothing is at the address. */
const NOT_THERE: readonly ProblemCode[] = ['not-found', 'invalid-username', 'card-not-found'];

/** Paths of offline codes, whose digits stand behind a `#`. */
const CODE_PATHS = ['/c', '/q'];

/**
 * The redirect to what was meant by an address that leads nowhere; undefined where that is not known, or not there; the
 * problem that came up on the way, such as `too-many-requests`. Requests for addresses that are right pay nothing for it.
 */
export async function arrivalAnswer(
  c: Context<AppEnv>,
  { code }: Problem,
): Promise<Response | Problem | undefined> {
  const isRead = c.req.method === 'GET' || c.req.method === 'HEAD';
  if (!isRead || !NOT_THERE.includes(code)) return undefined;
  const { pathname, search } = new URL(c.req.url);
  if (/^\/(?:api|auth|me|\.well-known)(?:\/|$)/.test(pathname)) return undefined;
  const arrival = mend(pathname, search, CODE_PATHS);
  if (!arrival) return undefined;
  if (arrival.kind === 'code') return redirect(c, arrival.path);
  if (arrival.kind === 'card') return redirect(c, pathOf(arrival) + arrival.search);
  const { username } = arrival;
  // Programs try addresses such as /admin by the thousand.
  if (!checkOwnUsername(username).ok) return undefined;
  try {
    await countLookUp(c, username);
    return await redirectTo(c, arrival);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return error.status === 404 ? undefined : error;
  }
}

/** Counts a look-up, unless the request has come to a route with a username, which counts it itself. */
async function countLookUp(c: Context<AppEnv>, username: string): Promise<void> {
  if (usernameIn(c) !== undefined || c.get('services').publicProfiles.isCached(username)) return;
  await countClient(c, 'reads');
}

async function redirectTo(
  c: Context<AppEnv>,
  arrival: Extract<Arrival, { kind: 'profile' }>,
): Promise<Response | undefined> {
  const { username, rest } = arrival;
  const found = await c.get('services').publicProfiles.find(username);
  c.set('tier', found.tier);
  if (isMoved(found))
    return redirect(c, pathOf({ ...arrival, username: found.record.username }) + arrival.search);
  if (rest.startsWith('/card/') && !publicCard(found.record, rest.slice('/card/'.length))) return undefined;
  return redirect(c, pathOf({ ...arrival, username: found.record.profile.username }) + arrival.search);
}

/** Kept as long as the redirect of an old name: what was added to an address may be a name tomorrow. */
function redirect(c: Context<AppEnv>, to: string): Response {
  return c.body(null, 301, { Location: to, 'Cache-Control': `public, max-age=${MOVED_MAX_AGE_SECONDS}` });
}
