/** What makes the page work without a network: its worker, its keys, and its place among the apps. */
import { prepareReader } from './code-reader.ts';
import { button, find } from './dom.ts';
import { nowSeconds } from './fetch-keys.ts';
import { keysFetchedAt, refreshOldKeys } from './keys.ts';
import { clock } from './times.ts';

/** Not part of TypeScript's DOM (Chromium only). */
interface InstallEvent extends Event {
  prompt(): Promise<unknown>;
}

/** Prepares for being offline, and says when that is done. */
export async function prepareForOffline(): Promise<void> {
  const readiness = find('#readiness');
  try {
    const [registration] = await Promise.all([
      navigator.serviceWorker.register('/scanner-worker.js'),
      refreshOldKeys(),
    ]);
    if (navigator.onLine) registration.update().catch(() => undefined);
    await navigator.serviceWorker.ready;
    await prepareReader();
  } catch {
    // Without a worker (some private windows) the page works as long as it is open.
    return;
  }
  const fetchedAt = keysFetchedAt();
  readiness.textContent =
    fetchedAt === null ? 'No keys yet' : `Ready offline · keys of ${clock(fetchedAt, nowSeconds())}`;
}

/** Opens the page anew when a newer scanner has taken over, unless somebody is in the middle of something. */
export function reloadWhenUpdated(isIdle: () => boolean): void {
  const hadWorker = navigator.serviceWorker?.controller;
  navigator.serviceWorker?.addEventListener('controllerchange', () => {
    if (hadWorker && isIdle()) location.reload();
  });
}

addEventListener('beforeinstallprompt', (event) => {
  event.preventDefault();
  const install = button('Install this scanner', async () => {
    install.remove();
    await (event as InstallEvent).prompt();
  });
  find('footer').replaceChildren(install);
});
