/** `/api/analytics`: owners see how often their cards were viewed. */
import { Hono } from 'hono';
import * as v from 'valibot';
import { REPORT_DAYS, type ReportDays, VIEWS_PER_PAGE } from '../../domain/views/view-report.ts';
import type { AppEnv } from '../context.ts';
import { queryParameters } from '../input.ts';
import { requireOwner } from '../middleware/require-owner.ts';

/** Pages reach this far: 20,000 rows. */
const MAX_PAGE = 1_000;

/** The query of the overview and of the CSV. */
export const Period = v.object({
  days: v.optional(
    v.pipe(
      v.picklist(REPORT_DAYS.map(String), `Ask for ${REPORT_DAYS.join(' or ')} days.`),
      v.transform((text) => Number(text) as ReportDays),
    ),
    String(REPORT_DAYS[0]),
  ),
});

/** The query of the list of views. */
export const Page = v.object({
  page: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^[1-9]\d{0,3}$/, 'A page is a whole number from 1 on.'),
      v.transform(Number),
      v.maxValue(MAX_PAGE, `There are at most ${MAX_PAGE} pages.`),
    ),
    '1',
  ),
  cardId: v.optional(v.pipe(v.string(), v.uuid('A card’s id is a UUID.'))),
});

const period = queryParameters(Period);
const page = queryParameters(Page);

export const analytics = new Hono<AppEnv>()
  .use(requireOwner)
  .get('/overview', period, async (c) =>
    c.json(await c.var.services.views.report(c.var.owner, c.req.valid('query').days)),
  )
  .get('/views', page, async (c) => {
    const { page, cardId = null } = c.req.valid('query');
    const { rows, total } = await c.var.services.views.list(c.var.owner, page, cardId);
    const totalPages = Math.ceil(total / VIEWS_PER_PAGE);
    c.header('Link', pageLinks(page, totalPages, cardId));
    return c.json({ data: rows, meta: { total, page, limit: VIEWS_PER_PAGE, totalPages } });
  })
  .get('/views.csv', period, async (c) => {
    const { days } = c.req.valid('query');
    return c.body(await c.var.services.views.csv(c.var.owner, days), 200, {
      'Content-Type': 'text/csv; charset=utf-8; header=present',
      'Content-Disposition': `attachment; filename="devcard-views-${days}-days.csv"`,
    });
  });

/** The pages around one, as RFC 8288 writes links. */
function pageLinks(page: number, totalPages: number, cardId: string | null): string {
  const link = (rel: string, to: number) => {
    const query = new URLSearchParams({ page: String(to), ...(cardId && { cardId }) });
    return `</api/analytics/views?${query}>; rel="${rel}"`;
  };
  return [
    link('first', 1),
    ...(page > 1 ? [link('prev', page - 1)] : []),
    ...(page < Math.min(totalPages, MAX_PAGE) ? [link('next', page + 1)] : []),
  ].join(', ');
}
