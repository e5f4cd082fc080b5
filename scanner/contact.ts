/** Cards as files: contacts for an address book, JSON for everything else. */
import { VCARD_CONTENT_TYPE, vcard } from '../src/domain/vcard.ts';
import type { Card } from '../verify/verify.ts';
import { download } from './dom.ts';
import type { KeptCard } from './kept-cards.ts';

/** Saves one vCard file with these cards. */
export function saveContacts(cards: readonly Card[], name: string): void {
  download(`${name}.vcf`, VCARD_CONTENT_TYPE, cards.map((card) => vcard(card, profileUrl(card))).join(''));
}

/** Saves these cards with their times (ISO 8601). */
export function saveJson(kept: readonly KeptCard[]): void {
  const cards = kept.map(({ card, issuedAt, expiresAt, keptAt }) => ({
    profileUrl: profileUrl(card),
    issuedAt: isoTime(issuedAt),
    expiresAt: isoTime(expiresAt),
    keptAt: isoTime(keptAt),
    ...card,
  }));
  download('devcards.json', 'application/json', `${JSON.stringify({ cards }, null, 2)}\n`);
}

/** The address of a card's page. */
export function profileUrl({ username }: Card): string {
  return `${location.origin}/u/${username}`;
}

function isoTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
