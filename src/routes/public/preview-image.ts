/** `GET /u/:username/preview.png`: what chats show of a profile (Open Graph). */

import { PREVIEW_REVISION } from '../../domain/preview/preview-image.ts';
import { FontsUnavailable } from '../../services/preview-images.ts';
import { cacheable } from '../cacheable.ts';
import { route } from '../route.ts';
import { isMoved, redirectToNewName } from './moved.ts';

export const previewImages = [
  route('GET /u/:username/preview.png', {
    access: 'public',
    // Drawing it is what costs, wherever the profile comes from.
    limit: 'qrImages',
    docs: DESCRIBED && {
      summary: 'Preview image of a profile',
      kind: 'namedPage',
      answer: 'image/png',
    },
    handle: async (c) => {
      const { publicProfiles, qrSessions, previewImages } = c.var.services;
      const found = await publicProfiles.find(c.req.param('username'));
      if (isMoved(found)) return redirectToNewName(c, found, 301);
      const { profile } = found.record;
      const url = qrSessions.profileUrl(profile.username);
      const answer = {
        found,
        etag: `${found.tag}.preview-${PREVIEW_REVISION}`,
        contentType: 'image/png',
      };
      try {
        return await cacheable(c, { ...answer, body: () => previewImages.picture(found.tag, profile, url) });
      } catch (error) {
        if (!(error instanceof FontsUnavailable)) throw error;
        // Nobody should keep it: the next request may find the fonts.
        return cacheable(c, {
          ...answer,
          etag: `${answer.etag}-plain`,
          headers: { 'Cache-Control': 'no-store' },
          body: () => previewImages.plainPicture(profile, url),
        });
      }
    },
  }),
];
