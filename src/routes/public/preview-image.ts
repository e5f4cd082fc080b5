/** `GET /u/:username/preview.png`: what chats show of a profile (Open Graph). */
import { Hono } from 'hono';
import { BoundedMap } from '../../cache/bounded-map.ts';
import { OutlineFont } from '../../domain/preview/outline-font.ts';
import { PREVIEW_REVISION, type PreviewFonts, previewImage } from '../../domain/preview/preview-image.ts';
import fontFile from '../../pages/preview-font.bin';
import { cacheable } from '../cacheable.ts';
import type { AppEnv } from '../context.ts';
import { isMoved, redirectToNewName } from './moved.ts';

let fonts: PreviewFonts | undefined;

/** Read when the first picture is asked for; no other answer pays for them. */
function previewFonts(): PreviewFonts {
  if (!fonts) {
    const [regular, bold] = OutlineFont.readAll(fontFile) as [OutlineFont, OutlineFont];
    fonts = { regular, bold };
  }
  return fonts;
}

/** Chats ask several times within seconds of a link's posting; a picture has about 20 KB and takes 10 ms. */
const pictures = new BoundedMap<Uint8Array<ArrayBuffer>>({ maxEntries: 32 });

export const previewImages = new Hono<AppEnv>().get('/:username/preview.png', async (c) => {
  const { publicProfiles, qrSessions } = c.var.services;
  const found = await publicProfiles.find(c.req.param('username'));
  if (isMoved(found)) return redirectToNewName(c, found, 301);
  const { profile } = found.record;
  return cacheable(c, {
    found,
    etag: `${found.tag}.preview-${PREVIEW_REVISION}`,
    contentType: 'image/png',
    body: () =>
      pictures.getOrMake(found.tag, () =>
        previewImage(profile, qrSessions.profileUrl(profile.username), previewFonts()),
      ),
  });
});
