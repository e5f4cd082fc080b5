/** The demo data of the local stack, with fixed ids so that its answers are the same everywhere. */
import { inArray } from 'drizzle-orm';
import {
  cardLinks,
  cards,
  identities,
  platformLinks,
  usernames,
  users,
} from '../src/drivers/postgres/schema.ts';
import { PLATFORMS } from '../verify/platforms.ts';
import { accountNumber } from './identity-provider.ts';
import { type DatabaseAddress, openDatabase } from './migrate.ts';

/** A fixed UUID: `kind` and `number` tell the rows of the demo apart. */
const id = (kind: number, number: number) =>
  `${String(kind).padStart(8, '0')}-0000-4000-8000-${String(number).padStart(12, '0')}`;

const DEMO = {
  id: id(1, 1),
  email: 'demo@devcard.example',
  username: 'devcard-demo',
  displayName: 'Dev Card',
  bio: 'Builds small, fast things for the edge. Talks about caches, keys and QR codes.',
  pronouns: 'they/them',
  role: 'Platform Engineer',
  company: 'DevCard',
  accentColor: '#0ea5e9',
};
const DEMO_LINKS = [
  ['github', 'devcard-demo'],
  ['linkedin', 'devcard-demo'],
  ['twitter', 'devcarddemo'],
  ['npm', 'devcard-demo'],
  ['devto', 'devcarddemo'],
  ['leetcode', 'devcard-demo'],
  ['email', 'demo@devcard.example'],
  ['portfolio', 'https://devcard.example'],
] as const;

const ADA = {
  id: id(1, 2),
  email: 'ada@devcard.example',
  username: 'ada',
  displayName: 'Ada Lovelace',
  bio: 'Notes on the Analytical Engine.',
  role: 'Mathematician',
  accentColor: '#7c3aed',
};
const ADA_LINKS = [
  ['github', 'ada'],
  ['stackoverflow', '1815'],
  ['email', 'ada@devcard.example'],
] as const;

/** Owner, title, and the places of its links among the owner's; the first card of each is the default. */
const CARDS = [
  [1, 'Conference', [0, 1, 2, 7]],
  [1, 'Open source', [0, 3, 4]],
  [2, 'Royal Society', [0, 2]],
] as const;

/** Adds the two demo users in one transaction, unless they are there: what was edited since stays. */
export async function seed(address: DatabaseAddress): Promise<void> {
  const db = openDatabase(address);
  const owners = [DEMO, ADA];
  const ids = owners.map((user) => user.id);
  const { length } = await db.select({ id: users.id }).from(users).where(inArray(users.id, ids));
  if (length > 0) return;
  await db.batch([
    db.insert(users).values(owners),
    db
      .insert(usernames)
      .values(owners.map((user) => ({ key: user.username.toLowerCase(), userId: user.id }))),
    // The development sign-in knows them by their usernames.
    db.insert(identities).values(
      owners.map(({ id, username }) => ({
        provider: 'github',
        providerId: String(accountNumber(username)),
        userId: id,
      })),
    ),
    db.insert(platformLinks).values([...links(DEMO.id, 1, DEMO_LINKS), ...links(ADA.id, 2, ADA_LINKS)]),
    db.insert(cards).values(
      CARDS.map(([owner, title], i) => ({
        id: id(3, i + 1),
        userId: id(1, owner),
        title,
        isDefault: CARDS.findIndex(([one]) => one === owner) === i,
        // One after the other: lists of cards are in order of creation.
        createdAt: new Date(Date.UTC(2026, 0, 1 + i)),
      })),
    ),
    db.insert(cardLinks).values(
      CARDS.flatMap(([owner, , places], card) =>
        places.map((place, displayOrder) => ({
          id: id(40 + card, displayOrder + 1),
          cardId: id(3, card + 1),
          platformLinkId: linkId(owner, place),
          displayOrder,
        })),
      ),
    ),
  ]);
}

const linkId = (owner: number, place: number) => id(20 + owner, place + 1);

function links(userId: string, owner: number, handles: readonly (readonly [string, string])[]) {
  return handles.map(([platform, username], displayOrder) => ({
    id: linkId(owner, displayOrder),
    userId,
    platform,
    username,
    url: PLATFORMS.find(({ id }) => id === platform)?.url(username) ?? '',
    displayOrder,
  }));
}
