/** Counts views: routes say what an answer shows, which is noted once the answer is made. */
import type { Context } from 'hono';
import { BoundedMap } from '../../cache/bounded-map.ts';
import type { ProfileRecord } from '../../domain/name-record.ts';
import { isProgram } from '../../domain/views/program.ts';
import { isLeftOut, type ViewKind } from '../../domain/views/view.ts';
import type { AppEnv } from '../context.ts';
import { sessionToken } from './require-owner.ts';

/** Statuses of answers that somebody sees: the second from the browser's own copy. */
const SEEN_STATUSES = [200, 304];

/** By user agent: telling one takes longer than the rest of counting, and a hall has few of them. */
const programs = new BoundedMap<boolean>({ maxEntries: 500 });

/** Longer ones are told anew each time, so that nobody fills the memory with them. */
const MAX_REMEMBERED_CHARACTERS = 512;

function isKnownProgram(userAgent: string): boolean {
  if (userAgent.length > MAX_REMEMBERED_CHARACTERS) return isProgram(userAgent);
  return programs.getOrMakeNow(userAgent, () => isProgram(userAgent));
}

/** Says what the answer under way shows. @param cardId of kind `card` alone */
export function shows(c: Context<AppEnv>, kind: ViewKind, { ownerId }: ProfileRecord, cardId?: string): void {
  c.set('shown', { kind, ownerId, cardId: cardId ?? null });
}

/** Notes the view behind an answer that shows something, for after the response. */
export function countView(c: Context<AppEnv>): void {
  const shown = c.get('shown');
  if (!shown || c.req.method !== 'GET' || !SEEN_STATUSES.includes(c.res.status)) return;
  const { headers } = c.req.raw;
  const header = (name: string) => headers.get(name) ?? undefined;
  if (isLeftOut(header, isKnownProgram)) return;
  c.get('services').viewCounter.count(
    shown,
    {
      address: header('CF-Connecting-IP') ?? '',
      userAgent: header('User-Agent') ?? '',
      referrer: header('Referer'),
      source: c.req.query('source') ?? null,
      country: (c.req.raw as { cf?: { country?: string } }).cf?.country,
    },
    sessionToken(c),
  );
}
