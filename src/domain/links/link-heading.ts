/** How links are headed wherever they are listed: on pages, in the editor, in contacts and in the scanner. */
import { platformById } from '../../../verify/platforms.ts';
import { unicodeHost } from './unicode-host.ts';

type Link = Readonly<{ platform: string; username: string; url: string }>;

/** What stands over a link, and what stands below it; `''` where that would say the same again. */
export interface LinkHeading {
  heading: string;
  detail: string;
}

/**
 * The heading of each link, in order: the platform with the handle; the label of an own address; or, where it has none,
 * its host, with as much of what follows as tells it from others of the same host.
 */
export function linkHeadings(links: readonly Link[]): LinkHeading[] {
  const unlabelled = links.filter(isUnlabelled);
  const portfolios = unlabelled.filter(({ platform }) => platform === 'portfolio');
  return links.map((link) => {
    const name = platformById(link.platform)?.name ?? link.platform;
    if (!isOwn(link)) return { heading: name, detail: link.username };
    const address = readable(link.url || link.username).join('');
    if (!isUnlabelled(link)) return { heading: link.username, detail: link.url && address };
    if (link.platform === 'portfolio' && portfolios.length === 1) return { heading: name, detail: address };
    const heading = distinct(link, unlabelled);
    return { heading, detail: heading === address ? '' : address };
  });
}

function isOwn({ platform }: Link): boolean {
  return platform === 'portfolio' || platform === 'custom';
}

/** Without a label such a link is stored under its address. */
function isUnlabelled(link: Link): boolean {
  return isOwn(link) && URL.parse(link.username)?.protocol === 'https:';
}

/** The host alone, or with the path, or with all that follows: the shortest that no other link has. */
function distinct(link: Link, all: readonly Link[]): string {
  const parts = readable(link.username);
  const others = all.filter((other) => other !== link).map(({ username }) => readable(username));
  const upTo = (list: readonly string[], count: number) => list.slice(0, count).join('');
  const count = [1, 2].find((each) => !others.some((other) => upTo(other, each) === upTo(parts, each)));
  return upTo(parts, count ?? parts.length);
}

/** Host, path, and query with fragment of an address, as people read them. */
function readable(address: string): [host: string, path: string, rest: string] {
  const url = URL.parse(address);
  if (!url) return [address, '', ''];
  const host = unicodeHost(url.hostname.replace(/^www\./, ''));
  return [
    url.port ? `${host}:${url.port}` : host,
    decoded(url.pathname).replace(/\/$/, ''),
    decoded(url.search + url.hash),
  ];
}

/** Letters of every script as letters; blanks, separators and what nobody would see stay encoded, and so does what is no UTF-8. */
function decoded(part: string): string {
  return part.replace(/(?:%[\dA-F]{2})+/gi, (encoded) => {
    try {
      const letters = Array.from(decodeURIComponent(encoded), (letter) =>
        /[\p{L}\p{M}\p{N}]/u.test(letter) ? letter : encodeURIComponent(letter),
      );
      return letters.join('');
    } catch {
      return encoded;
    }
  });
}
