/** Passes of Apple Wallet: `pass.json`, icons, manifest and signature in one archive (developer.apple.com, Wallet Passes). */
import { ground, rgb } from '../color.ts';
import { iconPng } from '../icon.ts';
import { importSigner, signDetached } from './cms.ts';
import { type Bytes, type Certificate, readCertificate, utf8 } from './der.ts';
import type { WalletCard } from './wallet-card.ts';
import { zipStored } from './zip.ts';

/** What a deployment has from Apple, as PEM, and a secret of its own for the passes' tokens. */
export interface AppleWallet {
  certificate: string;
  key: string;
  intermediate: string;
  secret: string;
}

/** Attributes in which Apple's certificates name the pass type and the team. */
const USER_ID = '0.9.2342.19200300.100.1.1';
const ORGANIZATIONAL_UNIT = '2.5.4.11';

/** The pass type and the team of a certificate. @throws Error where it names none */
export function passIdentity(certificate: Certificate): { passTypeId: string; teamId: string } {
  const passTypeId = certificate.subject(USER_ID);
  const teamId = certificate.subject(ORGANIZATIONAL_UNIT);
  if (!passTypeId?.startsWith('pass.') || !teamId) throw new Error('is no certificate of a pass type');
  return { passTypeId, teamId };
}

/** When the first of both certificates expires, in milliseconds since the epoch. */
export function applePassExpiry({ certificate, intermediate }: AppleWallet): number {
  return Math.min(...[certificate, intermediate].map((pem) => readCertificate(pem).notAfter));
}

/** Points of an icon, by the name of its file. */
const ICONS = { 'icon.png': 29, 'icon@2x.png': 58, 'icon@3x.png': 87 };
const LOGOS = { 'logo.png': 50, 'logo@2x.png': 100 };

/** Where a pass asks for its newer version, and with what. */
export interface PassService {
  url: string;
  token: string;
}

/** The dictionary of a pass. */
export function passJson(
  { id, profile, code, expiresAt }: WalletCard,
  identity: { passTypeId: string; teamId: string },
  address: string,
  service: PassService | undefined,
) {
  const { displayName, username, role, company, bio, accentColor } = profile;
  const colors = ground(accentColor);
  const css = (color: string) => `rgb(${rgb(color).join(', ')})`;
  const field = (key: string, label: string, value: string | null) => (value ? [{ key, label, value }] : []);
  const barcode = {
    format: 'PKBarcodeFormatQR',
    message: code,
    messageEncoding: 'iso-8859-1',
    altText: `@${username}`,
  };
  return {
    formatVersion: 1,
    passTypeIdentifier: identity.passTypeId,
    teamIdentifier: identity.teamId,
    serialNumber: id,
    organizationName: 'DevCard',
    logoText: 'DevCard',
    description: `Card of ${displayName}`,
    foregroundColor: css(colors.text),
    labelColor: css(colors.text),
    backgroundColor: css(colors.ground),
    generic: {
      primaryFields: [{ key: 'name', value: displayName }],
      secondaryFields: [...field('role', 'Role', role), ...field('company', 'Company', company)],
      auxiliaryFields: expiresAt
        ? [
            {
              key: 'expires',
              label: 'Works without a network until',
              value: expiresAt,
              dateStyle: 'PKDateStyleMedium',
              timeStyle: 'PKDateStyleShort',
            },
          ]
        : [],
      backFields: [...field('address', 'Address', address), ...field('bio', 'About', bio)],
    },
    barcodes: [barcode],
    // Before iOS 9.
    barcode,
    ...(expiresAt && { expirationDate: expiresAt }),
    ...(service && { webServiceURL: service.url, authenticationToken: service.token }),
  };
}

/** A `.pkpass`. @param now milliseconds since the epoch */
export async function applePass(
  wallet: AppleWallet,
  card: WalletCard,
  { address, service, now }: { address: string; service: PassService | undefined; now: number },
): Promise<Bytes> {
  const certificate = readCertificate(wallet.certificate);
  const json = (value: unknown) => utf8(JSON.stringify(value));
  const pictures = Object.entries({ ...ICONS, ...LOGOS }).map(
    async ([name, size]) => [name, await iconPng(size)] as const,
  );
  const files = new Map<string, Bytes>([
    ['pass.json', json(passJson(card, passIdentity(certificate), address, service))],
    ...(await Promise.all(pictures)),
  ]);
  const hashes = [...files].map(async ([name, bytes]) => [name, await sha1(bytes)] as const);
  const manifest = json(Object.fromEntries(await Promise.all(hashes)));
  const key = await importSigner(wallet.key);
  const intermediate = readCertificate(wallet.intermediate);
  files.set('manifest.json', manifest);
  files.set('signature', await signDetached(manifest, { key, certificate, intermediate }, now));
  return zipStored(files);
}

/** In hexadecimal digits: Apple's manifests have no other hash. */
async function sha1(bytes: Bytes): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-1', bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
