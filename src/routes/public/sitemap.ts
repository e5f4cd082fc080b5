/** `GET /sitemap.xml` and its pages: every public profile, for search engines (sitemaps.org). */

import { Problem } from '../../domain/problem.ts';
import { MAX_PAGES } from '../../services/public-names.ts';
import { route } from '../route.ts';

const XML = 'application/xml';
const NAMESPACE = 'http://www.sitemaps.org/schemas/sitemap/0.9';

const HEADERS = { 'Content-Type': `${XML}; charset=utf-8`, 'Cache-Control': 'public, max-age=3600' };

/** Such as `3-of-200.xml`. */
const PAGE = /^([1-9]\d{0,4})-of-([1-9]\d{0,4})\.xml$/;

/** Names and the origin hold nothing that XML would want escaped. */
export const sitemap = [
  route('GET /sitemap.xml', {
    access: 'public',
    limit: 'reads',
    docs: DESCRIBED && {
      summary: 'Map of the site',
      kind: 'page',
      answer: XML,
      problems: ['unavailable'],
    },
    handle: async (c) => {
      const pages = await c.var.services.publicNames.pages();
      const entries = Array.from(
        { length: pages },
        (_, i) => `<sitemap><loc>${c.var.origin}/sitemap/${i + 1}-of-${pages}.xml</loc></sitemap>`,
      );
      return c.body(
        `<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="${NAMESPACE}">${entries.join('')}</sitemapindex>\n`,
        200,
        HEADERS,
      );
    },
  }),

  route('GET /sitemap/:file{.+\\.xml}', {
    access: 'public',
    limit: 'reads',
    docs: DESCRIBED && {
      summary: 'A part of the map',
      kind: 'page',
      answer: XML,
      problems: ['not-found', 'unavailable'],
      example: {},
    },
    handle: async (c) => {
      const [page = 0, pages = 0] = (PAGE.exec(c.req.param('file')) ?? []).slice(1).map(Number);
      if (page < 1 || page > pages || pages > MAX_PAGES) throw new Problem('not-found');
      const names = await c.var.services.publicNames.page(page, pages);
      const entries = names.map((name) => `<url><loc>${c.var.origin}/u/${name}</loc></url>`);
      return c.body(
        `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="${NAMESPACE}">${entries.join('')}</urlset>\n`,
        200,
        HEADERS,
      );
    },
  }),
];
