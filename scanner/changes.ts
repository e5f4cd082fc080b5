/** What has changed on a card since it was kept, as far as its deployment tells. */
import type { PublicProfile } from '../src/domain/profile.ts';
import type { Card } from '../verify/verify.ts';
import type { KeptCard } from './kept-cards.ts';

const FIELDS = { displayName: 'name', role: 'role', company: 'company', pronouns: 'pronouns' } as const;

/** One sentence, or undefined where nothing has changed or nobody answers. */
export async function changesSince({ card, issuer }: KeptCard): Promise<string | undefined> {
  const answer = await fetch(`${issuer ?? ''}/api/public/${card.username}`).catch(() => undefined);
  if (answer?.status === 404) return `${card.displayName} has no card under this name any more.`;
  if (!answer?.ok) return undefined;
  const changes = differences(card, await answer.json());
  return changes.length > 0 ? `Changed since: ${changes.join(', ')}.` : undefined;
}

/** What differs, in words. A card may have had no room for all links and the whole bio. */
export function differences(card: Card, now: PublicProfile): string[] {
  const fields = Object.entries(FIELDS) as [keyof typeof FIELDS, string][];
  const changed = fields.filter(([field]) => (card[field] ?? null) !== now[field]).map(([, name]) => name);
  const bio = card.bio ?? '';
  const isCut = bio.endsWith('…') && (now.bio ?? '').startsWith(bio.slice(0, -1));
  if (bio !== (now.bio ?? '') && !isCut) changed.push('bio');
  const addressOf = ({ platform, username, url }: { platform: string; username: string; url: string }) =>
    url || `${platform} ${username}`;
  const before = card.links.map(addressOf);
  const after = now.links.map(addressOf);
  const added = after.filter((link) => !before.includes(link)).length - card.linksLeftOut;
  const gone = before.filter((link) => !after.includes(link)).length;
  if (added > 0) changed.push(`${added} new ${added === 1 ? 'link' : 'links'}`);
  if (gone > 0) changed.push(`${gone} ${gone === 1 ? 'link' : 'links'} gone`);
  return changed;
}
