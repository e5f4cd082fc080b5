/** `/api/cards/:id/…`: what clients of the existing API do with one of their owner's cards. */
import { recordAfter } from '../../domain/own-record.ts';
import { Problem } from '../../domain/problem.ts';
import { PlacedLinkInput } from '../../domain/profile-input.ts';
import { scannedAddress } from '../../domain/views/view.ts';
import { conditional } from '../cacheable.ts';
import { CARD_ID, OWN_CARD, OWN_LINKS } from '../docs/examples.ts';
import { cardPicture, QrPictureQuery } from '../public/qr-codes.ts';
import { OWNER_READ, OWNER_WRITE, route } from '../route.ts';
import { editOf, writeHeaders } from './preconditions.ts';

export const sharedCards = [
  route('PUT /api/cards/:id/platform-link', {
    ...OWNER_WRITE,
    json: PlacedLinkInput,
    docs: DESCRIBED && {
      id: 'addCardLink',
      summary: 'Put a link last on a card',
      kind: 'write',
      answer: 'Message',
      problems: ['card-not-found', 'link-on-card'],
      example: {
        params: { id: CARD_ID },
        body: { platformLinkId: OWN_LINKS[1].id },
        answer: { message: 'Link added to the card' },
      },
    },
    handle: async (c, { json }) => {
      const { ownerEdits } = c.var.services;
      const published = await ownerEdits.placeLink(editOf(c), c.req.param('id'), json.platformLinkId);
      return c.json({ message: 'Link added to the card' }, 200, writeHeaders(published));
    },
  }),
  route('POST /api/cards/:id/share', {
    ...OWNER_WRITE,
    docs: DESCRIBED && {
      id: 'shareCard',
      summary: 'The path under which a card is shared',
      kind: 'write',
      answer: 'Shared',
      problems: ['card-not-found'],
      example: { params: { id: CARD_ID }, answer: { shareUrl: `/cards/share/${CARD_ID}` } },
    },
    handle: async (c) => {
      const published = await c.var.services.ownerEdits.shareCard(editOf(c), c.req.param('id'));
      return c.json({ shareUrl: `/cards/share/${published.value}` }, 200, writeHeaders(published));
    },
  }),
  route('GET /api/cards/:id/qr', {
    ...OWNER_READ,
    query: QrPictureQuery,
    docs: DESCRIBED && {
      id: 'getCardQrCode',
      summary: 'QR code of a card',
      kind: 'read',
      answer: ['image/png', 'image/svg+xml'],
      headers: ['ETag'],
      conditional: true,
      problems: ['card-not-found', 'forbidden'],
      example: { params: { id: CARD_ID }, query: { format: 'svg' } },
    },
    handle: async (c, { query }) => {
      const { ownerEdits } = c.var.services;
      const [profile, { id, visibility, qrEnabled }] = await Promise.all([
        ownerEdits.readProfile(c.var.owner),
        ownerEdits.findCard(c.var.owner, c.req.param('id')),
      ]);
      if (visibility === 'PRIVATE')
        throw new Problem('forbidden', { detail: 'A private card is for your eyes only.' });
      if (!qrEnabled) throw new Problem('card-not-found', { detail: 'This card has no QR code.' });
      const url = scannedAddress(`${c.var.origin}/u/${profile.username}/card/${id}`);
      const { etag, body, contentType } = await cardPicture(c, recordAfter(profile, [], {}), url, query);
      return conditional(c, etag, body, { 'Content-Type': contentType, 'Cache-Control': 'no-store' });
    },
  }),
  route('GET /api/cards/:id/analytics', {
    ...OWNER_READ,
    docs: DESCRIBED && {
      id: 'getCardViews',
      summary: 'Views of a card',
      kind: 'read',
      answer: 'CardReport',
      problems: ['card-not-found'],
      example: { params: { id: CARD_ID }, answer: { ...OWN_CARD, viewCount: 0, views: [] } },
    },
    handle: async (c) => {
      const { ownerEdits, views } = c.var.services;
      const card = await ownerEdits.findCard(c.var.owner, c.req.param('id'));
      return c.json({ ...card, ...(await views.ofCard(c.var.owner, card.id)) });
    },
  }),
];
