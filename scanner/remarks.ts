/** What somebody remarks on a kept card: where and when they met its owner, and a note. */
import { el } from './dom.ts';
import { field } from './fields.ts';
import { type KeptCard, keepCard } from './kept-cards.ts';

/** The form for the remarks on a card. @param saved is told when they are kept */
export function remarksForm(kept: KeptCard, saved: () => void): HTMLElement {
  const { place = '', metOn = dateOf(kept.keptAt), note = '' } = kept;
  const form = el(
    'form',
    { className: 'details-form' },
    field('place', 'Where you met', { value: place }),
    field('metOn', 'When', { value: metOn, type: 'date' }),
    field('note', 'Note', { value: note }),
    el('button', { type: 'submit' }, 'Save'),
  );
  form.onsubmit = async (event) => {
    event.preventDefault();
    const typed = new FormData(form);
    const text = (name: string) => String(typed.get(name) ?? '').trim() || undefined;
    await keepCard({ ...kept, place: text('place'), metOn: text('metOn'), note: text('note') });
    saved();
  };
  return form;
}

/** Place, day and note in one line; empty where there are none. */
export function remarksOf({ place, metOn, note }: KeptCard): string {
  return [place, place && metOn, note].filter(Boolean).join(' · ');
}

/** Whether name, place and note together have every word of a search. */
export function isFound(kept: KeptCard, search: string): boolean {
  const { displayName, username, role, company } = kept.card;
  const text = plain([displayName, username, role, company, remarksOf(kept)].join(' '));
  return plain(search)
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

function dateOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}
