/** `/api/contacts`: owners read, export and remove what visitors left. */
import * as v from 'valibot';
import { readCursor } from '../../domain/contacts/contact.ts';
import { contactsCsv } from '../../domain/contacts/contact-csv.ts';
import { contactsVcard } from '../../domain/contacts/contact-vcard.ts';
import { VCARD_CONTENT_TYPE } from '../../domain/vcard.ts';
import { OWNER_READ, OWNER_WRITE, route } from '../route.ts';

/** Contacts on a page, unless asked otherwise. */
const CONTACTS_PER_PAGE = 50;
const MAX_SEARCH_CHARACTERS = 100;

const LIMIT = 'Ask for 1 to 100 contacts.';

/** The query of the list. */
export const ContactQuery = v.object({
  q: v.optional(v.pipe(v.string(), v.maxLength(MAX_SEARCH_CHARACTERS, 'Search for less text.'))),
  cursor: v.optional(
    v.pipe(
      v.string(),
      v.check((text) => readCursor(text) !== undefined, 'Take the cursor of the page before.'),
    ),
  ),
  limit: v.optional(
    v.pipe(v.string(), v.regex(/^(?:[1-9]\d?|100)$/, LIMIT), v.transform(Number)),
    String(CONTACTS_PER_PAGE),
  ),
});

const EXPORT = { access: 'owner', limit: 'exports' } as const;

export const ownerContacts = [
  route('GET /api/contacts', {
    ...OWNER_READ,
    query: ContactQuery,
    docs: DESCRIBED && {
      id: 'listContacts',
      summary: 'Details that visitors left, the newest first',
      kind: 'read',
      answer: 'ContactPage',
      example: {
        query: { q: 'turin', limit: '50' },
        answer: { data: [], meta: { total: 0, limit: 50, nextCursor: null } },
      },
    },
    handle: async (c, { query: { q: search, cursor, limit } }) =>
      c.json(await c.var.services.contacts.list(c.var.owner, { search, cursor, limit })),
  }),

  route('GET /api/contacts/export.csv', {
    ...EXPORT,
    docs: DESCRIBED && {
      id: 'exportContacts',
      summary: 'All contacts as a table',
      kind: 'read',
      answer: 'text/csv',
      headers: ['Content-Disposition'],
      example: {},
    },
    handle: async (c) =>
      c.body(contactsCsv(await c.var.services.contacts.all(c.var.owner)), 200, {
        'Content-Type': 'text/csv; charset=utf-8; header=present',
        'Content-Disposition': 'attachment; filename="devcard-contacts.csv"',
      }),
  }),

  route('GET /api/contacts/export.vcf', {
    ...EXPORT,
    docs: DESCRIBED && {
      id: 'exportContactsAsVcards',
      summary: 'All contacts as one file of vCards',
      kind: 'read',
      answer: 'text/vcard',
      headers: ['Content-Disposition'],
      example: {},
    },
    handle: async (c) =>
      c.body(contactsVcard(await c.var.services.contacts.all(c.var.owner)), 200, {
        'Content-Type': VCARD_CONTENT_TYPE,
        'Content-Disposition': 'attachment; filename="devcard-contacts.vcf"',
      }),
  }),

  route('DELETE /api/contacts', {
    ...OWNER_WRITE,
    docs: DESCRIBED && {
      id: 'deleteContacts',
      summary: 'Remove all contacts',
      kind: 'read',
      answer: null,
      status: 204,
      example: {},
    },
    handle: async (c) => {
      await c.var.services.contacts.removeAll(c.var.owner);
      return c.body(null, 204);
    },
  }),

  route('DELETE /api/contacts/:id', {
    ...OWNER_WRITE,
    docs: DESCRIBED && {
      id: 'deleteContact',
      summary: 'Remove a contact',
      kind: 'read',
      answer: null,
      status: 204,
      problems: ['contact-not-found'],
      example: { params: { id: '00000005-0000-4000-8000-000000000001' } },
    },
    handle: async (c) => {
      await c.var.services.contacts.remove(c.var.owner, c.req.param('id'));
      return c.body(null, 204);
    },
  }),
];
