/** `/code`: the owner's code to hold up, drawn from what the device keeps, so that it needs neither network nor server. */
import { addressCode, type QrSegment, sturdyCode } from '../src/domain/qr/encode.ts';
import type { QrGrid } from '../src/domain/qr/grid.ts';
import { codePicture } from './code-picture.ts';
import { el, find } from './dom.ts';
import { type KeptCode, type KeptCodes, keptCodes, refreshCodes } from './kept-code.ts';
import { prepareTakeAlong, type Shown } from './take-along.ts';
import { clock, distance } from './times.ts';

/** How often the time that a pass has left is looked over. */
const REFRESH_MS = 10_000;

const section = find('#my-code');
const nobody = find('#nobody');
const picture = find<HTMLButtonElement>('#picture');
const select = find<HTMLSelectElement>('#card');
const about = find('#about');
const isStart = location.search === '?start';

let kept: KeptCodes | undefined;
/** What is drawn: not drawn again while it is the same. */
let drawn: (Shown & { text: string }) | undefined;

/** Until one is chosen: the address where there is a network. */
let isKindChosen = false;

function chosenKind(): string {
  if (!isKindChosen)
    find<HTMLInputElement>(`#kind [value=${navigator.onLine ? 'address' : 'pass'}]`).checked = true;
  return find<HTMLInputElement>('#kind :checked').value;
}

function show(): void {
  section.hidden = !kept;
  nobody.hidden = !!kept;
  if (!kept) {
    picture.replaceChildren();
    drawn = undefined;
    return;
  }
  const { codes } = kept;
  const code = codes.find(({ cardId }) => (cardId ?? '') === select.value) ?? codes[0];
  if (!code) return;
  find('#name').textContent = code.cardId === null ? kept.name : `${code.title} – ${kept.name}`;
  find('#card-choice').hidden = codes.length < 2;
  const now = Date.now();
  const { pass } = code;
  const kind = chosenKind();
  if (kind === 'pass' && pass && pass.expiresAt > now) {
    draw(code, pass.url, () => sturdyCode(passSegments(pass.url)));
    say(aboutPass(pass, now));
  } else {
    draw(code, code.address, () => addressCode(code.address));
    say(kind === 'pass' ? noPass(code, now) : shortAddress(code));
  }
}

function aboutPass({ expiresAt, linksLeftOut }: NonNullable<KeptCode['pass']>, now: number): string {
  const [end, current] = [Math.floor(expiresAt / 1000), Math.floor(now / 1000)];
  const left = linksLeftOut > 0 ? ` ${linksLeftOut} of the links did not fit into it.` : '';
  return `Works without a network until ${clock(end, current)} (${distance(end, current)}).${left}`;
}

/** Why the address stands in. */
function noPass({ pass }: KeptCode, now: number): string {
  if (!pass)
    return 'There is no offline code on this device yet: this is the address. Go online once to get it.';
  const [end, current] = [Math.floor(pass.expiresAt / 1000), Math.floor(now / 1000)];
  return `The offline code expired ${distance(end, current)}: this is the address. Go online once to renew it.`;
}

/** Bytes up to the `#`, then digits (docs/offline-qr.md). */
function passSegments(url: string): QrSegment[] {
  const start = url.indexOf('#') + 1;
  return [
    { mode: 'byte', text: url.slice(0, start) },
    { mode: 'numeric', digits: url.slice(start) },
  ];
}

const shortAddress = ({ address }: KeptCode) => address.replace(/^https?:\/\//, '').replace(/\?.*/, '');

/** Only what changes is said, so that a screen reader does not repeat it. */
function say(text: string): void {
  if (about.textContent !== text) about.textContent = text;
}

/** @param text what the code says */
function draw(code: KeptCode, text: string, encode: () => QrGrid): void {
  if (drawn?.text === text && drawn.name === kept?.name) return;
  const grid = encode();
  const detail = shortAddress(code);
  drawn = {
    text,
    grid,
    address: code.address,
    name: kept?.name ?? '',
    detail,
    fileName: `devcard-${detail.replace(/^.*\/u\//, '').replaceAll('/', '-')}`,
  };
  const svg = codePicture(grid);
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', `Code of ${detail}`);
  picture.replaceChildren(svg);
}

/** Looks again at what is kept; the choice of a card stays as long as there is that card. */
async function reload(): Promise<void> {
  kept = await keptCodes().catch(() => undefined);
  const chosen = select.value || new URLSearchParams(location.search).get('card') || '';
  const codes = kept?.codes ?? [];
  select.replaceChildren(
    ...codes.map(({ cardId, title }) =>
      el('option', { value: cardId ?? '' }, cardId === null ? 'Whole profile' : title),
    ),
  );
  select.value = codes.some(({ cardId }) => cardId === chosen) ? chosen : '';
  show();
}

async function refresh(): Promise<void> {
  const refreshed = await refreshCodes().catch(() => 'unreachable');
  // Whoever has no code starts with the scanner.
  if (refreshed !== 'kept' && !kept && isStart) location.replace('/scan');
  else await reload();
}

/** Larger: over the whole page, and over the whole screen where the browser lets pages do that. */
picture.onclick = () => {
  const isLarge = picture.classList.toggle('large');
  picture.setAttribute('aria-label', isLarge ? 'Show the code smaller' : 'Show the code larger');
  if (!document.fullscreenEnabled) return;
  if (isLarge) document.documentElement.requestFullscreen().catch(() => undefined);
  else if (document.fullscreenElement) document.exitFullscreen();
};
addEventListener('fullscreenchange', () => {
  if (!document.fullscreenElement && picture.classList.contains('large')) picture.click();
});

/** The screen stays awake as long as the code is shown; older browsers do without. */
function stayAwake(): void {
  navigator.wakeLock?.request('screen').catch(() => undefined);
}

select.onchange = show;
find('#kind').onchange = () => {
  isKindChosen = true;
  show();
};
addEventListener('offline', show);
setInterval(show, REFRESH_MS);
addEventListener('online', refresh);
document.addEventListener('visibilitychange', () => {
  if (document.hidden) return;
  stayAwake();
  refresh();
});
navigator.serviceWorker?.register('/scanner-worker.js').catch(() => undefined);
navigator.serviceWorker?.addEventListener('message', reload);

prepareTakeAlong(() => drawn);
stayAwake();
await reload();
await refresh();
