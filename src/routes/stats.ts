/** `/me/stats`: the owner's page of views. */
import { Hono } from 'hono';
import { REPORT_DAYS } from '../domain/view-report.ts';
import { statsPage } from '../pages/stats-page.tsx';
import type { AppEnv } from './http.ts';
import { showOwnPage } from './own-pages.tsx';
import { signedIn } from './signed-in.ts';

export const stats = new Hono<AppEnv>().get('/me/stats', signedIn, async (c) => {
  const days = REPORT_DAYS.find((each) => String(each) === c.req.query('days')) ?? REPORT_DAYS[0];
  return showOwnPage(c, statsPage(await c.var.services.views.report(c.var.owner, days)));
});
