/** `GET …/:username/qr` and `…/qr-session/qr`: QR codes of the profile's address and of the offline carrier. */

import type { Context } from 'hono';
import * as v from 'valibot';
import { BoundedMap, bytesOf } from '../../cache/bounded-map.ts';
import { initials } from '../../domain/initials.ts';
import type { ProfileRecord } from '../../domain/name-record.ts';
import { sturdyCode } from '../../domain/qr/encode.ts';
import type { QrGrid } from '../../domain/qr/grid.ts';
import type { Outline } from '../../domain/qr/logo.ts';
import { refused } from '../../domain/qr/picture.ts';
import { qrPng } from '../../domain/qr/png.ts';
import {
  isPlainDrawing,
  MIN_STYLED_SCALE,
  ownStyle,
  PLAIN_STYLE,
  parseQrStyle,
  QR_STYLE_FIELDS,
  type QrStyle,
  styledCode,
  styledLayout,
} from '../../domain/qr/style.ts';
import { styledPng, styledSvg } from '../../domain/qr/styled.ts';
import { qrSvg } from '../../domain/qr/svg.ts';
import { OFFLINE_CODE_MAX_VERSION, offlineCodeSegments } from '../../domain/tokens/offline-code.ts';
import { digest } from '../../pages/digest.ts';
import { type CacheableAnswer, cacheable } from '../cacheable.ts';
import type { AppEnv } from '../context.ts';
import { shows } from '../middleware/count-views.ts';
import { route } from '../route.ts';
import { isMoved, redirectToNewName } from './moved.ts';

const CONTENT_TYPES = { png: 'image/png', svg: 'image/svg+xml' } as const;

/**
 * The query of both pictures, read as the existing DevCard reads it: any other format is PNG, of a size its integer part
 * counts. Without any member of a style, the picture looks as its owner chose.
 */
export const QrPictureQuery = v.object({
  format: v.optional(
    v.pipe(
      v.string(),
      v.metadata({ enum: ['png', 'svg'] }),
      v.transform((format) => (format === 'svg' ? 'svg' : 'png')),
    ),
    'png',
  ),
  size: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^\d{1,4}(?!\d)/, 'Give a whole number of pixels.'),
      v.transform((text) => Number.parseInt(text, 10)),
      v.minValue(1, 'The smallest size is 1 pixel.'),
      v.maxValue(2048, 'The largest size is 2048 pixels.'),
    ),
    '400',
  ),
  ...QR_STYLE_FIELDS,
});

interface Picture {
  format: keyof typeof CONTENT_TYPES;
  size: number;
  /** Undefined where nothing was said of it. */
  style: QrStyle | undefined;
}

type Query = v.InferOutput<typeof QrPictureQuery>;

/** @throws Problem `invalid-input` */
function pictureOf({ format, size, ...style }: Query): Picture {
  return { format, size, style: Object.keys(style).length > 0 ? parseQrStyle(style) : undefined };
}

/** The picture of the address of a card, as a query asks for it or as its owner chose. @throws Problem `invalid-input` */
export function cardPicture(c: Context<AppEnv>, record: ProfileRecord, url: string, query: Query) {
  const picture = pictureOf(query);
  const style = picture.style ?? ownStyle(record.qrStyle, url, picture.size);
  return draw(c, record, url, { ...picture, style }, addressCode);
}

/** An offline code has the highest level that its size holds, and no module to spare. @throws Problem `invalid-input` */
function offlinePictureOf({ level, ...query }: Query): Picture {
  if (level) throw refused('level', 'An offline code always has the highest level that its size holds.');
  if (query.logo && query.logo !== 'none') throw refused('logo', 'An offline code has no room for a logo.');
  return pictureOf(query);
}

export const qrCodes = [
  route('GET /api/public/:username/qr', {
    access: 'public',
    // Drawing it is what costs, wherever the profile comes from.
    limit: 'qrImages',
    query: QrPictureQuery,
    docs: DESCRIBED && {
      id: 'getQrCode',
      summary: 'QR code of the profile',
      kind: 'named',
      answer: ['image/png', 'image/svg+xml'],
      headers: ['Content-Disposition'],
      example: { query: { format: 'svg', size: '256' } },
    },
    handle: async (c, { query }) => {
      const { publicProfiles, qrSessions } = c.var.services;
      const picture = pictureOf(query);
      const asked = c.req.param('username');
      // Before anybody is asked: a name of this length has a code of the same size.
      publicProfiles.requirePossible(asked);
      const style = picture.style ?? PLAIN_STYLE;
      styledLayout(await addressCode(qrSessions.profileUrl(asked), style), picture.size, style);

      const found = await publicProfiles.find(asked);
      if (isMoved(found)) return redirectToNewName(c, found);
      const { username } = found.record.profile;
      shows(c, 'qr', found.record);
      const url = qrSessions.profileUrl(username);
      const shown = picture.style ?? ownStyle(found.record.qrStyle, url, picture.size);
      return cacheable(c, {
        found,
        ...(await draw(c, found.record, url, { ...picture, style: shown }, addressCode)),
        headers: { 'Content-Disposition': disposition(username, picture) },
      });
    },
  }),

  route('GET /api/public/:username/qr-session/qr', {
    access: 'public',
    limit: 'qrImages',
    query: QrPictureQuery,
    docs: DESCRIBED && {
      id: 'getQrSessionCode',
      summary: 'QR code that carries the signed profile',
      kind: 'named',
      answer: ['image/png', 'image/svg+xml'],
      headers: ['Content-Disposition', 'Age'],
      example: { query: { format: 'png', size: '600' } },
    },
    handle: async (c, { query }) => {
      const { publicProfiles, qrSessions } = c.var.services;
      const picture = offlinePictureOf(query);
      styledLayout(LARGEST_CODE, picture.size, picture.style ?? PLAIN_STYLE);

      const found = await publicProfiles.find(c.req.param('username'));
      if (isMoved(found)) return redirectToNewName(c, found);
      const { profile } = found.record;
      shows(c, 'qr', found.record);
      const { value: carrier, ageSeconds } = await qrSessions.offlineCode(profile);
      const style = picture.style ?? ownOfflineStyle(found.record.qrStyle, picture.size);
      return cacheable(c, {
        found,
        ...(await draw(c, found.record, carrier.url, { ...picture, style }, offlineCode)),
        headers: {
          'Content-Disposition': disposition(`${profile.username}-offline`, picture),
          Age: String(ageSeconds),
        },
      });
    },
  }),
];

/** Modules along a side of the largest code: a carrier picture smaller than it needs is refused whatever the profile. */
const LARGEST_CODE = { size: 17 + 4 * OFFLINE_CODE_MAX_VERSION };
/** Below it, an offline code of any profile is drawn with plain modules. */
const STYLED_OFFLINE_PIXELS = MIN_STYLED_SCALE * (LARGEST_CODE.size + 8);

/** Codes and their pictures that an isolate keeps for a moment: 10 KB for a usual picture, at most 60. */
const codes = new BoundedMap<QrGrid>({ maxEntries: 100 });
const pictures = new BoundedMap<Pick<CacheableAnswer, 'contentType' | 'etag' | 'body'>>({ maxEntries: 100 });

/** The code of an address, kept by its level. */
function addressCode(url: string, { level }: QrStyle): Promise<QrGrid> {
  return codes.getOrMake(`${level} ${url}`, () => styledCode(url, { level }));
}

function offlineCode(url: string): Promise<QrGrid> {
  return codes.getOrMake(url, () => sturdyCode(offlineCodeSegments(url)));
}

/** An offline code in its owner's colours and shape, as far as the size has room for them. */
function ownOfflineStyle(chosen: QrStyle | null | undefined, size: number): QrStyle {
  if (!chosen) return PLAIN_STYLE;
  const style = { ...chosen, logo: 'none' as const };
  return size < STYLED_OFFLINE_PIXELS ? { ...style, shape: 'square' } : style;
}

/** The picture as an answer. Its entity tag comes from its bytes, so that a release that draws otherwise needs no thought. */
async function draw(
  c: Context<AppEnv>,
  { profile }: ProfileRecord,
  url: string,
  { format, size, style }: Required<Picture> & { style: QrStyle },
  encode: typeof addressCode,
) {
  const letters = style.logo === 'initials' ? initials(profile.displayName) : '';
  return pictures.getOrMake(`${url} ${format} ${size} ${Object.values(style)} ${letters}`, async () => {
    const code = await encode(url, style);
    const outline = letters ? await c.var.services.previewImages.outline(letters) : undefined;
    const bytes = await picture(code, format, size, style, outline);
    return {
      contentType: CONTENT_TYPES[format],
      etag: await digest(bytes, 'base64url'),
      body: () => bytes,
    };
  });
}

function picture(
  code: QrGrid,
  format: Picture['format'],
  size: number,
  style: QrStyle,
  outline: Outline | undefined,
): Uint8Array<ArrayBuffer> | Promise<Uint8Array<ArrayBuffer>> {
  if (isPlainDrawing(style))
    return format === 'svg' ? bytesOf(qrSvg(code, size, style)) : qrPng(code, size, style);
  return format === 'svg'
    ? bytesOf(styledSvg(code, size, style, outline))
    : styledPng(code, size, style, outline);
}

/** A name under which the picture can be saved; usernames need no quoting. */
function disposition(name: string, { format }: Pick<Picture, 'format'>): string {
  return `inline; filename="devcard-${name}.${format}"`;
}
