/** Sums of views of an existing DevCard, in the kinds and sources of this service. */
import { SOURCES, type Source } from '../../src/domain/views/view.ts';
import type { Finding } from './findings.ts';
import { importedId } from './ids.ts';
import type { OldViews } from './old-person.ts';

export interface NewViews {
  day: string;
  kind: 'profile' | 'card';
  cardId: string | null;
  source: Source;
  views: number;
  latest: string;
}

/** Sources are free text there: those that are unknown here count as `link`, and their sums are added up. */
export function importViews(old: readonly OldViews[]): { views: NewViews[]; findings: Finding[] } {
  const sums = new Map<string, NewViews>();
  const unknown = new Map<string, number>();
  for (const { card_id, day, source: text, views, latest } of old) {
    const word = text.trim().toLowerCase();
    const isKnown = SOURCES.includes(word as Source);
    const source = isKnown ? (word as Source) : 'link';
    if (!isKnown) unknown.set(text, (unknown.get(text) ?? 0) + views);
    const cardId = card_id === null ? null : importedId('card', card_id);
    const key = [day, cardId, source].join();
    const sum = sums.get(key);
    if (!sum) {
      sums.set(key, { day, kind: cardId === null ? 'profile' : 'card', cardId, source, views, latest });
    } else {
      sum.views += views;
      if (latest > sum.latest) sum.latest = latest;
    }
  }
  const findings = Array.from(unknown, ([from, views]): Finding => {
    return { outcome: 'changed', reason: 'source-unknown', from, to: 'link', detail: `${views} views` };
  });
  return { views: [...sums.values()], findings };
}
