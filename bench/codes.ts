/**
 * The table of docs/offline-qr.md, section 10: how large offline codes are in both layouts, and how small in a picture four
 * decoders still read them. `npm run codes`; zbar is left out where zbarimg is not installed.
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PublicProfile } from '../src/domain/profile.ts';
import { dataBits, type QrLevel } from '../src/domain/qr/codewords.ts';
import { qrCode, sturdyCode } from '../src/domain/qr/encode.ts';
import type { QrGrid } from '../src/domain/qr/grid.ts';
import { offlineCodeSegments, signCarrier } from '../src/domain/tokens/offline-code.ts';
import { blurred, type Luma, noisy, pictureOf, pixelsOf } from '../test/decoders/picture.ts';
import { READERS } from '../test/decoders/readers.ts';
import { measuredCards } from '../test/vectors/corpus.ts';
import { signLayout1 } from '../test/vectors/layout1.ts';
import { PROFILES } from '../test/vectors/profiles.ts';
import { KEYS } from '../test/verify/vectors.ts';

/** A hard frame: aslant, out of focus, in bad light. */
const FRAME = { width: 480, height: 480, blur: 1, noise: 14, tilt: 15 };
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];
const NEEDED = 7;
const FIRST_WIDTH = 84;
const STEP = 1.07;
const CARDS = ['small', 'typical', 'large', 'japanese and hindi'];
/** Those whose width is looked for. */
const READ_CARDS = ['small', 'typical', 'large'];

interface Drawn {
  layout: 1 | 2;
  code: QrGrid;
  url: string;
  version: number;
  level: QrLevel;
  bytes: number;
}

async function draw(profile: PublicProfile, layout: 1 | 2): Promise<Drawn> {
  const input = { ring: KEYS.private.keys, origin: KEYS.issuer, profile, now: KEYS.now };
  const { url, token } = await (layout === 1 ? signLayout1(input) : signCarrier(input));
  const segments = offlineCodeSegments(url);
  const code = layout === 1 ? qrCode(segments, 'L') : sturdyCode(segments);
  const version = (code.size - 17) / 4;
  const bits = 36 + 8 * (url.indexOf('#') + 1) + Math.ceil(((url.length - url.indexOf('#') - 1) * 10) / 3);
  const levels = layout === 1 ? (['L'] as const) : (['H', 'Q', 'M', 'L'] as const);
  const level = levels.find((one) => bits <= dataBits(version, one)) ?? 'L';
  const bytes = Buffer.from(token.split('.')[1] as string, 'base64url').length;
  return { layout, code, url, version, level, bytes };
}

const folder = mkdtempSync(join(tmpdir(), 'devcard-codes-'));
const hasZbar = spawnSync('zbarimg', ['--version']).status === 0;

function zbar(luma: Luma): string | undefined {
  const file = join(folder, 'frame.pgm');
  const head = Buffer.from(`P5 ${FRAME.width} ${FRAME.height} 255\n`);
  writeFileSync(file, Buffer.concat([head, Buffer.from(Uint8ClampedArray.from(luma))]));
  const options = ['--quiet', '--raw', '--nodbus', '-Sdisable', '-Sqrcode.enable', file];
  return spawnSync('zbarimg', options).stdout.toString().trim() || undefined;
}

const decoders: Record<string, (luma: Luma) => Promise<string | undefined>> = {
  ...(hasZbar && { zbar: async (luma: Luma) => zbar(luma) }),
  ...Object.fromEntries(
    Object.entries(READERS).map(([name, read]) => [name, (luma: Luma) => read(pixelsOf(luma, FRAME.width))]),
  ),
};

/** The smallest width at which each decoder reads 7 of 8 frames. */
async function widths({ code, url }: Drawn): Promise<Record<string, number | undefined>> {
  const found: Record<string, number | undefined> = {};
  for (let width = FIRST_WIDTH; width < 400; width *= STEP) {
    const open = Object.keys(decoders).filter((name) => found[name] === undefined);
    if (open.length === 0) break;
    const codeWidth = Math.round(width);
    const sharp = pictureOf(code, { width: FRAME.width, height: FRAME.height, tilt: FRAME.tilt, codeWidth });
    const blurry = blurred(sharp, FRAME.width, FRAME.blur);
    const frames = SEEDS.map((seed) => noisy(blurry, FRAME.noise, seed));
    for (const name of open) {
      let read = 0;
      for (const frame of frames) if ((await decoders[name]!(frame)) === url) read += 1;
      if (read >= NEEDED) found[name] = codeWidth;
    }
  }
  return found;
}

const names = Object.keys(decoders);
console.log(`| card | layout | bytes | version | ${names.join(' | ')} |`);
console.log(`|---|---|---|---|${names.map(() => '---|').join('')}`);
for (const name of CARDS) {
  for (const layout of [1, 2] as const) {
    const drawn = await draw(PROFILES[name]!, layout);
    const read = READ_CARDS.includes(name) ? await widths(drawn) : {};
    const cells = names.map((one) => read[one] ?? '–');
    console.log(
      `| ${name} | ${layout} | ${drawn.bytes} | ${drawn.version}-${drawn.level} | ${cells.join(' | ')} |`,
    );
  }
}

for (const layout of [1, 2] as const) {
  const all = await Promise.all(measuredCards().map((card) => draw(card, layout)));
  const sorted = (pick: (one: Drawn) => number) => all.map(pick).sort((a, b) => a - b);
  const [versions, bytes] = [sorted(({ version }) => version), sorted((one) => one.bytes)];
  const middle = all.length >> 1;
  console.log(
    `${all.length} cards of developers, layout ${layout}: version ${versions[middle]} (largest ${versions.at(-1)}), ${bytes[middle]} bytes (largest ${bytes.at(-1)})`,
  );
}
rmSync(folder, { recursive: true });
