/** Rate limits of clients and owners. A test compares them with the bindings in wrangler.toml. */

/** Seconds over which all limits count: one of the two periods that the platform knows. */
export const RATE_LIMIT_PERIOD_SECONDS = 60;

/** Requests in a period, and the binding that counts them. */
export const RATE_LIMITS = {
  reads: { binding: 'LIMIT_READS', limit: 100 },
  qrSessions: { binding: 'LIMIT_QR_SESSIONS', limit: 30 },
  qrImages: { binding: 'LIMIT_QR_IMAGES', limit: 50 },
  verifications: { binding: 'LIMIT_VERIFICATIONS', limit: 30 },
  writes: { binding: 'LIMIT_WRITES', limit: 30 },
  /** Of each path by itself: the steps of a sign-in are not to eat up each other's share. */
  signIns: { binding: 'LIMIT_SIGN_INS', limit: 10, isByPath: true },
  /** Owners' own pages and data; the preview is read again while they type. */
  ownReads: { binding: 'LIMIT_OWN_READS', limit: 300 },
  /** All that an owner has, as a file. */
  exports: { binding: 'LIMIT_EXPORTS', limit: 10 },
  /** Writes of somebody who is not signed in. */
  strangers: { binding: 'LIMIT_STRANGERS', limit: 30 },
  /** Each of the limits by client, for a /48 as a whole: it has 65,536 networks that count as one client each. */
  networks: { binding: 'LIMIT_NETWORKS', limit: 300 },
  /** Details that a visitor leaves; a hall behind one address is several people. */
  contacts: { binding: 'LIMIT_CONTACTS', limit: 10 },
} as const;

export type RateLimitName = keyof typeof RATE_LIMITS;

/** Groups of 16 bits in an IPv6 address, in a network, whose 2^64 addresses count as one client, and in a site. */
const ADDRESS_GROUPS = 8;
const NETWORK_GROUPS = 4;
const SITE_GROUPS = 3;

/** The key of a client: its IPv4 address, or the network (/64) of its IPv6 address. */
export function clientOf(address: string): string {
  return address.includes(':') ? prefixOf(address, NETWORK_GROUPS) : address;
}

/** The /48 of an IPv6 address, as which a site or a customer is given networks; undefined for an IPv4 address. */
export function siteOf(address: string): string | undefined {
  return address.includes(':') ? prefixOf(address, SITE_GROUPS) : undefined;
}

function prefixOf(address: string, groups: number): string {
  const [head = [], tail = []] = address
    .toLowerCase()
    .split('::')
    .map((side) => side.split(':').filter(Boolean));
  const zeros = Array<string>(Math.max(0, ADDRESS_GROUPS - head.length - tail.length)).fill('0');
  const prefix = [...head, ...zeros, ...tail].slice(0, groups);
  return prefix.map((group) => group.replace(/^0+(?=.)/, '')).join(':');
}
