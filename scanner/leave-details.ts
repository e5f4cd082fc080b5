/** «Leave my details»: a form for the owner of a card, which works without a network, and the list of what waits. */
import type { Card } from '../verify/verify.ts';
import { button, el, find } from './dom.ts';
import { field } from './fields.ts';
import { showNote } from './note.ts';
import { dropOutgoing, keepOutgoing, type Outgoing, outgoing, SYNC_TAG, sendOutgoing } from './outbox.ts';

/** Not part of TypeScript's DOM (Chromium only). */
type SyncingRegistration = ServiceWorkerRegistration & { sync?: { register(tag: string): Promise<void> } };

const section = el('section', { id: 'outbox', className: 'sheet', hidden: true });

/** The form for the owner of a card, in place of the button that asked for it. */
export function leaveDetailsForm({ username, displayName }: Card): HTMLFormElement {
  const form = el(
    'form',
    { className: 'details-form' },
    field('name', 'Your name', { required: true, autocomplete: 'name' }),
    field('reach', 'Your email, phone or link', { required: true, autocomplete: 'email' }),
    field('place', 'Where you met', {}),
    field('note', 'Note', {}),
    el(
      'p',
      { className: 'soft' },
      `${displayName} sees this and keeps it for a year at most. By sending it you agree.`,
    ),
    el('button', { type: 'submit' }, 'Send'),
  );
  form.onsubmit = async (event) => {
    event.preventDefault();
    const typed = new FormData(form);
    const text = (name: string) => String(typed.get(name) ?? '');
    const details = { name: text('name'), reach: text('reach'), place: text('place'), note: text('note') };
    const one = { key: crypto.randomUUID(), username, displayName, details };
    try {
      await keepOutgoing(one);
      form.remove();
      await deliver(one);
    } catch {
      showNote('This device keeps nothing for this page.');
    }
  };
  return form;
}

/** Sends what waits, now and whenever there is a network again, and shows what is left. */
export async function prepareOutbox(): Promise<void> {
  find('main').append(section);
  addEventListener('online', () => deliver());
  await deliver();
}

/** @param just was typed a moment ago */
async function deliver(just?: Outgoing): Promise<void> {
  const sent = await sendOutgoing().catch(() => []);
  const left = await outgoing().catch(() => []);
  showLeft(left);
  const waits = left.find(({ key }) => key === just?.key);
  if (sent.length > 0) showNote(`${sent.map(({ displayName }) => displayName).join(', ')} has your details.`);
  else if (waits && waits.refused === undefined)
    showNote('Without a network this waits here, and is sent later.');
  if (left.some(({ refused }) => refused === undefined)) await syncLater();
}

/** Browsers without background sync send it when the page is opened next. */
async function syncLater(): Promise<void> {
  const registration: SyncingRegistration | undefined = await navigator.serviceWorker?.getRegistration('/');
  await registration?.sync?.register(SYNC_TAG).catch(() => undefined);
}

function showLeft(left: readonly Outgoing[]): void {
  section.hidden = left.length === 0;
  section.replaceChildren(
    el('h2', {}, 'Your details on their way'),
    el(
      'ul',
      {},
      ...left.map(({ key, displayName, refused }) =>
        el(
          'li',
          {},
          el('span', {}, `For ${displayName}: ${refused ?? 'waits for a network'}`),
          button(
            'Delete',
            async () => {
              await dropOutgoing(key);
              showLeft(await outgoing());
            },
            `Delete what waits for ${displayName}`,
          ),
        ),
      ),
    ),
  );
}
