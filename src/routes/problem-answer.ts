/** Failures as answers: `application/problem+json` (RFC 9457). */
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Problem } from '../domain/problem.ts';
import type { AppEnv } from './context.ts';

/** Seconds for which an unknown name's 404 may be kept. */
const UNKNOWN_MAX_AGE_SECONDS = 30;

/** Whether the client prefers HTML, as browsers do. */
export function wantsPage(c: Context): boolean {
  return c.req.header('Accept')?.includes('text/html') ?? false;
}

/** Turns a failure into `application/problem+json` (RFC 9457); clients of the existing API read `error` or `message`. */
export function problemAnswer(c: Context<AppEnv>, problem: Problem): Response {
  const { code, status, title, detail, errors, headers } = problem;
  const body = {
    type: `/docs#problem-${code}`,
    title,
    status,
    ...(detail && { detail }),
    code,
    requestId: c.var.requestId,
    error: detail ?? title,
    message: detail ?? title,
    ...(errors && { errors }),
  };
  return c.body(JSON.stringify(body), status as ContentfulStatusCode, {
    'Content-Type': 'application/problem+json',
    'Cache-Control': problemCacheControl(problem),
    ...(status === 401 && { 'WWW-Authenticate': challenge(c) }),
    ...headers,
  });
}

/** The challenge of a 401 (RFC 9110 section 11.6.1), with `invalid_token` when a token was sent (RFC 6750 section 3.1). */
export function challenge(c: Context): string {
  const hasToken = /^Bearer /i.test(c.req.header('Authorization') ?? '');
  return `Bearer realm="devcard"${hasToken ? ', error="invalid_token"' : ''}`;
}

/** Only an unknown name's 404 may be cached, for a short time. */
export function problemCacheControl({ code }: Problem): string {
  return code === 'user-not-found' ? `public, max-age=${UNKNOWN_MAX_AGE_SECONDS}` : 'no-store';
}
