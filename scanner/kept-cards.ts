/** Cards kept on the device, in IndexedDB: one for each username. */
import type { Card } from '../verify/verify.ts';
import { objectStore } from './object-store.ts';

/** An authentic card as it was when it was kept. Times are seconds since the epoch. */
export interface KeptCard {
  /** The username in lower case; of another deployment's card with its origin in front. */
  id: string;
  card: Card;
  issuedAt: number;
  expiresAt: number;
  keptAt: number;
  /** Of an offline pass. */
  epoch: number | null;
  /** Origin of the deployment that issued it, unless it was this one. */
  issuer?: string | undefined;
  /** Where and when (`YYYY-MM-DD`) somebody met its owner, and what they noted. */
  place?: string | undefined;
  metOn?: string | undefined;
  note?: string | undefined;
}

const request = objectStore('devcard', 'cards', 'id');

/** All kept cards, by name. Rejects where the device keeps nothing (some private windows). */
export async function keptCards(): Promise<KeptCard[]> {
  const cards = await request<KeptCard[]>('readonly', (store) => store.getAll());
  return cards.sort((a, b) => a.card.displayName.localeCompare(b.card.displayName));
}

/** Keeps a card in place of an older one of the same username. */
export async function keepCard(card: KeptCard): Promise<void> {
  await request('readwrite', (store) => store.put(card));
}

export async function deleteCard(id: string): Promise<void> {
  await request('readwrite', (store) => store.delete(id));
}
