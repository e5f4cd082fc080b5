/** The list of cards kept on the device. */
import { saveContacts, saveJson } from './contact.ts';
import { button, el, find } from './dom.ts';
import { nowSeconds } from './fetch-keys.ts';
import { deleteCard, type KeptCard, keepCard, keptCards } from './kept-cards.ts';
import { showNote } from './note.ts';
import { isFound, remarksForm, remarksOf } from './remarks.ts';
import { distance } from './times.ts';

const section = find('#kept');
const list = find('#kept ul');
const search = el('input', { type: 'search', ariaLabel: 'Search by name, place or note' });
search.placeholder = 'Search by name, place or note';
list.before(search);
let cards: KeptCard[] = [];

find('#export-contacts').onclick = () => saveContacts(cards, 'devcards');
find('#export-json').onclick = () => saveJson(cards);

/** Shows the list as it is now. @param open what a card's button does */
export async function showKept(open: (kept: KeptCard) => void): Promise<void> {
  cards = await keptCards().catch(() => []);
  section.hidden = cards.length === 0;
  const showFound = () =>
    list.replaceChildren(
      ...cards.filter((kept) => isFound(kept, search.value)).map((kept) => row(kept, open)),
    );
  search.oninput = showFound;
  showFound();
}

function row(kept: KeptCard, open: (kept: KeptCard) => void): HTMLLIElement {
  const { displayName, role, company } = kept.card;
  const about = [role, company].filter(Boolean).join(' · ');
  const item = el(
    'li',
    {},
    el(
      'button',
      { className: 'kept', type: 'button', onclick: () => open(kept) },
      el('bdi', {}, displayName),
      el(
        'span',
        { className: 'soft' },
        [
          kept.issuer && new URL(kept.issuer).host,
          about,
          remarksOf(kept),
          `kept ${distance(kept.keptAt, nowSeconds())}`,
        ]
          .filter(Boolean)
          .join(' · '),
      ),
    ),
    button('Note', () => noteOn(kept, item, open), `Note on ${displayName}`),
    button('Delete', () => remove(kept, open), `Delete ${displayName}`),
  );
  return item;
}

function noteOn(kept: KeptCard, item: HTMLElement, open: (kept: KeptCard) => void): void {
  const form = remarksForm(kept, async () => {
    await showKept(open);
    showNote(`The note on ${kept.card.displayName} is kept.`);
  });
  item.replaceChildren(form);
  form.querySelector('input')?.focus();
}

async function remove(kept: KeptCard, open: (kept: KeptCard) => void): Promise<void> {
  await deleteCard(kept.id);
  await showKept(open);
  showNote(`${kept.card.displayName} was deleted.`, async () => {
    await keepCard(kept);
    await showKept(open);
  });
}
