/** Contacts as one file of vCards 3.0 (RFC 2426), which phones import at once. */
import { vcardFile, vcardName, vcardText, vcardUri } from '../vcard.ts';
import type { Contact } from './contact.ts';

/** The contacts that can be read, one vCard each. */
export function contactsVcard(contacts: readonly Contact[]): string {
  return contacts.flatMap((contact) => (contact.name === null ? [] : [vcardFile(linesOf(contact))])).join('');
}

function linesOf({ id, createdAt, name, reach, place, note }: Contact & { name: string }): string[] {
  const notes = [place, note].filter((text) => text !== null).join('\n');
  return [
    `UID:urn:uuid:${id}`,
    `N:${vcardName(name)}`,
    `FN:${vcardText(name)}`,
    wayOf(reach),
    ...(notes ? [`NOTE:${vcardText(notes)}`] : []),
    `REV:${createdAt}`,
  ];
}

function wayOf({ url, username }: { url: string; username: string }): string {
  if (url.startsWith('mailto:')) return `EMAIL;TYPE=INTERNET:${vcardText(username)}`;
  if (url.startsWith('tel:')) return `TEL;TYPE=CELL:${url.slice('tel:'.length)}`;
  return url ? `URL:${vcardUri(url)}` : `NICKNAME:${vcardText(username)}`;
}
