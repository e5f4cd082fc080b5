/** Makes the rows of this service of a person of an existing DevCard. */

import type { ParsedLink } from '../../src/domain/links/parse-link.ts';
import type { CardVisibility } from '../../src/domain/owner-cards.ts';
import type { ProfileFields } from '../../src/domain/profile.ts';
import { LIMITS } from '../../src/domain/profile.ts';
import { checkColor } from '../../src/domain/text.ts';
import { usernameKey } from '../../src/domain/usernames.ts';
import { PROVIDERS } from '../../src/drivers/oauth/providers.ts';
import type { Finding, Reason } from './findings.ts';
import { importedId } from './ids.ts';
import { importLink } from './links.ts';
import { nameFinding } from './names.ts';
import type { OldCard, OldIdentity, OldLink, OldPerson, OldVisitors } from './old-person.ts';
import { mendText } from './texts.ts';
import { importViews, type NewViews } from './views.ts';

/** All that is written of one person; times are ISO 8601. */
export interface NewPerson {
  id: string;
  /** The key of `username` in `usernames`. */
  nameKey: string;
  profile: ProfileFields & { email: string | null; createdAt: string; updatedAt: string };
  identities: { provider: string; providerId: string; createdAt: string }[];
  links: (ParsedLink & { id: string; createdAt: string })[];
  cards: NewCard[];
  places: { id: string; cardId: string; linkId: string; place: number }[];
  views: NewViews[];
  visitors: OldVisitors[];
}

interface NewCard {
  id: string;
  title: string;
  description: string | null;
  visibility: CardVisibility;
  qrEnabled: boolean;
  slug: string | null;
  isDefault: boolean;
  createdAt: string;
  updatedAt: string;
}

const USUAL_COLOR = '#6366f1';
const MAX_PICTURE_LENGTH = 500;
/** More than anybody has made by hand; the record of a profile holds them all. */
const MOST_CARDS = 100;
const VISIBILITIES: readonly string[] = ['PUBLIC', 'UNLISTED', 'PRIVATE'] satisfies CardVisibility[];
/** Only GitHub itself ever wrote a picture's address there, and it holds the number of the account. */
const GITHUB_PICTURE = /^https:\/\/avatars\.githubusercontent\.com\/u\/(\d{1,15})(?:\?|$)/;

/** @param name the username here @param isNumberFree whether nobody else has this GitHub account */
export function importPerson(
  old: OldPerson,
  name: string,
  isNumberFree: (githubNumber: string) => boolean,
): { person: NewPerson; findings: Finding[] } {
  const findings: Finding[] = [];
  const note = (reason: Reason, rest: Partial<Finding> = {}) =>
    findings.push({ outcome: 'changed', reason, ...rest });
  const { user } = old;
  const text = (field: string, raw: string | null, max: number, multiline = false) => {
    const mended = mendText(raw, { field, max, multiline });
    findings.push(...mended.findings);
    return mended.text;
  };

  const id = importedId('user', user.id);
  if (id !== user.id.toLowerCase()) note('id-replaced', { id: user.id, to: id });
  const rename = nameFinding({ old: user.username, userId: user.id, rank: user.name_rank }, name);
  if (rename) findings.push(rename);
  const displayName = text('displayName', user.display_name, LIMITS.displayName);
  if (!displayName) note('text-missing', { field: 'displayName', to: name });
  const color = checkColor(user.accent_color ?? USUAL_COLOR);
  if (!color.ok) note('color-replaced', { from: user.accent_color ?? '', to: USUAL_COLOR });
  if (user.phone_number) note('phone-left-out', { outcome: 'left-out', field: 'phoneNumber' });

  const { identities, findings: identityFindings } = identitiesOf(old, isNumberFree);
  findings.push(...identityFindings);
  const { links, newIds } = importLinks(old.links, findings);
  const cards = importCards(old.cards, findings, text);
  const { views, findings: viewFindings } = importViews(old.views);
  findings.push(...viewFindings);

  const person: NewPerson = {
    id,
    nameKey: usernameKey(name),
    profile: {
      email: user.email?.trim() || null,
      username: name,
      displayName: displayName || name,
      bio: text('bio', user.bio, LIMITS.bio, true) || null,
      pronouns: text('pronouns', user.pronouns, LIMITS.pronouns) || null,
      role: text('role', user.role, LIMITS.role) || null,
      company: text('company', user.company, LIMITS.company) || null,
      avatarUrl: pictureOf(user.avatar_url, findings),
      accentColor: color.ok ? color.value : USUAL_COLOR,
      createdAt: user.created_at,
      updatedAt: user.updated_at,
    },
    identities,
    links,
    cards,
    places: placesOf(old, newIds, new Set(cards.map((card) => card.id)), findings),
    views,
    visitors: old.visitors,
  };
  return { person, findings };
}

function pictureOf(url: string | null, findings: Finding[]): string | null {
  if (!url?.trim()) return null;
  const picture = URL.parse(url.trim());
  const isFine =
    picture?.protocol === 'https:' && !picture.username && picture.href.length <= MAX_PICTURE_LENGTH;
  if (isFine) return picture.href;
  findings.push({ outcome: 'left-out', reason: 'picture-left-out', from: url });
  return null;
}

/** The GitHub account that the picture of somebody without an identity tells. */
export function githubNumberOf(old: OldPerson): string | undefined {
  const isKnown = allIdentities(old).some(({ provider }) => Object.hasOwn(PROVIDERS, provider));
  return isKnown ? undefined : GITHUB_PICTURE.exec(old.user.avatar_url ?? '')?.[1];
}

/** Those of the table, else the one in the user's row. */
function allIdentities({ user, identities }: OldPerson): OldIdentity[] {
  const found: OldIdentity[] = [...identities];
  const { provider, provider_id, created_at } = user;
  if (provider && provider_id && !found.some((one) => one.provider === provider))
    found.push({ provider, provider_id, created_at });
  return found;
}

/**
 * How somebody signs in: what the old database says, else the account that their picture tells.
 * @param isNumberFree whether nobody has a GitHub account as identity
 */
export function identitiesOf(
  old: OldPerson,
  isNumberFree: (githubNumber: string) => boolean,
): { identities: NewPerson['identities']; findings: Finding[] } {
  const findings: Finding[] = [];
  const found = allIdentities(old);
  const known = found.filter(({ provider }) => Object.hasOwn(PROVIDERS, provider));
  for (const { provider } of found.filter((one) => !known.includes(one)))
    findings.push({ outcome: 'left-out', reason: 'identity-unknown-provider', from: provider });
  if (known.length === 0) {
    const number = githubNumberOf(old);
    const isFound = number !== undefined && isNumberFree(number);
    if (isFound) known.push({ provider: 'github', provider_id: number, created_at: old.user.created_at });
    findings.push(
      isFound
        ? { outcome: 'changed', reason: 'identity-from-picture', to: `github ${number}` }
        : { outcome: 'noted', reason: 'no-identity' },
    );
  }
  const identities = known.map(({ provider, provider_id, created_at }) => {
    return { provider, providerId: provider_id, createdAt: created_at };
  });
  return { identities, findings };
}

/** @returns also the new id of each old link that was kept */
function importLinks(old: readonly OldLink[], findings: Finding[]) {
  const links: NewPerson['links'] = [];
  const newIds = new Map<string, string>();
  for (const one of old) {
    if (links.length === LIMITS.links) {
      const from = `${one.platform} ${one.username} ${one.url}`;
      findings.push({ outcome: 'left-out', reason: 'too-many-links', id: one.id, from });
      continue;
    }
    const { link, finding } = importLink(one);
    if (finding) findings.push(finding);
    if (!link) continue;
    const id = importedId('link', one.id);
    newIds.set(one.id, id);
    links.push({ id, ...link, createdAt: one.created_at });
  }
  return { links, newIds };
}

function importCards(
  old: readonly OldCard[],
  findings: Finding[],
  text: (field: string, raw: string | null, max: number, multiline?: boolean) => string,
): NewCard[] {
  const kept = old.slice(0, MOST_CARDS);
  if (kept.length > LIMITS.cards)
    findings.push({ outcome: 'noted', reason: 'many-cards', detail: `${kept.length} cards` });
  for (const { id, title } of old.slice(MOST_CARDS))
    findings.push({ outcome: 'left-out', reason: 'too-many-cards', id, from: title });
  const defaults = kept.filter(({ is_default }) => is_default);
  const chosen = defaults[0] ?? kept[0];
  if (kept.length > 0 && defaults.length !== 1)
    findings.push({ outcome: 'changed', reason: 'default-card', id: chosen?.id ?? '' });
  return kept.map((card) => {
    const { id, title: oldTitle, visibility: oldVisibility, created_at, updated_at } = card;
    const newId = importedId('card', id);
    if (newId !== id.toLowerCase())
      findings.push({ outcome: 'changed', reason: 'id-replaced', id, to: newId });
    const title = text(`card ${id} title`, oldTitle, LIMITS.cardTitle);
    if (!title) findings.push({ outcome: 'changed', reason: 'text-missing', id, field: 'title', to: 'Card' });
    // Databases from before June 2026 have no visibility: all cards were public.
    const visibility = oldVisibility ?? 'PUBLIC';
    const isKnown = VISIBILITIES.includes(visibility);
    if (!isKnown) findings.push({ outcome: 'changed', reason: 'card-visibility', id, from: visibility });
    return {
      id: newId,
      title: title || 'Card',
      description: text(`card ${id} description`, card.description, LIMITS.cardDescription, true) || null,
      visibility: isKnown ? (visibility as CardVisibility) : 'PRIVATE',
      qrEnabled: card.qr_enabled ?? true,
      slug: card.slug || null,
      isDefault: card === chosen,
      createdAt: created_at,
      updatedAt: updated_at,
    };
  });
}

/** The links of each card, numbered from 0; a link that was left out, or is somebody else's, leaves no gap. */
function placesOf(
  { cardLinks }: OldPerson,
  newIds: ReadonlyMap<string, string>,
  cardIds: ReadonlySet<string>,
  findings: Finding[],
): NewPerson['places'] {
  const counts = new Map<string, number>();
  return cardLinks.flatMap(({ id, card_id, platform_link_id }) => {
    const cardId = importedId('card', card_id);
    const linkId = newIds.get(platform_link_id);
    if (!cardIds.has(cardId)) return [];
    if (linkId === undefined) {
      findings.push({ outcome: 'left-out', reason: 'card-link-left-out', id, from: platform_link_id });
      return [];
    }
    const place = counts.get(cardId) ?? 0;
    counts.set(cardId, place + 1);
    return [{ id: importedId('place', id), cardId, linkId, place }];
  });
}
