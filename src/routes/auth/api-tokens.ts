/** `/auth/token`: a signed-in owner gets a token for a program, such as a script or an app. */
import { Hono } from 'hono';
import { Problem } from '../../domain/problem.ts';
import { renderPage } from '../../pages/layout.tsx';
import { tokenPage } from '../../pages/token-page.tsx';
import type { AppEnv } from '../context.ts';
import { requireOwner, sessionOf } from '../middleware/require-owner.ts';
import { scriptPath } from '../pages/page-files.ts';
import { wantsPage } from '../problem-answer.ts';

export const apiTokens = new Hono<AppEnv>()
  .get('/', async (c) => {
    if (!(await sessionOf(c))) return c.redirect('/me', 303);
    const { html, headers } = await renderPage(tokenPage(null));
    return c.html(html, 200, headers);
  })

  .post('/', requireOwner, async (c) => {
    // Else a token that was stolen would beget the next one.
    if (c.req.header('Authorization') !== undefined)
      throw new Problem('forbidden', { detail: 'Tokens are given to a browser that is signed in.' });
    const { ownerSessions, signIn } = c.var.services;
    const tokens = await ownerSessions.openForProgram(c.var.session);
    if (!wantsPage(c)) return c.json(tokens);
    const { accessToken } = tokens;
    const { html, headers } = await renderPage(
      tokenPage({
        accessToken,
        appUrl: signIn.appUrl(accessToken),
        scriptPath: await scriptPath('buttons'),
      }),
    );
    return c.html(html, 200, headers);
  });
