/** By what an address book knows the contact of a user again, whatever name the card has by then. */

/** Keeps this identifier apart from any other that is made of the same id. */
const PURPOSE = 'devcard-contact:';

/**
 * A `urn:uuid:` (RFC 9562, version 8) that is always the same for a user and does not tell the id: the id is random
 * enough that nobody finds it by trying.
 */
export async function contactId(userId: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(PURPOSE + userId));
  const bytes = new Uint8Array(hash).slice(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `urn:uuid:${hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')}`;
}
