/** The outcome of a check: what it means, the card if there is one, and what can be done with it. */
import { cardView } from './card-view.ts';
import { profileUrl, saveContacts } from './contact.ts';
import { button, el, find, icon } from './dom.ts';
import { nowSeconds } from './fetch-keys.ts';
import { type Checked, clockError, isListed, keysFetchedAt } from './keys.ts';
import { leaveDetailsForm } from './leave-details.ts';
import { type Wording, wording } from './wording.ts';

interface Actions {
  /** Checks the same text again. */
  again(): void;
  keep(): void;
  /** Fetches and keeps the keys of another deployment. */
  trust(origin: string): void;
  close(): void;
}

const section = find('#result');

/** Shows a verdict in place of the one before, and moves the focus to it, so that it is read out. */
export function showResult(checked: Checked, actions: Actions): void {
  const { verdict } = checked;
  const words = wordsOf(checked);
  const title = el('h2', { tabIndex: -1 }, words.title);
  section.replaceChildren(
    el('div', { className: 'verdict' }, icon(words.icon), el('div', {}, title, details(words.details))),
    'card' in verdict && verdict.outcome !== 'revoked'
      ? cardView(verdict.card, checked.issuer ? new URL(checked.issuer.origin).host : null)
      : '',
    el('div', { className: 'actions' }, ...buttons(checked, actions)),
  );
  section.dataset.look = words.look;
  section.hidden = false;
  document.title = `${words.title}${'card' in verdict ? `: ${verdict.card.displayName}` : ''} – DevCard`;
  title.focus();
}

/** Says anew how long ago things were; nothing that could have the focus is touched. */
export function refreshWords(checked: Checked): void {
  section.querySelector('.details')?.replaceWith(details(wordsOf(checked).details));
}

/** Takes the result away. */
export function hideResult(): void {
  section.hidden = true;
  section.replaceChildren();
  document.title = 'DevCard scanner';
}

function wordsOf({ verdict, keysAreCurrent, profileUrl, isNewer, issuer, stranger }: Checked): Wording {
  const now = nowSeconds();
  return wording(verdict, {
    now,
    host: issuer ? new URL(issuer.origin).host : location.host,
    strangersHost: stranger && new URL(stranger).host,
    keysFetchedAt: issuer ? issuer.fetchedAt : keysFetchedAt(),
    keysAreCurrent,
    isProfile: profileUrl !== null,
    isNewer,
    clockError: clockError(),
    isListed: 'card' in verdict && isListed(verdict.issuedAt, issuer),
  });
}

function details(paragraphs: readonly string[]): HTMLElement {
  return el('div', { className: 'details' }, ...paragraphs.map((text) => el('p', {}, text)));
}

function buttons(
  { verdict, profileUrl: page, issuer, stranger }: Checked,
  { again, keep, close, trust }: Actions,
): HTMLElement[] {
  const another = button('Scan another code', close);
  if (stranger !== null)
    return [button(`Fetch the keys of ${new URL(stranger).host}`, () => trust(stranger)), another];
  if (verdict.outcome === 'unknown-key') return [button('Check again online', again), another];
  if (!('card' in verdict) || verdict.outcome === 'revoked') {
    return page === null
      ? [another]
      : [el('a', { className: 'button', href: page }, 'Open the profile'), another];
  }
  const { card } = verdict;
  // The form is sent to this deployment alone.
  const leave = button('Leave my details', () => {
    const form = leaveDetailsForm(card);
    leave.replaceWith(form);
    form.querySelector('input')?.focus();
  });
  return [
    button('Keep on this device', keep),
    button('Save as contact', () => saveContacts([{ card, issuer: issuer?.origin }], card.username)),
    el('a', { className: 'button', href: profileUrl(card, issuer?.origin) }, 'See it online'),
    ...(issuer ? [] : [leave]),
    another,
  ];
}
