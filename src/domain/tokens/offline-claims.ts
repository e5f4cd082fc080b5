/** The short claims of an offline carrier (docs/offline-qr.md, section 4). */

import { linkAddress } from '../../../verify/card.ts';
import { platformById } from '../../../verify/platforms.ts';
import type { PublicLink, PublicProfile } from '../profile.ts';

/** The part of a profile that a carrier holds: some texts may be shortened, some links left out. */
export interface Snapshot extends Omit<PublicProfile, 'links'> {
  links: readonly PublicLink[];
}

/** The handle is the username; the address follows from the handle; or the address is written out. */
export type CarrierLink =
  | [code: number]
  | [code: number, handle: string]
  | [code: number, handle: string, url: string];

/** What is written for a profile's part of the claims; members without a value are left out. */
export function carrierClaims(snapshot: Snapshot, linksLeftOut: number) {
  const { username, displayName, bio, pronouns, role, company, accentColor, avatarUrl, links } = snapshot;
  return {
    sub: username,
    n: displayName,
    b: bio || undefined,
    p: pronouns || undefined,
    r: role || undefined,
    c: company || undefined,
    a: accentColor.slice(1),
    v: avatarUrl || undefined,
    l: links.length > 0 ? links.map((link) => carrierLink(link, username)) : undefined,
    x: linksLeftOut || undefined,
  };
}

/** The shortest form from which a verifier makes the same link. */
export function carrierLink({ platform, username: handle, url }: PublicLink, owner: string): CarrierLink {
  const code = platformById(platform)?.code ?? CUSTOM_CODE;
  if (linkAddress(code, handle) !== url) return [code, handle, url];
  return handle === owner ? [code] : [code, handle];
}

/** A link of a platform that has left the registry is still worth carrying. */
const CUSTOM_CODE = 17;
