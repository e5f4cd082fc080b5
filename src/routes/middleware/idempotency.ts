/** `Idempotency-Key` on owners' POSTs: what was done is not done twice, and answered the same way. */
import type { Context, Next } from 'hono';
import type { ContentfulStatusCode, StatusCode } from 'hono/utils/http-status';
import type { KeptAnswer, KeyedRequest } from '../../domain/idempotency.ts';
import { readIdempotencyKey } from '../../domain/idempotency.ts';
import { Problem } from '../../domain/problem.ts';
import { digest } from '../../pages/digest.ts';
import { bodyPieces, joined } from '../body.ts';
import type { AppEnv } from '../context.ts';

const HEADER = 'Idempotency-Key';

/** Of what is sent: an import is the largest. The route itself refuses what is too large for it. */
const MAX_REQUEST_BYTES = 64 * 1024;
const MAX_IMPORT_BYTES = 8 * 1024 * 1024;
/** Of an answer that is kept. */
const MAX_ANSWER_CHARACTERS = 64 * 1024;

/** Headers that are part of an answer, not of its way. */
const KEPT_HEADERS = ['Content-Type', 'ETag', 'Location', 'X-Cache-Invalidation', 'Content-Security-Policy'];

/** Answers that another attempt may change: signing in again, waiting. */
const PASSING = [401, 409, 429];

/** A token of an owner is kept nowhere. */
const NEVER_KEPT = '/auth/token';

/** The key that a request was sent with, if any. @throws Problem `malformed-request` */
export function idempotencyKey(c: Context<AppEnv>): string | undefined {
  const header = c.req.header(HEADER);
  if (header === undefined) return undefined;
  const key = readIdempotencyKey(header);
  if (key !== undefined) return key;
  throw new Problem('malformed-request', { detail: `${HEADER} is a text of 1 to 255 ASCII characters.` });
}

/** Does the request unless it was done already. @throws Problem `request-under-way`, `idempotency-key-reused` */
export async function once(c: Context<AppEnv>, next: Next): Promise<Response | undefined> {
  const key = c.req.method === 'POST' && c.req.path !== NEVER_KEPT ? idempotencyKey(c) : undefined;
  if (key === undefined) {
    await next();
    return undefined;
  }
  const { idempotency } = c.var.services;
  const request = await keyed(c, key);
  const begun = await idempotency.begin(c.var.owner.id, request);
  if (begun !== 'claimed') {
    const { status, headers, body } = begun;
    const all = { ...headers, 'Idempotency-Replayed': 'true' };
    return body === ''
      ? c.body(null, status as StatusCode, all)
      : c.body(body, status as ContentfulStatusCode, all);
  }
  await next();
  await idempotency.end(c.var.owner.id, request, await answerToKeep(c.res));
  return undefined;
}

/** Reads the body, and puts it back for the route. */
async function keyed(c: Context<AppEnv>, key: string): Promise<KeyedRequest> {
  const { raw, method, path } = c.req;
  const body = await joined(bodyPieces(c, path.endsWith('/import') ? MAX_IMPORT_BYTES : MAX_REQUEST_BYTES));
  c.req.raw = new Request(raw, { body });
  const sent = [method, path, c.req.header('If-Match') ?? '', await digest(body, 'base64url')].join('\n');
  return { keyHash: await digest(key, 'base64url'), requestHash: await digest(sent, 'base64url') };
}

/** Null for what may be tried again. */
async function answerToKeep(answer: Response): Promise<KeptAnswer | null> {
  const { status } = answer;
  if (status >= 500 || PASSING.includes(status)) return null;
  const body = await answer.clone().text();
  if (body.length > MAX_ANSWER_CHARACTERS) return null;
  const headers = KEPT_HEADERS.flatMap((name) => {
    const value = answer.headers.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  return { status, headers: Object.fromEntries(headers), body };
}
