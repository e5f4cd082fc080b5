/** `/me/contacts`: the owner's page of contacts, with its forms. */
import type { Context } from 'hono';
import { Problem } from '../../domain/problem.ts';
import { contactsPage } from '../../pages/contacts-page.tsx';
import type { AppEnv } from '../context.ts';
import { HTML } from '../docs/operation.ts';
import { ContactQuery } from '../owner/contacts.ts';
import { OWNER_READ, OWNER_WRITE, route } from '../route.ts';
import { showOwnPage } from './own-pages.tsx';

export const contactPages = [
  route('GET /me/contacts', {
    ...OWNER_READ,
    query: ContactQuery,
    docs: DESCRIBED && { summary: 'Page of the own contacts', kind: 'ownPage', answer: HTML },
    handle: async (c, { query: { q: search, cursor, limit } }) => {
      const { contacts } = c.var.services;
      const page = await contacts.list(c.var.owner, { search, cursor, limit });
      return showOwnPage(c, contactsPage({ page, search: search ?? '', isOn: contacts.isOn }));
    },
  }),

  route('POST /me/contacts/remove', {
    ...OWNER_WRITE,
    docs: DESCRIBED && {
      summary: 'Button that removes all contacts',
      kind: 'form',
      answer: null,
      status: 303,
    },
    handle: async (c) => {
      await c.var.services.contacts.removeAll(c.var.owner);
      return back(c);
    },
  }),

  route('POST /me/contacts/:id/remove', {
    ...OWNER_WRITE,
    docs: DESCRIBED && { summary: 'Button that removes a contact', kind: 'form', answer: null, status: 303 },
    handle: async (c) => {
      await c.var.services.contacts.remove(c.var.owner, c.req.param('id')).catch((error) => {
        // Removed already, perhaps in another tab: the list shows it.
        if (!(error instanceof Problem && error.code === 'contact-not-found')) throw error;
      });
      return back(c);
    },
  }),
];

function back(c: Context<AppEnv>): Response {
  return c.redirect('/me/contacts', 303);
}
