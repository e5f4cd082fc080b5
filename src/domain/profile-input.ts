/** Schemas of the bodies that owners send; routes validate with them, and the OpenAPI document is made from them. */

import * as v from 'valibot';
import { PLATFORMS } from '../../verify/platforms.ts';
import { MAX_CONTACT_DAYS } from './contacts/contact.ts';
import { type LinkDraft, type ParsedLink, parseLink } from './links/parse-link.ts';
import { LIMITS } from './profile.ts';
import { checkQrStyle, QR_STYLE_FIELDS } from './qr/style.ts';
import type { Result } from './result.ts';
import { checkColor, checkText } from './text.ts';
import { THEMES } from './themes.ts';
import { checkOwnUsername, checkUsername, isPossibleUsername } from './usernames.ts';

/** Lets one of our rules be the last step of a pipe: its value is the output, its sentence the issue. */
export function by<Input, Output>(rule: (input: Input) => Result<Output>) {
  return v.rawTransform<Input, Output>(({ dataset, addIssue, NEVER }) => {
    const checked = rule(dataset.value);
    if (checked.ok) return checked.value;
    addIssue({ message: checked.message });
    return NEVER;
  });
}

/** For strict objects: a missing or unknown field is named by the path of its issue; this says which of the two it is. */
export const objectMessage = (issue: v.StrictObjectIssue): string => {
  if (issue.expected === 'never') return 'There is no such field.';
  if (issue.received === 'undefined') return 'This field is required.';
  return 'Send a JSON object.';
};

const string = v.string('Send a text.');

/** A text that may be empty. `maxLength` of JSON Schema counts code points, as our limits do. */
const text = (max: number, multiline = false) =>
  v.pipe(
    string,
    v.metadata({ maxLength: max }),
    by((raw: string) => checkText(raw, { max, multiline })),
  );

const filledText = (max: number) =>
  v.pipe(
    string,
    v.metadata({ minLength: 1, maxLength: max }),
    by((raw: string) => {
      const checked = checkText(raw, { max });
      return checked.ok && checked.value === '' ? { ok: false, message: 'Fill this in.' } : checked;
    }),
  );

/** A text that an owner may leave out: `''` and null both mean none. */
const optionalText = (max: number, multiline = false) =>
  v.nullable(
    v.pipe(
      text(max, multiline),
      v.transform((value) => value || null),
    ),
  );

/**
 * A list whose length is looked at before its elements: each wrong element makes an issue, and a body has room for
 * thousands.
 */
export function boundedList<Item extends v.GenericSchema, const Most extends number>(
  item: Item,
  { most, message, tooMany }: { most: Most; message: string; tooMany: string },
) {
  const schema = v.pipe(v.array(item, message), v.maxLength(most, tooMany));
  const tooLong = v.pipe(v.array(v.unknown()), v.maxLength(most, tooMany));
  const run: (typeof schema)['~run'] = (dataset, config) =>
    Array.isArray(dataset.value) && dataset.value.length > most
      ? // Not typed: no later step may look at the elements.
        ({ ...tooLong['~run'](dataset, config), typed: false } as ReturnType<(typeof schema)['~run']>)
      : schema['~run'](dataset, config);
  return { ...schema, '~run': run };
}

/** In lower case, as Postgres writes them. */
export const uuid = v.pipe(string, v.uuid('This is not an id.'), v.toLowerCase());

/** Whether no value comes twice. */
export const unique = <T>(values: readonly T[]) => new Set(values).size === values.length;

const usernameBy = (rule: typeof checkUsername) =>
  v.pipe(string, v.metadata({ pattern: '^[A-Za-z0-9_-]{3,50}$', examples: ['ada'] }), by(rule));

/** `POST /auth/username` */
export const UsernameInput = v.strictObject({ username: usernameBy(checkUsername) }, objectMessage);

const CONTACT_DAYS = `Give whole days from 1 to ${MAX_CONTACT_DAYS}.`;

/** `PUT /api/profiles/me`: a field that is absent stays as it is. */
export const ProfilePatch = v.strictObject(
  {
    displayName: v.optional(filledText(LIMITS.displayName)),
    username: v.optional(usernameBy(checkOwnUsername)),
    bio: v.optional(optionalText(LIMITS.bio, true)),
    pronouns: v.optional(optionalText(LIMITS.pronouns)),
    role: v.optional(optionalText(LIMITS.role)),
    company: v.optional(optionalText(LIMITS.company)),
    accentColor: v.optional(
      v.pipe(string, v.metadata({ pattern: '^#[0-9A-Fa-f]{6}$', examples: ['#6366f1'] }), by(checkColor)),
    ),
    theme: v.optional(
      v.picklist(
        THEMES.map(({ id }) => id),
        `Choose one of: ${THEMES.map(({ id }) => id).join(', ')}.`,
      ),
    ),
    qrStyle: v.optional(v.nullable(v.pipe(v.strictObject(QR_STYLE_FIELDS, objectMessage), by(checkQrStyle)))),
    contactsOpen: v.optional(v.boolean('Say true or false.')),
    contactDays: v.optional(
      v.pipe(
        v.number(CONTACT_DAYS),
        v.integer(CONTACT_DAYS),
        v.minValue(1, CONTACT_DAYS),
        v.maxValue(MAX_CONTACT_DAYS, CONTACT_DAYS),
      ),
    ),
  },
  objectMessage,
);

const linkFields = {
  platform: v.pipe(string, v.metadata({ enum: PLATFORMS.map(({ id }) => id) })),
  username: v.pipe(string, v.description('The handle there, or the address of the profile page.')),
  url: v.optional(
    v.nullable(v.pipe(string, v.description('Only where the address does not follow from the handle.'))),
  ),
};

/** Lets the registry of platforms be the last step: the output is the link as it is stored. */
const byRegistry = <Input extends LinkDraft & Record<string, unknown>>() =>
  v.rawTransform<Input, Omit<Input, keyof LinkDraft> & ParsedLink>(({ dataset, addIssue, NEVER }) => {
    const input = dataset.value;
    const result = parseLink(input);
    if (result.ok) return { ...input, ...result.link };
    for (const { path, message } of result.errors) {
      const key = path as keyof LinkDraft;
      addIssue({ message, path: [{ type: 'object', origin: 'value', input, key, value: input[key] }] });
    }
    return NEVER;
  });

/** `POST /api/profiles/me/links` and `PUT …/links/:id` */
export const LinkInput = v.pipe(v.strictObject(linkFields, objectMessage), byRegistry());

/** The same with an id, as exports hold it. */
export const IdentifiedLinkInput = v.pipe(
  v.strictObject({ id: uuid, ...linkFields }, objectMessage),
  byRegistry(),
);

const visibility = v.picklist(['PUBLIC', 'UNLISTED', 'PRIVATE'], 'Choose PUBLIC, UNLISTED or PRIVATE.');

const qrEnabled = v.boolean('Say true or false.');

const linkIds = v.pipe(
  boundedList(uuid, {
    most: LIMITS.links,
    message: 'Send a list of link ids.',
    tooMany: `A card has at most ${LIMITS.links} links.`,
  }),
  v.check(unique, 'A link can be on a card only once.'),
  v.metadata({ uniqueItems: true }),
);

/** `POST /api/cards`: the order of `linkIds` is the order on the card. */
export const CardInput = v.strictObject(
  {
    title: filledText(LIMITS.cardTitle),
    linkIds,
    description: v.optional(optionalText(LIMITS.cardDescription, true), null),
    visibility: v.optional(visibility, 'PUBLIC'),
    qrEnabled: v.optional(qrEnabled, true),
  },
  objectMessage,
);

/** `PUT /api/cards/:id`: a field that is absent stays as it is. */
export const CardPatch = v.strictObject(
  {
    title: v.optional(filledText(LIMITS.cardTitle)),
    linkIds: v.optional(linkIds),
    description: v.optional(optionalText(LIMITS.cardDescription, true)),
    visibility: v.optional(visibility),
    qrEnabled: v.optional(qrEnabled),
  },
  objectMessage,
);

/** `PUT /api/cards/:id/platform-link` */
export const PlacedLinkInput = v.strictObject({ platformLinkId: uuid }, objectMessage);

/** `PUT /api/profiles/me/links/reorder`: the new places of these links; the others keep their order around them. */
export const ReorderInput = v.strictObject(
  {
    links: v.pipe(
      boundedList(
        v.strictObject(
          {
            id: uuid,
            displayOrder: v.pipe(
              v.number('Send a number.'),
              v.integer('Send a whole number.'),
              v.minValue(0, 'Count from 0.'),
              v.maxValue(9999, 'Count to 9999 at the most.'),
            ),
          },
          objectMessage,
        ),
        {
          most: LIMITS.links,
          message: 'Send a list of links.',
          tooMany: `There are at most ${LIMITS.links} links.`,
        },
      ),
      v.check((links) => unique(links.map(({ id }) => id)), 'Each link can be named only once.'),
      v.check(
        (links) => unique(links.map(({ displayOrder }) => displayOrder)),
        'Each place can be given only once.',
      ),
    ),
  },
  objectMessage,
);

/** `DELETE /api/profiles/me`: the own username, as confirmation. */
export const AccountRemoval = v.strictObject(
  { username: v.pipe(string, v.check(isPossibleUsername, 'Type your username to confirm.')) },
  objectMessage,
);
