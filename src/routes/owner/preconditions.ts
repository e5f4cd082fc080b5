/** What owners' routes share: the condition on a write, and the headers that tell what came of it. */
import type { Context } from 'hono';
import type { Edit } from '../../domain/owner.ts';
import type { Published } from '../../services/owner-writes.ts';
import type { AppEnv } from '../context.ts';

/**
 * Who writes, and on which versions they insist (If-Match, RFC 9110 section 13.1.1). Compares strongly: what is no
 * ETag of ours names no version, and the write is refused.
 */
export function editOf(c: Context<AppEnv>): Edit {
  const ifMatch = c.req.header('If-Match')?.trim() ?? '*';
  const tags = ifMatch.split(',').flatMap((tag) => /^\s*"(\d{1,15})"\s*$/.exec(tag)?.[1] ?? []);
  return { owner: c.var.owner, versions: ifMatch === '*' ? null : tags.map(Number) };
}

/** The profile's version as an ETag: the one to send back as If-Match. */
export function versionTag(version: number): { ETag: string } {
  return { ETag: `"${version}"` };
}

/** Headers of the answer to a write. */
export function writeHeaders({ version, invalidation }: Omit<Published<unknown>, 'value'>) {
  return { ...versionTag(version), 'X-Cache-Invalidation': invalidation };
}
