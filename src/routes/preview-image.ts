/** `GET /u/:username/preview.png`: what chats show of a profile (Open Graph). */
import { Hono } from 'hono';
import { OutlineFont } from '../domain/outline-font.ts';
import { PREVIEW_REVISION, type PreviewFonts, previewImage } from '../domain/preview-image.ts';
import fontFile from '../pages/preview-font.bin';
import { type AppEnv, cacheable } from './http.ts';
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
const MAX_KEPT = 32;

const kept = new Map<string, Uint8Array<ArrayBuffer>>();

/** The picture of a record's content (`tag`), drawn unless this isolate has it still. */
async function drawnOnce(
  tag: string,
  draw: () => Promise<Uint8Array<ArrayBuffer>>,
): Promise<Uint8Array<ArrayBuffer>> {
  const picture = kept.get(tag) ?? (await draw());
  kept.set(tag, picture);
  const [oldest] = kept.keys();
  if (kept.size > MAX_KEPT && oldest !== undefined) kept.delete(oldest);
  return picture;
}

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
      drawnOnce(found.tag, () =>
        previewImage(profile, qrSessions.profileUrl(profile.username), previewFonts()),
      ),
  });
});
