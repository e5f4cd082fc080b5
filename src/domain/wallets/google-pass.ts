/** Passes of Google Wallet: generic objects, and the link that saves one (developers.google.com/wallet/generic). */
import { importPKCS8, SignJWT } from 'jose';
import { ground } from '../color.ts';
import { refused } from '../qr/picture.ts';
import type { WalletCard } from './wallet-card.ts';

/** What a deployment has from Google. */
export interface GoogleWallet {
  issuerId: string;
  /** Of the service account: `client_email` and `private_key` of its JSON. */
  email: string;
  privateKey: string;
}

/** Longer links are cut by some browsers: Google says 1,800 characters. */
export const MAX_LINK_CHARACTERS = 1_800;
const SAVE = 'https://pay.google.com/gp/v/save/';

export const googleObjectId = ({ issuerId }: GoogleWallet, id: string) => `${issuerId}.${id}`;

/** The parts that a link has no room for are left out in this order. */
const PARTS = ['company', 'role'] as const;
type Part = (typeof PARTS)[number];

const SHORT_NAME_CHARACTERS = 40;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

const localized = (value: string) => ({ defaultValue: { language: 'en', value } });

/** The object, in the terms of Google's reference (GenericObject). */
export function googleObject(
  wallet: GoogleWallet,
  { id, profile, code, expiresAt }: WalletCard,
  leftOut: readonly string[] = [],
) {
  const { displayName, username, accentColor } = profile;
  const shown = (part: Part) => (leftOut.includes(part) ? undefined : profile[part]) ?? undefined;
  const [role, company] = [shown('role'), shown('company')];
  return {
    id: googleObjectId(wallet, id),
    classId: `${wallet.issuerId}.devcard`,
    state: 'ACTIVE',
    cardTitle: localized('DevCard'),
    header: localized(leftOut.includes('name') ? shortened(displayName) : displayName),
    ...(role && { subheader: localized(role) }),
    ...(company && { textModulesData: [{ id: 'company', header: 'Company', body: company }] }),
    hexBackgroundColor: ground(accentColor).ground,
    barcode: { type: 'QR_CODE', value: code, alternateText: `@${username}` },
    ...(expiresAt && { validTimeInterval: { end: { date: expiresAt } } }),
  };
}

function shortened(name: string): string {
  const letters = [...graphemes.segment(name)].map(({ segment }) => segment);
  if (letters.length <= SHORT_NAME_CHARACTERS) return name;
  return `${letters.slice(0, SHORT_NAME_CHARACTERS - 1).join('')}…`;
}

/** A link that saves a pass, and what it had no room for. */
export interface SaveLink {
  url: string;
  leftOut: string[];
}

/** Signs the link. @param now seconds since the epoch @throws Problem `invalid-input` where even the least does not fit */
export async function googleSaveLink(wallet: GoogleWallet, card: WalletCard, now: number): Promise<SaveLink> {
  const key = await importPKCS8(wallet.privateKey, 'RS256');
  const has = (part: Part) => card.profile[part] !== null;
  const order = [...PARTS.filter(has), 'name'];
  for (let count = 0; count <= order.length; count++) {
    const leftOut = order.slice(0, count);
    const object = googleObject(wallet, card, leftOut);
    const token = await new SignJWT({
      origins: [],
      typ: 'savetowallet',
      payload: { genericClasses: [{ id: object.classId }], genericObjects: [object] },
    })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
      .setIssuer(wallet.email)
      .setAudience('google')
      .setIssuedAt(now)
      .sign(key);
    const url = SAVE + token;
    if (url.length <= MAX_LINK_CHARACTERS) return { url, leftOut };
  }
  throw refused(
    'hours',
    `A link to Google Wallet holds ${MAX_LINK_CHARACTERS} characters, which is less than your offline code needs: take the address.`,
  );
}
