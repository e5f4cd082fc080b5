/** `/me/stats`: the owner's page of views. */
import { Hono } from 'hono';
import { REPORT_DAYS } from '../../domain/views/view-report.ts';
import { statsPage } from '../../pages/stats-page.tsx';
import type { AppEnv } from '../context.ts';
import { requireOwner } from '../middleware/require-owner.ts';
import { showOwnPage } from './own-pages.tsx';

export const stats = new Hono<AppEnv>().get('/me/stats', requireOwner, async (c) => {
  const days = REPORT_DAYS.find((each) => String(each) === c.req.query('days')) ?? REPORT_DAYS[0];
  return showOwnPage(c, statsPage(await c.var.services.views.report(c.var.owner, days)));
});
