/** All routes, in the order in which the router tries them. */
import { ownerContacts } from './owner/contacts.ts';
import { follow } from './owner/follow.ts';
import { contact } from './pages/contact.tsx';
import { contactPages } from './pages/contacts.ts';
import { health } from './public/health.ts';
import { qrVerification } from './public/qr-verification.ts';
import { wellKnown } from './public/well-known.ts';
import type { Route } from './route.ts';

export const ROUTES: readonly Route[] = [
  ...qrVerification,
  ...wellKnown,
  ...health,
  ...follow,
  ...ownerContacts,
  ...contact,
  ...contactPages,
];
