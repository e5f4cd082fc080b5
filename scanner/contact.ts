/** Cards as files: contacts for an address book, JSON for everything else. */
import { VCARD_CONTENT_TYPE, vcard } from '../src/domain/vcard.ts';
import type { Card } from '../verify/verify.ts';
import { saveFile } from './dom.ts';
import type { KeptCard } from './kept-cards.ts';

/** A card, and the origin of the deployment that issued it unless it was this one. */
type Issued = Pick<KeptCard, 'card' | 'issuer' | 'place' | 'metOn' | 'note'>;

/** Saves one vCard file with these cards. */
export function saveContacts(cards: readonly Issued[], name: string): void {
  const contacts = cards.map(({ card, issuer, place, metOn, note }) => {
    const bio = [place, place && metOn, note, card.bio].filter(Boolean).join('\n') || null;
    return vcard({ ...card, bio }, profileUrl(card, issuer));
  });
  saveFile(`${name}.vcf`, new Blob(contacts, { type: VCARD_CONTENT_TYPE }));
}

/** Saves these cards with their times (ISO 8601). */
export function saveJson(kept: readonly KeptCard[]): void {
  const cards = kept.map(({ card, issuedAt, expiresAt, keptAt, issuer, place, metOn, note }) => ({
    profileUrl: profileUrl(card, issuer),
    issuedAt: isoTime(issuedAt),
    expiresAt: isoTime(expiresAt),
    keptAt: isoTime(keptAt),
    metAt: place ?? null,
    metOn: metOn ?? null,
    note: note ?? null,
    ...card,
  }));
  const text = `${JSON.stringify({ cards }, null, 2)}\n`;
  saveFile('devcards.json', new Blob([text], { type: 'application/json' }));
}

/** The address of a card's page. @param issuer its origin, unless it is this one */
export function profileUrl({ username }: Card, issuer = location.origin): string {
  return `${issuer}/u/${username}`;
}

function isoTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
