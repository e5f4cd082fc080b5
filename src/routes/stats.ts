/** `/me/stats`: the owner's page of views. */
import { Hono } from 'hono';
import { Problem } from '../domain/problem.ts';
import { REPORT_DAYS } from '../domain/view-report.ts';
import { renderPage } from '../pages/layout.tsx';
import { statsPage } from '../pages/stats-page.tsx';
import type { AppEnv } from './http.ts';
import { renewSession, sessionOf } from './signed-in.ts';

export const stats = new Hono<AppEnv>().get('/me/stats', async (c) => {
  const session = await sessionOf(c);
  const days = REPORT_DAYS.find((each) => String(each) === c.req.query('days')) ?? REPORT_DAYS[0];
  const report = session && (await c.var.services.views.report(session.owner, days).catch(toSignIn));
  c.header('Cache-Control', 'no-store');
  if (!session || !report) return c.redirect('/me', 303);
  await renewSession(c, session);
  const { html, headers } = await renderPage(statsPage(report));
  return c.html(html, 200, headers);
});

/** A session that was ended asks to sign in again, like none. */
function toSignIn(error: unknown): undefined {
  if (!(error instanceof Problem) || error.code !== 'unauthorized') throw error;
}
