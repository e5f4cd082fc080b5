/** Files that pages ask for: scripts under their hashes, the icon, and the rules for crawlers. */

import type { Context } from 'hono';
import { BoundedMap } from '../../cache/bounded-map.ts';
import { iconPng, icoOf } from '../../domain/icon.ts';
import { Problem } from '../../domain/problem.ts';
import buttonsScript from '../../pages/buttons.client.js';
import carryScript from '../../pages/carry.client.js';
import codeScript from '../../pages/code.client.js';
import { digest } from '../../pages/digest.ts';
import editorScript from '../../pages/editor.client.js';
import favicon from '../../pages/favicon.svg';
import formScript from '../../pages/form.client.js';
import { conditional } from '../cacheable.ts';
import type { AppEnv } from '../context.ts';
import { FREE_READ, type Route, route } from '../route.ts';

/** A name that changes with the content may be kept for ever. */
const FOREVER = 'public, max-age=31536000, immutable';
const ONE_DAY = 'public, max-age=86400';
const HASH_LENGTH = 10;

/** The scripts of the pages: buttons of public pages, forms, and the owner's editor, code and other ways to carry it. */
const SCRIPTS = {
  buttons: buttonsScript,
  form: formScript,
  carry: carryScript,
  editor: editorScript,
  code: codeScript,
} as const;

type ScriptName = keyof typeof SCRIPTS;

const paths = new Map<ScriptName, string>();

/** The address of a script; it carries the hash of its content. */
export async function scriptPath(name: ScriptName): Promise<string> {
  // The text, never its promise: a request must not wait for what another one is doing.
  let path = paths.get(name);
  if (!path) {
    path = `/files/${name}-${(await digest(SCRIPTS[name], 'base64url')).slice(0, HASH_LENGTH)}.js`;
    paths.set(name, path);
  }
  return path;
}

const HOME_SCREEN_ICON = DESCRIBED && 'Icon for the home screens of phones';

export const pageFiles = [
  route('GET /files/:name', {
    ...FREE_READ,
    docs: DESCRIBED && {
      summary: 'A script of the pages',
      kind: 'page',
      answer: 'text/javascript',
      problems: ['not-found'],
    },
    handle: async (c) => {
      const [name] = c.req.param('name').split('-') as [ScriptName];
      // A page of an older release may still ask for its script; it does without.
      if (!Object.hasOwn(SCRIPTS, name) || c.req.path !== (await scriptPath(name)))
        throw new Problem('not-found');
      return c.body(SCRIPTS[name], 200, {
        'Content-Type': 'text/javascript; charset=utf-8',
        'Cache-Control': FOREVER,
      });
    },
  }),

  route('GET /favicon.svg', {
    ...FREE_READ,
    docs: DESCRIBED && {
      summary: 'Icon',
      kind: 'page',
      answer: 'image/svg+xml',
      conditional: true,
    },
    handle: async (c) =>
      conditional(c, await digest(favicon, 'base64url'), () => favicon, {
        'Content-Type': 'image/svg+xml',
        'Cache-Control': ONE_DAY,
      }),
  }),

  iconRoute('/favicon.ico', 'image/x-icon', 32, DESCRIBED && 'Icon as a picture of pixels'),
  iconRoute('/apple-touch-icon.png', 'image/png', 180, HOME_SCREEN_ICON),
  // Older phones ask for it first.
  iconRoute('/apple-touch-icon-precomposed.png', 'image/png', 180, HOME_SCREEN_ICON),

  route('GET /robots.txt', {
    ...FREE_READ,
    docs: DESCRIBED && { summary: 'Rules for crawlers', kind: 'page', answer: 'text/plain' },
    handle: (c) =>
      c.text(
        `User-agent: *\nDisallow: /api/\nDisallow: /auth/\nDisallow: /me\n\nSitemap: ${c.var.origin}/sitemap.xml\n`,
        200,
        { 'Cache-Control': ONE_DAY },
      ),
  }),
];

const icons = new BoundedMap<Uint8Array<ArrayBuffer>>({ maxEntries: 2 });

function iconRoute(
  path: `/${string}`,
  contentType: 'image/x-icon' | 'image/png',
  size: number,
  summary: string | false,
): Route {
  return route(`GET ${path}`, {
    ...FREE_READ,
    docs: summary !== false && { summary, kind: 'page', answer: contentType, conditional: true },
    handle: (c) => icon(c, contentType, size),
  });
}

async function icon(
  c: Context<AppEnv>,
  contentType: 'image/x-icon' | 'image/png',
  size: number,
): Promise<Response> {
  const file = await icons.getOrMake(contentType, async () => {
    const png = await iconPng(size);
    return contentType === 'image/png' ? png : icoOf(png, size);
  });
  return conditional(c, await digest(file, 'base64url'), () => file, {
    'Content-Type': contentType,
    'Cache-Control': ONE_DAY,
  });
}
