/** Keeps the scanner and the owner's code on the device, so that `/scan`, `/q`, `/c` and `/code` open without a network. */
import { forgetCodes, refreshCodes } from './kept-code.ts';
import { outgoing, SYNC_TAG, sendOutgoing } from './outbox.ts';

declare const self: ServiceWorkerGlobalScope;

/** Set by build.ts: the paths of all files of this version, and a digest of their content. */
declare const FILES: readonly string[];
declare const VERSION: string;

const CACHE_PREFIX = 'devcard-reader-';
/** Of scanners that know layout 1 alone: their pages are opened anew, because they cannot do that themselves. */
const LAYOUT_1_PREFIX = 'devcard-scanner-';
const CACHE = CACHE_PREFIX + VERSION;
/** One page behind three paths: `/q` and `/c` are those of the codes' layouts. */
const PAGE = '/scan';
const PAGE_PATHS = [PAGE, '/q', '/c'];
const MY_CODE = '/code';
/** Pages of owners that cannot be had without a network: their code stands in. */
const OWN_PATHS = ['/me', '/me/code'];
/** What is sent there changes who is signed in. */
const SIGNS_OUT = /^\/auth\/(logout|logout\/everywhere|username)$|^\/(me\/remove|api\/profiles\/me)$/;
const SIGNS_IN = /^\/auth\/[^/]+\/callback$/;

self.addEventListener('install', (event) => {
  event.waitUntil(keepFiles());
});

self.addEventListener('activate', (event) => {
  event.waitUntil(dropOldFiles());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (changesOwner(request.method, pathname)) event.waitUntil(forgetCodes().then(tellPages));
  if (request.method !== 'GET') return;
  const file = PAGE_PATHS.includes(pathname) ? PAGE : pathname;
  if (FILES.includes(file)) event.respondWith(keptFile(file, request));
  else if (OWN_PATHS.includes(pathname) && request.mode === 'navigate')
    event.respondWith(fetch(request).catch(() => keptFile(MY_CODE, request)));
});

/** Background sync, where there is one: what was typed without a network is sent although no page is open. */
self.addEventListener('sync', (event) => {
  const { tag, waitUntil } = event as ExtendableEvent & { tag: string };
  if (tag === SYNC_TAG) waitUntil.call(event, sendAll());
});

/** The browser tries again later when this rejects. */
async function sendAll(): Promise<void> {
  await sendOutgoing();
  if ((await outgoing()).some(({ refused }) => refused === undefined)) throw new Error('Some details wait.');
}

/** A page of the owner asks for it, whenever it is loaded. */
self.addEventListener('message', (event) => {
  if (event.data === 'refresh-codes') event.waitUntil(refreshCodes().then(tellPages));
});

function changesOwner(method: string, path: string): boolean {
  if (method === 'GET') return SIGNS_IN.test(path);
  return (method === 'POST' || method === 'DELETE') && SIGNS_OUT.test(path);
}

/** Pages that show a code look again at what is kept. */
async function tellPages(): Promise<void> {
  for (const page of await self.clients.matchAll()) page.postMessage('codes-changed');
}

async function keepFiles(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll(FILES.map((file) => new Request(file, { cache: 'reload' })));
  await self.skipWaiting();
}

async function dropOldFiles(): Promise<void> {
  const names = await caches.keys();
  const isLayout1 = (name: string) => name.startsWith(LAYOUT_1_PREFIX);
  const old = names.filter((name) => isLayout1(name) || (name.startsWith(CACHE_PREFIX) && name !== CACHE));
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
  if (!old.some(isLayout1)) return;
  for (const page of await self.clients.matchAll({ type: 'window' })) {
    if (PAGE_PATHS.some((path) => page.url === self.location.origin + path)) await page.navigate(page.url);
  }
}

async function keptFile(file: string, request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  return (await cache.match(file)) ?? fetch(request);
}
