/** The page: takes a code from the address, the camera, a picture or a text, and shows what it is worth. */
import { cameraTrouble, scanWithCamera } from './camera.ts';
import { changesSince } from './changes.ts';
import { NO_READER, readCode } from './code-reader.ts';
import { find } from './dom.ts';
import { nowSeconds } from './fetch-keys.ts';
import { showIssuers } from './issuer-list.ts';
import { issuerOf, refreshIssuers, trustIssuer } from './issuers.ts';
import { type KeptCard, keepCard, keptCards } from './kept-cards.ts';
import { showKept } from './kept-list.ts';
import { type Checked, check, isReachable, refreshOldKeys } from './keys.ts';
import { prepareOutbox } from './leave-details.ts';
import { hideNote, showNote } from './note.ts';
import { prepareForOffline, reloadWhenUpdated } from './offline.ts';
import { hideResult, refreshWords, showResult } from './result-view.ts';

/** How often «20 minutes ago» is looked over, and whether a card has expired meanwhile. */
const REFRESH_MS = 10_000;
/** After this somebody who waits for newer keys is told so. */
const SLOW_MS = 300;

const scan = find('#scan');
const aim = find('#aim');
const video = find<HTMLVideoElement>('#viewfinder');
const cameraButton = find<HTMLButtonElement>('#camera');
const pictureInput = find<HTMLInputElement>('#picture');
const textInput = find<HTMLTextAreaElement>('#text');
const trouble = find('#trouble');
const torchButton = find<HTMLButtonElement>('#torch');
const hint = find('#hint');

/** What is shown, and how to find out anew. */
let shown: (Checked & { again(): Promise<Checked> }) | undefined;
let scanning: AbortController | undefined;
/** The latest check: one that takes longer than the next is not to be shown in its place. */
let asked: unknown;

async function show(again: () => Promise<Checked>): Promise<void> {
  asked = again;
  scanning?.abort();
  hideNote();
  const slow = setTimeout(() => showNote('Asking for newer keys…'), SLOW_MS);
  const checked = await again().finally(() => clearTimeout(slow));
  if (asked !== again) return;
  hideNote();
  shown = { ...checked, again };
  scan.hidden = true;
  showResult(checked, {
    again: () => show(again),
    keep: () => keep(checked),
    close: showScanner,
    trust: (origin) => trust(origin, again),
  });
  // Nobody waits for this: it only matters where a key was retired since the kept ones were fetched.
  if (await refreshOldKeys()) {
    const { verdict } = await again();
    if (asked === again && verdict.outcome !== checked.verdict.outcome) await show(again);
  }
}

async function showText(text: string): Promise<void> {
  const link = text.trim();
  await show(async () => {
    const checked = await check(text);
    // The issuer has a page for it, which is newer than this one.
    if (checked.isNewer && (await isReachable(link))) location.assign(link);
    return checked;
  });
}

function showScanner(): void {
  shown = undefined;
  asked = undefined;
  if (location.hash) history.replaceState(null, '', location.pathname);
  hideResult();
  hideNote();
  scan.hidden = false;
  cameraButton.focus();
}

/** Asked for by a press of a button that names the deployment. */
async function trust(origin: string, again: () => Promise<Checked>): Promise<void> {
  const { host } = new URL(origin);
  showNote(`Asking ${host} for its keys…`);
  if (await trustIssuer(origin, 'user')) {
    showIssuers();
    await show(again);
  } else showNote(`${host} gave no keys. Look at the connection, and try again.`);
}

async function keep({ verdict, issuer }: Checked): Promise<void> {
  if (!('card' in verdict)) return;
  const { card, issuedAt, expiresAt, epoch } = verdict;
  const id = `${issuer ? `${issuer.origin} ` : ''}${card.username.toLowerCase()}`;
  try {
    const newer = (await keptCards()).find((kept) => kept.id === id && kept.issuedAt > issuedAt);
    if (newer) {
      showNote(`A newer card of ${card.displayName} is kept already.`);
      return;
    }
    const { place, metOn, note } = (await keptCards()).find((kept) => kept.id === id) ?? {};
    await keepCard({
      ...{ place, metOn, note },
      id,
      card,
      issuedAt,
      expiresAt,
      epoch,
      keptAt: nowSeconds(),
      issuer: issuer?.origin,
    });
    navigator.storage.persist?.();
    showNote(`${card.displayName} is kept on this device.`);
  } catch {
    showNote('This device keeps nothing for this page.');
  }
  await showKept(openKept);
}

/** It was verified when it was kept; only its age is new. */
async function openKept(kept: KeptCard): Promise<void> {
  const { card, issuedAt, expiresAt, epoch, issuer: origin } = kept;
  await show(async () => {
    const outcome = nowSeconds() < expiresAt ? 'fresh' : 'expired';
    const verdict = { outcome, kind: 'carrier', kid: '', card, issuedAt, expiresAt, epoch } as const;
    const issuer = origin === undefined ? null : issuerOf(origin);
    return { verdict, keysAreCurrent: false, profileUrl: null, isNewer: false, issuer, stranger: null };
  });
  const opened = asked;
  const changes = navigator.onLine ? await changesSince(kept) : undefined;
  if (changes !== undefined && asked === opened) showNote(changes);
}

async function useCamera(): Promise<void> {
  const search = new AbortController();
  scanning = search;
  trouble.textContent = '';
  aim.hidden = false;
  cameraButton.textContent = 'Stop the camera';
  try {
    const text = await scanWithCamera(video, search.signal, { onTorch: offerTorch, onHint: showHint });
    if (text) await showText(text);
  } catch (error) {
    trouble.textContent = cameraTrouble(error);
  } finally {
    scanning = undefined;
    aim.hidden = true;
    torchButton.hidden = true;
    showHint('');
    cameraButton.textContent = 'Use the camera';
  }
}

function offerTorch(light: (isOn: boolean) => Promise<void>): void {
  let isOn = false;
  torchButton.hidden = false;
  torchButton.ariaPressed = 'false';
  torchButton.onclick = async () => {
    await light(!isOn);
    isOn = !isOn;
    torchButton.ariaPressed = String(isOn);
  };
}

function showHint(text: string): void {
  if (hint.textContent !== text) hint.textContent = text;
}

async function readPicture(file: Blob): Promise<void> {
  trouble.textContent = '';
  const before = asked;
  const picture = await createImageBitmap(file).catch(() => undefined);
  if (!picture) return complain('This file is not a picture that the browser can read.');
  try {
    const text = await readCode(picture);
    // Something else may have been read meanwhile.
    if (asked !== before) return;
    if (text) await showText(text);
    else
      complain(
        'No QR code was found in this picture. Try a sharper one, closer to the code and straight from the front.',
      );
  } catch {
    complain(NO_READER);
  } finally {
    picture.close();
  }
}

/** Says what went wrong where it can be seen: a picture may be pasted while a result is shown. */
function complain(message: string): void {
  if (scan.hidden) showNote(message);
  else trouble.textContent = message;
}

cameraButton.onclick = () => (scanning ? scanning.abort() : useCamera());

pictureInput.onchange = async () => {
  const [file] = pictureInput.files ?? [];
  if (file) await readPicture(file);
  // The same file may be chosen again.
  pictureInput.value = '';
};

find('#paste').onsubmit = (event) => {
  event.preventDefault();
  showText(textInput.value);
  textInput.value = '';
};

addEventListener('paste', ({ clipboardData, target }) => {
  const [file] = clipboardData?.files ?? [];
  const text = clipboardData?.getData('text');
  if (file) readPicture(file);
  else if (text && target !== textInput) showText(text);
});

addEventListener('visibilitychange', () => {
  if (document.hidden) scanning?.abort();
});

addEventListener('online', () => {
  if (shown?.verdict.outcome === 'unknown-key') show(shown.again);
});

addEventListener('hashchange', showAddress);

setInterval(() => {
  if (!shown) return;
  const { verdict, again } = shown;
  if (verdict.outcome === 'fresh' && nowSeconds() >= verdict.expiresAt) show(again);
  else refreshWords(shown);
}, REFRESH_MS);

function showAddress(): void {
  if (location.hash.length > 1) showText(location.hash);
}

showAddress();
showKept(openKept);
showIssuers();
prepareOutbox();
prepareForOffline().then(refreshIssuers).then(showIssuers);
reloadWhenUpdated(() => !shown && !scanning && !asked && textInput.value === '');
