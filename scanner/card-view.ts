/** A card on the page, with the initials, colours and icons of the public page. It asks nobody for anything: no picture is fetched, links open only when they are followed. */
import { ground } from '../src/domain/color.ts';
import { initials } from '../src/domain/initials.ts';
import { type LinkHeading, linkHeadings } from '../src/domain/links/link-heading.ts';
import { platformById } from '../verify/platforms.ts';
import type { Card, CardLink } from '../verify/verify.ts';
import { el, mark } from './dom.ts';

/** An element that shows all that a card says. @param host of the other deployment that issued it, as large as the name */
export function cardView(card: Card, host: string | null): HTMLElement {
  const work = [card.role, card.company].filter(Boolean).join(' · ');
  const badge = el('span', { className: 'badge' }, initials(card.displayName) || initials(card.username));
  const accent = ground(card.accentColor);
  badge.setAttribute('aria-hidden', 'true');
  badge.style.setProperty('--accent', accent.ground);
  badge.style.setProperty('--on-accent', accent.text);
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

/** A link as the page has it. */
function linkView({ platform, url }: CardLink, said: LinkHeading | undefined): HTMLLIElement {
  const content = [
    mark(platformById(platform) ? platform : 'custom'),
    el(
      'span',
      {},
      el('bdi', { className: 'platform' }, said?.heading ?? platform),
      said?.detail ? el('bdi', { className: 'handle' }, said.detail) : null,
    ),
  ];
  return el(
    'li',
    {},
    url
      ? el('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, ...content)
      : el('span', {}, ...content),
  );
}
