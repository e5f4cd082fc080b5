/** All routes, in the order in which the router tries them. */
import { programSessions } from './auth/program-sessions.ts';
import { ownerContacts } from './owner/contacts.ts';
import { follow } from './owner/follow.ts';
import { nfc } from './owner/nfc.ts';
import { savedCards } from './owner/saved-cards.ts';
import { sharedCards } from './owner/shared-cards.ts';
import { wallets } from './owner/wallets.ts';
import { carry } from './pages/carry.ts';
import { contact } from './pages/contact.tsx';
import { contactPages } from './pages/contacts.ts';
import { pageFiles } from './pages/page-files.ts';
import { pages } from './pages/pages.ts';
import { badges } from './public/badges.ts';
import { cards } from './public/cards.ts';
import { discovery } from './public/discovery.ts';
import { health } from './public/health.ts';
import { previewImages } from './public/preview-image.ts';
import { publicProfiles } from './public/profiles.ts';
import { qrCodes } from './public/qr-codes.ts';
import { qrVerification } from './public/qr-verification.ts';
import { share } from './public/share.ts';
import { sitemap } from './public/sitemap.ts';
import { apiVcard, vcardFile } from './public/vcard.ts';
import { wellKnown } from './public/well-known.ts';
import type { Route } from './route.ts';

/** What the existing API answers under two addresses. */
const ofUsers = [...cards, ...publicProfiles, ...qrCodes, ...apiVcard];

/** A route under its other address. */
function aliasOf(route: Route): Route {
  const { path, docs } = route;
  return {
    ...route,
    path: path.replace('/api/public/', '/api/u/'),
    docs: docs && { ...docs, id: `${docs.id}Alias` },
  };
}

export const ROUTES: readonly Route[] = [
  ...ofUsers,
  ...ofUsers.map(aliasOf),
  ...qrVerification,
  ...wellKnown,
  ...discovery,
  ...badges,
  ...health,
  ...follow,
  ...programSessions,
  ...share,
  ...sharedCards,
  ...savedCards,
  ...ownerContacts,
  ...wallets,
  ...nfc,
  ...vcardFile,
  ...pages,
  ...previewImages,
  ...contact,
  ...contactPages,
  ...carry,
  ...pageFiles,
  ...sitemap,
];
