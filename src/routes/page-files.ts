/** Files that pages ask for: the buttons' script under its hash, the icon, and the word to crawlers. */
import { Hono } from 'hono';
import { Problem } from '../domain/problem.ts';
import buttonsScript from '../pages/buttons.client.js';
import { digest } from '../pages/digest.ts';
import favicon from '../pages/favicon.svg';
import { type AppEnv, tagged } from './http.ts';

/** A name that changes with the content may be kept for ever. */
const FOREVER = 'public, max-age=31536000, immutable';
const ONE_DAY = 'public, max-age=86400';
const HASH_LENGTH = 10;

let scriptPath: string | undefined;

/** The address of the script for copying and sharing; its name carries the hash of its content. */
export async function buttonsScriptPath(): Promise<string> {
  // The text, never its promise: a request must not wait for what another one is doing.
  scriptPath ??= `/files/buttons-${(await digest(buttonsScript, 'base64url')).slice(0, HASH_LENGTH)}.js`;
  return scriptPath;
}

export const pageFiles = new Hono<AppEnv>()
  .get('/files/:name', async (c) => {
    // A page of an older release may still ask for its script; the buttons stay hidden without it.
    if (c.req.path !== (await buttonsScriptPath())) throw new Problem('not-found');
    return c.body(buttonsScript, 200, {
      'Content-Type': 'text/javascript; charset=utf-8',
      'Cache-Control': FOREVER,
    });
  })

  .get('/favicon.svg', async (c) =>
    tagged(c, await digest(favicon, 'base64url'), () => favicon, {
      'Content-Type': 'image/svg+xml',
      'Cache-Control': ONE_DAY,
    }),
  )

  .get('/favicon.ico', (c) => {
    c.header('Cache-Control', ONE_DAY);
    return c.redirect('/favicon.svg', 302);
  })

  .get('/robots.txt', (c) =>
    c.text(
      `User-agent: *\nDisallow: /api/\nDisallow: /auth/\nDisallow: /me\n\nSitemap: ${c.var.origin}/sitemap.xml\n`,
      200,
      {
        'Cache-Control': ONE_DAY,
      },
    ),
  );
