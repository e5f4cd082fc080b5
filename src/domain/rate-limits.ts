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
  signIns: { binding: 'LIMIT_SIGN_INS', limit: 10 },
} as const;

export type RateLimitName = keyof typeof RATE_LIMITS;

/** Groups of 16 bits in an IPv6 address, and in a customer's network: its 2^64 addresses count as one client. */
const ADDRESS_GROUPS = 8;
const NETWORK_GROUPS = 4;

/** The key of a client: its IPv4 address, or the network of its IPv6 address. */
export function clientOf(address: string): string {
  if (!address.includes(':')) return address;
  const [head = [], tail = []] = address
    .toLowerCase()
    .split('::')
    .map((side) => side.split(':').filter(Boolean));
  const zeros = Array<string>(Math.max(0, ADDRESS_GROUPS - head.length - tail.length)).fill('0');
  const network = [...head, ...zeros, ...tail].slice(0, NETWORK_GROUPS);
  return network.map((group) => group.replace(/^0+(?=.)/, '')).join(':');
}
