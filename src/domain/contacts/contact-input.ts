/** Reads what a visitor typed to leave. */
import * as v from 'valibot';
import { parseLink } from '../links/parse-link.ts';
import { platformOf } from '../links/platform-guess.ts';
import { objectMessage } from '../profile-input.ts';
import { checkText, codePoints } from '../text.ts';
import { CONTACT_LIMITS, type ContactDetails } from './contact.ts';

/** The fields that a visitor fills in. */
export type ContactField = keyof ContactDetails;

export type TypedContact = Readonly<Record<ContactField, string>>;

/** What is wrong with a field: it is empty, too long, has characters that no text may have, or leads nowhere. */
export type ContactFault = 'missing' | 'too-long' | 'unreadable' | 'unreachable';

export type ContactInput =
  | { ok: true; details: ContactDetails }
  | { ok: false; faults: ReadonlyMap<ContactField, ContactFault> };

/**
 * The details in what was typed, or what is wrong with each field.
 * @param card stands in place of name and reach
 */
export function readContact(
  typed: TypedContact,
  card?: Pick<ContactDetails, 'name' | 'reach'>,
): ContactInput {
  const faults = new Map<ContactField, ContactFault>();
  const name = card?.name ?? textOf('name', true);
  const place = textOf('place');
  const note = textOf('note');
  const reach = card?.reach ?? reachOf(typed.reach);
  return reach && name !== null && faults.size === 0
    ? { ok: true, details: { name, reach, place, note } }
    : { ok: false, faults };

  function textOf(field: 'name' | 'place' | 'note', isRequired = false): string | null {
    const max = CONTACT_LIMITS[field];
    const checked = checkText(typed[field], { max, multiline: field === 'note' });
    if (checked.ok && checked.value) return checked.value;
    if (!checked.ok) faults.set(field, codePoints(typed[field]) > max ? 'too-long' : 'unreadable');
    else if (isRequired) faults.set(field, 'missing');
    return null;
  }

  function reachOf(text: string) {
    if (text.trim() === '') faults.set('reach', 'missing');
    else if (codePoints(text) > CONTACT_LIMITS.reach) faults.set('reach', 'too-long');
    else {
      const platform = platformOf(text);
      const parsed = platform === undefined ? undefined : parseLink({ platform, username: text });
      if (parsed?.ok) return parsed.link;
      faults.set('reach', 'unreachable');
    }
    return undefined;
  }
}

const text = (max: number) => v.pipe(v.string('Send a text.'), v.metadata({ maxLength: max }));
const optionalText = (max: number) => v.optional(text(max), '');

/** The body of who leaves details without the form: a name and a way to reach them, or their card. */
export const ContactBody = v.strictObject(
  {
    name: optionalText(CONTACT_LIMITS.name),
    reach: optionalText(CONTACT_LIMITS.reach),
    place: optionalText(CONTACT_LIMITS.place),
    note: optionalText(CONTACT_LIMITS.note),
    card: v.optional(v.boolean('Say true or false.'), false),
  },
  objectMessage,
);
