/** The text under which Upstash holds a record: versioned, and distrusted when it is read. */
import type { StampedRecord } from '../domain/cached-record.ts';

/** Raise it when the shape of NameRecord changes: older copies are then read as misses. */
const FORMAT = 3;

/** Gives the text to store. */
export function encodeRecord({ record, readAt, tag }: Omit<StampedRecord, 'size'>): string {
  return JSON.stringify({ format: FORMAT, readAt, tag, record });
}

/** Reads a stored text; null when it is garbage or of another format, which callers treat as a miss. */
export function decodeRecord(text: string): StampedRecord | null {
  try {
    const { format, readAt, tag, record } = JSON.parse(text);
    const whole =
      format === FORMAT && typeof readAt === 'number' && typeof tag === 'string' && isRecord(record);
    return whole ? { record, readAt, tag, size: text.length } : null;
  } catch {
    return null;
  }
}

function isRecord(
  value: { kind?: unknown; profile?: { links?: unknown }; cards?: unknown; username?: unknown } | null,
): boolean {
  if (value?.kind === 'unknown') return true;
  if (value?.kind === 'moved') return typeof value.username === 'string';
  return value?.kind === 'profile' && Array.isArray(value.profile?.links) && Array.isArray(value.cards);
}
