/** `GET …/:username/qr` and `…/qr-session/qr`: QR codes of the profile's address and of the offline carrier. */
import { Hono } from 'hono';
import { validator } from 'hono/validator';
import * as v from 'valibot';
import { BoundedMap, bytesOf } from '../../cache/bounded-map.ts';
import { addressCode, sturdyCode } from '../../domain/qr/encode.ts';
import type { QrGrid } from '../../domain/qr/grid.ts';
import { BLACK_ON_WHITE, parseQrColors, type QrColors, qrLayout } from '../../domain/qr/picture.ts';
import { qrPng } from '../../domain/qr/png.ts';
import { qrSvg } from '../../domain/qr/svg.ts';
import { OFFLINE_CODE_MAX_VERSION, offlineCodeSegments } from '../../domain/tokens/offline-code.ts';
import { digest } from '../../pages/digest.ts';
import { requireUtf8Query } from '../body.ts';
import { type CacheableAnswer, cacheable } from '../cacheable.ts';
import type { AppEnv } from '../context.ts';
import { validated } from '../input.ts';
import { shows } from '../middleware/count-views.ts';
import { isMoved, redirectToNewName } from './moved.ts';

const CONTENT_TYPES = { png: 'image/png', svg: 'image/svg+xml' } as const;

/** `parseQrColors` says what is wrong with others. */
const color = v.pipe(v.string(), v.metadata({ pattern: '^#?[0-9A-Fa-f]{6}$' }));

/** The query of both pictures. Colours are six hexadecimal digits. */
export const QrPictureQuery = v.object({
  format: v.optional(v.picklist(['png', 'svg'], 'Choose png or svg.'), 'png'),
  size: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^\d{1,4}$/, 'Give a whole number of pixels.'),
      v.transform(Number),
      v.minValue(1, 'The smallest size is 1 pixel.'),
      v.maxValue(2048, 'The largest size is 2048 pixels.'),
    ),
    '400',
  ),
  fg: v.optional(color, BLACK_ON_WHITE.fg),
  bg: v.optional(color, BLACK_ON_WHITE.bg),
});

type Picture = Omit<v.InferOutput<typeof QrPictureQuery>, keyof QrColors> & { colors: QrColors };

const pictureQuery = validator('query', (query, c): Picture => {
  requireUtf8Query(c);
  const { fg, bg, ...picture } = validated(QrPictureQuery, query);
  return { ...picture, colors: parseQrColors(fg, bg) };
});

export const qrCodes = new Hono<AppEnv>()
  .get('/:username/qr', pictureQuery, async (c) => {
    const { publicProfiles, qrSessions } = c.var.services;
    const picture = c.req.valid('query');
    const asked = c.req.param('username');
    // Before anybody is asked: a name of this length has a code of the same size.
    publicProfiles.requirePossible(asked);
    const url = qrSessions.profileUrl(asked);
    qrLayout(await codes.getOrMake(url, () => addressCode(url)), picture.size);

    const found = await publicProfiles.find(asked);
    if (isMoved(found)) return redirectToNewName(c, found);
    const { username } = found.record.profile;
    shows(c, 'qr', found.record);
    return cacheable(c, {
      found,
      ...(await draw(qrSessions.profileUrl(username), picture, addressCode)),
      headers: { 'Content-Disposition': disposition(username, picture) },
    });
  })

  .get('/:username/qr-session/qr', pictureQuery, async (c) => {
    const { publicProfiles, qrSessions } = c.var.services;
    const picture = c.req.valid('query');
    qrLayout(LARGEST_CODE, picture.size);

    const found = await publicProfiles.find(c.req.param('username'));
    if (isMoved(found)) return redirectToNewName(c, found);
    const { profile } = found.record;
    shows(c, 'qr', found.record);
    const { value: carrier, ageSeconds } = await qrSessions.offlineCode(profile);
    return cacheable(c, {
      found,
      ...(await draw(carrier.url, picture, (url) => sturdyCode(offlineCodeSegments(url)))),
      headers: {
        'Content-Disposition': disposition(`${profile.username}-offline`, picture),
        Age: String(ageSeconds),
      },
    });
  });

/** Modules along a side of the largest code: a carrier picture smaller than it needs is refused whatever the profile. */
const LARGEST_CODE = { size: 17 + 4 * OFFLINE_CODE_MAX_VERSION };

/** Codes and their pictures that an isolate keeps for a moment: 10 KB for a usual picture, at most 60. */
const codes = new BoundedMap<QrGrid>({ maxEntries: 100 });
const pictures = new BoundedMap<Pick<CacheableAnswer, 'contentType' | 'etag' | 'body'>>({ maxEntries: 100 });

/** The picture as an answer. Its entity tag comes from its bytes, so that a release that draws otherwise needs no thought. */
function draw(url: string, { format, size, colors }: Picture, encode: (url: string) => QrGrid) {
  return pictures.getOrMake(`${url} ${format} ${size} ${colors.fg} ${colors.bg}`, async () => {
    const code = await codes.getOrMake(url, () => encode(url));
    const bytes = format === 'svg' ? bytesOf(qrSvg(code, size, colors)) : await qrPng(code, size, colors);
    return {
      contentType: CONTENT_TYPES[format],
      etag: await digest(bytes, 'base64url'),
      body: () => bytes,
    };
  });
}

/** A name under which the picture can be saved; usernames need no quoting. */
function disposition(name: string, { format }: Picture): string {
  return `inline; filename="devcard-${name}.${format}"`;
}
