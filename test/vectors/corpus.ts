/**
 * Cards as developers have them, made at run time from the authors of the packages in node_modules: nothing of them is
 * committed. Half of them tuned the dictionary of layout 2; the other half measures it.
 */

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PublicProfile } from '../../src/domain/profile.ts';
import { profile } from './profiles.ts';

const NODE_MODULES = fileURLToPath(new URL('../../node_modules', import.meta.url));
/** Cards of the measured half. */
const MEASURED_CARDS = 58;
const MAX_BIO_CHARACTERS = 150;
/** A package with a hundred authors is not to decide the measurement. */
const MAX_AUTHORS_OF_A_PACKAGE = 4;

interface Author {
  name: string;
  email?: string | undefined;
  url?: string | undefined;
}

interface Package {
  name: string;
  description?: string;
  author?: Author | string;
  contributors?: (Author | string)[];
}

/** The cards that the dictionary is measured on: none is from a package that tuned it. */
export function measuredCards(): PublicProfile[] {
  return authorCards(1).slice(0, MEASURED_CARDS);
}

/** The cards that the dictionary was tuned on. */
export function tuningCards(): PublicProfile[] {
  return authorCards(0);
}

/** The cards of one half of the packages, in an order that says nothing about their authors. */
function authorCards(half: 0 | 1): PublicProfile[] {
  const cards = new Map<string, [Buffer, PublicProfile]>();
  for (const one of packages().filter(({ name }) => digestOf(name)[0]! % 2 === half)) {
    const authors = [one.author, ...(one.contributors ?? [])].flatMap(
      (written) => parseAuthor(written) ?? [],
    );
    for (const author of authors.slice(0, MAX_AUTHORS_OF_A_PACKAGE)) {
      const digest = digestOf(author.name);
      if (one.description && !cards.has(author.name))
        cards.set(author.name, [digest, cardOf(author, one, digest)]);
    }
  }
  return [...cards.values()].sort(([a], [b]) => Buffer.compare(a, b)).map(([, card]) => card);
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function cardOf({ name, email, url }: Author, one: Package, digest: Buffer): PublicProfile {
  const slug = (text: string) =>
    text
      .normalize('NFD')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '');
  const onGitHub = /github\.com\/([\w-]+)/.exec(url ?? '')?.[1];
  const handle = onGitHub ?? (email ? slug(email.split('@')[0] as string) : slug(name).replaceAll('-', ''));
  const site = url && !onGitHub ? url.replace(/^http:/, 'https:') : `https://${handle}.github.io/`;
  const links: [string, string, string?][] = [
    ['github', handle],
    ['linkedin', slug(name) || handle],
    ['email', email ?? `${handle}@gmail.com`],
    ['portfolio', site],
    ['npm', handle],
    ['twitter', handle],
    ['mastodon', `${handle}@${digest[0]! % 2 ? 'fosstodon.org' : 'mastodon.social'}`],
    ['custom', one.name, `https://www.npmjs.com/package/${one.name}`],
  ];
  return profile(
    {
      username: handle,
      displayName: name,
      bio: `${one.description}`.slice(0, MAX_BIO_CHARACTERS),
      role: digest[1]! % 2 ? 'Software engineer' : null,
      avatarUrl: `https://avatars.githubusercontent.com/u/${digest.readUInt16BE(2) * 97}?v=4`,
    },
    links.slice(0, 6 + (digest[4]! % 3)),
  );
}

function parseAuthor(written: Author | string | undefined): Author | undefined {
  if (typeof written !== 'string') return written?.name ? written : undefined;
  const [, name = '', email, url] = /^([^<(]*)(?:<([^>]*)>)?\s*(?:\(([^)]*)\))?/.exec(written) ?? [];
  return name.trim() ? { name: name.trim(), email, url } : undefined;
}

function packages(): Package[] {
  const names = readdirSync(NODE_MODULES).flatMap((name) =>
    name.startsWith('@') ? readdirSync(join(NODE_MODULES, name)).map((inner) => join(name, inner)) : [name],
  );
  return names.sort().flatMap((name) => {
    try {
      return [JSON.parse(readFileSync(join(NODE_MODULES, name, 'package.json'), 'utf8')) as Package];
    } catch {
      return [];
    }
  });
}
