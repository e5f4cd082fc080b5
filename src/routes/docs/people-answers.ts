/** The JSON of contacts and saved cards, as schemas. */
import * as v from 'valibot';
import type { Contact } from '../../domain/contacts/contact.ts';
import type { SavedCard, SavedReference } from '../../domain/saved-card.ts';

const optional = v.nullable(v.string());
const id = v.pipe(v.string(), v.uuid());
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const time = v.pipe(v.string(), v.isoTimestamp());

const contactDates = { id, createdAt: time, keptUntil: time };
/** All details are null where the key that sealed them is lost. */
export const contact = v.union([
  v.strictObject({
    ...contactDates,
    name: v.string(),
    reach: v.strictObject({ platform: v.string(), username: v.string(), url: v.string() }),
    place: optional,
    note: optional,
  }),
  v.strictObject({ ...contactDates, name: v.null(), reach: v.null(), place: v.null(), note: v.null() }),
]) satisfies v.GenericSchema<Contact>;

export const savedReference = v.strictObject({
  cardId: id,
  savedAt: time,
  note: optional,
  snapshot: optional,
}) satisfies v.GenericSchema<SavedReference>;

const platformLink = v.strictObject({
  id,
  userId: id,
  platform: v.string(),
  username: v.string(),
  url: v.string(),
  displayOrder: count,
  createdAt: time,
});

/** As the existing API has it, with note and snapshot. */
export const savedCard = v.strictObject({
  id,
  userId: id,
  ...savedReference.entries,
  card: v.strictObject({
    id,
    userId: id,
    title: v.string(),
    description: optional,
    slug: v.string(),
    visibility: v.picklist(['PUBLIC', 'UNLISTED', 'PRIVATE']),
    qrEnabled: v.boolean(),
    viewCount: v.literal(0),
    isDefault: v.boolean(),
    createdAt: time,
    updatedAt: time,
    cardLinks: v.array(
      v.strictObject({ id, cardId: id, platformLinkId: id, displayOrder: count, platformLink }),
    ),
  }),
}) satisfies v.GenericSchema<SavedCard>;
