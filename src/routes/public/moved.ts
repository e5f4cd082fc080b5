/** Answers for names that a rename left behind. */
import type { Context } from 'hono';
import type { MovedRecord, ProfileRecord } from '../../domain/name-record.ts';
import type { Found } from '../../services/public-profiles.ts';
import type { AppEnv } from '../context.ts';

/** Seconds for which a redirect may be kept: browsers keep a bare 308 for ever. */
export const MOVED_MAX_AGE_SECONDS = 300;

export function isMoved(found: Found<ProfileRecord> | Found<MovedRecord>): found is Found<MovedRecord> {
  return found.record.kind === 'moved';
}

/** Redirects to the same path under the new name: 308 for the API, 301 for pages. @param old the name as it stands in the path */
export function redirectToNewName(
  c: Context<AppEnv>,
  { record, tier }: Found<MovedRecord>,
  status: 301 | 308 = 308,
  old = c.req.param('username') as string,
): Response {
  c.set('tier', tier);
  const url = new URL(c.req.url);
  // Names are whole segments, or files. Hono has decoded what did not need its percent signs.
  const segments = c.req.path.split('/');
  const at = segments.findIndex((segment) => segment === old || segment.startsWith(`${old}.`));
  url.pathname = url.pathname
    .split('/')
    .with(at, (segments[at] as string).replace(old, record.username))
    .join('/');
  return c.body(null, status, {
    Location: url.pathname + url.search,
    'Cache-Control': `public, max-age=${MOVED_MAX_AGE_SECONDS}`,
  });
}
