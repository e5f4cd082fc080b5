/** A card on the page. It asks nobody for anything: no picture is fetched, links open only when they are followed. */
import { initials } from '../src/domain/initials.ts';
import { type LinkHeading, linkHeadings } from '../src/domain/links/link-heading.ts';
import { platformById } from '../verify/platforms.ts';
import type { Card, CardLink } from '../verify/verify.ts';
import { el } from './dom.ts';

/** Up to this luminance white letters have the contrast of 3 that large text needs (WCAG 2.2). */
const MAX_LUMINANCE_UNDER_WHITE = 0.3;

/** An element that shows all that a card says. @param host of the other deployment that issued it, as large as the name */
export function cardView(card: Card, host: string | null): HTMLElement {
  const work = [card.role, card.company].filter(Boolean).join(' · ');
  const badge = el('span', { className: 'badge' }, initials(card.displayName) || initials(card.username));
  badge.setAttribute('aria-hidden', 'true');
  badge.style.setProperty('--accent', card.accentColor);
  badge.style.setProperty('--on-accent', inkOn(card.accentColor));
  const left = card.linksLeftOut;
  const headings = linkHeadings(card.links);
  return el(
    'article',
    { className: 'card', dir: 'auto' },
    el(
      'div',
      { className: 'who' },
      badge,
      el(
        'div',
        {},
        el('h3', { dir: 'auto' }, card.displayName),
        host ? el('p', { className: 'issuer' }, `at ${host}`) : null,
        el('p', { className: 'soft' }, [`@${card.username}`, card.pronouns].filter(Boolean).join(' · ')),
      ),
    ),
    work ? el('p', { dir: 'auto' }, work) : null,
    card.bio ? el('p', { className: 'bio', dir: 'auto' }, card.bio) : null,
    card.links.length > 0
      ? el('ul', { className: 'links' }, ...card.links.map((link, index) => linkView(link, headings[index])))
      : null,
    left > 0
      ? el('p', { className: 'soft' }, `and ${left} more online, which did not fit into the code`)
      : null,
  );
}

function linkView(link: CardLink, said: LinkHeading | undefined): HTMLLIElement {
  const platform = platformById(link.platform);
  const dot = el('span', { className: 'dot' });
  dot.style.setProperty('--platform', platform?.color ?? 'gray');
  const content = [
    dot,
    el('span', { className: 'platform' }, said?.heading ?? link.platform),
    said?.detail ? el('bdi', { className: 'handle' }, said.detail) : null,
  ];
  return el(
    'li',
    {},
    link.url
      ? el('a', { href: link.url, target: '_blank', rel: 'noopener noreferrer' }, ...content)
      : el('span', {}, ...content),
  );
}

/** White for large text on a colour, black where that could not be read. */
function inkOn(color: string): string {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > MAX_LUMINANCE_UNDER_WHITE ? '#000' : '#fff';
}
