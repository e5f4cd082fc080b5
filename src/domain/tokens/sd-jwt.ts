/** The QR session as a verifiable credential: an SD-JWT (RFC 9901) of the type SD-JWT VC, whose holder chooses what to show. */
import { base64url, SignJWT } from 'jose';
import type { PublicProfile } from '../profile.ts';
import { type KeyRing, signingKey } from './key-ring.ts';
import { QR_SESSION_LIFETIME_SECONDS } from './qr-session.ts';

/** The `typ` of such a token, and its media type after `application/`. */
export const SD_JWT_TYP = 'dc+sd-jwt';

/** Where the type of the credential is described, behind the origin. */
const VCT_PATH = '/.well-known/vct/devcard';

/** RFC 9901 recommends 128 bits. */
const SALT_BYTES = 16;

/** Members of the profile that its holder may leave out, with the names that wallets show. */
const DISCLOSED = {
  displayName: 'Name',
  pronouns: 'Pronouns',
  role: 'Role',
  company: 'Company',
  bio: 'About',
  avatarUrl: 'Picture',
  links: 'Links',
} as const satisfies Partial<Record<keyof PublicProfile, string>>;

interface CredentialInput {
  ring: KeyRing;
  /** The public origin, which becomes `iss`. */
  origin: string;
  profile: PublicProfile;
  /** Seconds since the epoch. */
  now: number;
}

/**
 * Signs a credential and appends all its disclosures.
 * Claims: `iss` origin, `sub` username, `iat`, `exp` (seconds), `vct` and `_sd`; disclosed: what of the profile is not null.
 */
export async function signCredential({ ring, origin, profile, now }: CredentialInput): Promise<string> {
  const key = signingKey(ring, now);
  if (!key) throw new Error('no QR key may sign yet');
  const names = Object.keys(DISCLOSED) as (keyof typeof DISCLOSED)[];
  const disclosures = names
    .filter((name) => profile[name] !== null)
    .map((name) => disclosureOf(name, profile[name]));
  const digests = await Promise.all(disclosures.map(digestOf));
  const token = await new SignJWT({
    vct: origin + VCT_PATH,
    _sd_alg: 'sha-256',
    // In an order that says nothing of the claims (RFC 9901 section 4.2.4.1).
    _sd: digests.sort(),
  })
    .setProtectedHeader({ alg: 'ES256', kid: key.kid, typ: SD_JWT_TYP })
    .setIssuer(origin)
    .setSubject(profile.username)
    .setIssuedAt(now)
    .setExpirationTime(now + QR_SESSION_LIFETIME_SECONDS)
    .sign(key);
  return `${[token, ...disclosures].join('~')}~`;
}

/** The metadata of the credential's type, as `vct` promises it. */
export function credentialType(origin: string) {
  return {
    vct: origin + VCT_PATH,
    name: 'DevCard',
    description: 'The public profile of a developer, as the deployment that issued it showed it.',
    display: [{ locale: 'en', name: 'DevCard' }],
    claims: Object.entries(DISCLOSED).map(([name, label]) => ({
      path: [name],
      display: [{ locale: 'en', label }],
      sd: 'always',
    })),
  };
}

function disclosureOf(name: string, value: unknown): string {
  const salt = base64url.encode(crypto.getRandomValues(new Uint8Array(SALT_BYTES)));
  return base64url.encode(JSON.stringify([salt, name, value]));
}

async function digestOf(disclosure: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(disclosure));
  return base64url.encode(new Uint8Array(hash));
}
