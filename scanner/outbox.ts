/** Details that wait to be sent: kept on the device until their owner's deployment has them, each sent once. */

import { objectStore } from './object-store.ts';

/** What somebody typed for the owner of a card. */
export interface Outgoing {
  /** Under which the deployment knows it when it comes again. */
  key: string;
  username: string;
  displayName: string;
  details: { name: string; reach: string; place: string; note: string };
  /** Why it will never be taken, once that is known. */
  refused?: string;
}

/** The name of the background sync, where there is one (Chromium). */
export const SYNC_TAG = 'devcard-outbox';

const request = objectStore('devcard-outbox', 'outbox', 'key');

/** All that waits, or was refused. Rejects where the device keeps nothing. */
export function outgoing(): Promise<Outgoing[]> {
  return request('readonly', (store) => store.getAll());
}

export async function keepOutgoing(one: Outgoing): Promise<void> {
  await request('readwrite', (store) => store.put(one));
}

export async function dropOutgoing(key: string): Promise<void> {
  await request('readwrite', (store) => store.delete(key));
}

/** Sends what waits, one at a time in all pages and the worker. @returns those that were sent just now */
export function sendOutgoing(): Promise<Outgoing[]> {
  return navigator.locks.request(SYNC_TAG, async () => {
    const sent: Outgoing[] = [];
    for (const one of await outgoing()) {
      if (one.refused !== undefined) continue;
      const answer = await send(one).catch(() => undefined);
      // Without a network, or a service that answers, it goes on waiting.
      if (!answer || answer.status >= 500 || [409, 429].includes(answer.status)) break;
      if (answer.ok) {
        await dropOutgoing(one.key);
        sent.push(one);
      } else await keepOutgoing({ ...one, refused: await reasonIn(answer) });
    }
    return sent;
  });
}

function send({ key, username, details }: Outgoing): Promise<Response> {
  return fetch(`/u/${username}/contact`, {
    method: 'POST',
    headers: { Accept: 'application/json', 'Content-Type': 'application/json', 'Idempotency-Key': key },
    body: JSON.stringify(details),
    credentials: 'omit',
  });
}

async function reasonIn(answer: Response): Promise<string> {
  const { title } = await answer.json().catch(() => ({}));
  return typeof title === 'string' ? title : 'It was refused';
}
