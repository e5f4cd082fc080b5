/** Ids of an existing DevCard: kept where they are UUIDs, so that printed codes live on. */
import { createHash } from 'node:crypto';
import { isId } from '../../src/domain/id.ts';

/** The id under which a row is imported: always the same for the same old id. */
export function importedId(kind: 'user' | 'link' | 'card' | 'place', old: string): string {
  if (isId(old)) return old.toLowerCase();
  const hex = createHash('sha256').update(`devcard-import:${kind}:${old}`).digest('hex').slice(0, 32);
  // Version 8 of RFC 9562: a UUID of one's own making.
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-8$3-8$4-$5');
}
