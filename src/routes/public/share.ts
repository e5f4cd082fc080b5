/** Cards that were shared by clients of the existing API: `/api/cards/share/:slug`, and `/cards/share/:slug`, which its codes say. */
import {
  cardOf,
  type ProfileRecord,
  type PublicCard,
  publicCard,
  type RecordCard,
} from '../../domain/name-record.ts';
import { Problem } from '../../domain/problem.ts';
import type { PublicLink } from '../../domain/profile.ts';
import type { Found } from '../../services/public-profiles.ts';
import { cacheable } from '../cacheable.ts';
import { CARD_ID, SHARED_CARD } from '../docs/examples.ts';
import { shows } from '../middleware/count-views.ts';
import { CACHED_READ, route } from '../route.ts';
import { MOVED_MAX_AGE_SECONDS } from './moved.ts';

/** A public card with the members of the existing API, where the links hang on places of the card. */
export interface SharedCard extends PublicCard, Omit<RecordCard, 'linkIds' | 'slug' | 'title'> {
  slug: string;
  cardLinks: {
    id: string;
    cardId: string;
    platformLinkId: string;
    displayOrder: number;
    platformLink: PublicLink;
  }[];
}

export const share = [
  route('GET /api/cards/share/:slug', {
    ...CACHED_READ,
    docs: DESCRIBED && {
      id: 'getSharedCard',
      summary: 'A card that was shared, by its slug or id',
      kind: 'card',
      answer: 'SharedCard',
      example: { params: { slug: CARD_ID }, answer: SHARED_CARD },
    },
    handle: async (c) => {
      const { slug } = c.req.param();
      const found = await c.var.services.publicProfiles.findShared(slug);
      c.set('tier', found.tier);
      const card = sharedCard(found, slug);
      shows(c, 'card', found.record, card.id);
      return cacheable(c, {
        found,
        etag: `${found.tag}.${card.id}.shared`,
        contentType: 'application/json',
        body: () => JSON.stringify(card),
      });
    },
  }),
  route('GET /cards/share/:slug', {
    ...CACHED_READ,
    docs: DESCRIBED && {
      summary: 'Where codes of the existing API lead: redirect to the page of a shared card',
      kind: 'page',
      answer: null,
      status: 302,
      problems: ['card-not-found', 'too-many-requests', 'unavailable'],
      example: { params: { slug: CARD_ID } },
    },
    handle: async (c) => {
      const { slug } = c.req.param();
      const found = await c.var.services.publicProfiles.findShared(slug);
      c.set('tier', found.tier);
      const { id } = sharedCard(found, slug);
      return c.body(null, 302, {
        Location: `/u/${found.record.profile.username}/card/${id}${new URL(c.req.url).search}`,
        'Cache-Control': `public, max-age=${MOVED_MAX_AGE_SECONDS}`,
      });
    },
  }),
];

/** @throws Problem `card-not-found` */
function sharedCard({ record }: Found<ProfileRecord>, key: string): SharedCard {
  const card = cardOf(record, key.toLowerCase());
  const shown = card && publicCard(record, card.id);
  if (!shown) throw new Problem('card-not-found');
  const { linkIds: _, slug, ...rest } = card;
  const cardLinks = shown.links.map((link) => ({
    id: link.id,
    cardId: card.id,
    platformLinkId: link.id,
    displayOrder: link.displayOrder,
    platformLink: link,
  }));
  return { ...rest, ...shown, slug: slug ?? card.id, cardLinks };
}
