/** What `Idempotency-Key` adds to the description of an operation. */

import { isForOwners } from '../src/routes/middleware/access.ts';
import type { FullOperation } from './operations.ts';

/** The row of an operation with what the header brings: every POST of an owner looks at it. */
export function keyed(key: string, row: FullOperation): [string, FullOperation] {
  const isKeyed = row.idempotent || (key.startsWith('POST ') && isForOwners(row.access ?? 'public'));
  if (!isKeyed) return [key, row];
  const problems = [
    ...row.problems,
    'malformed-request',
    'request-under-way',
    'idempotency-key-reused',
  ] as const;
  return [key, { ...row, idempotent: true, problems: [...new Set(problems)] }];
}
