/** The list of cards kept on the device. */
import { saveContacts, saveJson } from './contact.ts';
import { button, el, find } from './dom.ts';
import { nowSeconds } from './fetch-keys.ts';
import { deleteCard, type KeptCard, keepCard, keptCards } from './kept-cards.ts';
import { showNote } from './note.ts';
import { distance } from './times.ts';

const section = find('#kept');
const list = find('#kept ul');
let cards: KeptCard[] = [];

find('#export-contacts').onclick = () => saveContacts(cards, 'devcards');
find('#export-json').onclick = () => saveJson(cards);

/** Shows the list as it is now. @param open what a card's button does */
export async function showKept(open: (kept: KeptCard) => void): Promise<void> {
  cards = await keptCards().catch(() => []);
  section.hidden = cards.length === 0;
  list.replaceChildren(...cards.map((kept) => row(kept, open)));
}

function row(kept: KeptCard, open: (kept: KeptCard) => void): HTMLLIElement {
  const { displayName, role, company } = kept.card;
  const about = [role, company].filter(Boolean).join(' · ');
  return el(
    'li',
    {},
    el(
      'button',
      { className: 'kept', type: 'button', onclick: () => open(kept) },
      el('bdi', {}, displayName),
      el(
        'span',
        { className: 'soft' },
        [kept.issuer && new URL(kept.issuer).host, about, `kept ${distance(kept.keptAt, nowSeconds())}`]
          .filter(Boolean)
          .join(' · '),
      ),
    ),
    button('Delete', () => remove(kept, open), `Delete ${displayName}`),
  );
}

async function remove(kept: KeptCard, open: (kept: KeptCard) => void): Promise<void> {
  await deleteCard(kept.id);
  await showKept(open);
  showNote(`${kept.card.displayName} was deleted.`, async () => {
    await keepCard(kept);
    await showKept(open);
  });
}
