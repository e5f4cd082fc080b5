/**
 * How contacts are sealed: by a data key of their owner (AES-256-GCM), which is kept wrapped by a key of the deployment's
 * secret. A new secret wraps the data keys anew and leaves the contacts as they are.
 *
 * A data key is derived from the key of the secret that was in force at the time (its generation), so that every isolate
 * has it without asking the database: leaving details is one round trip.
 */
import { base64url } from 'jose';
import { type KeyRing, type RingKey, signingKey, verificationKey } from '../tokens/key-ring.ts';

/** A data key as the database keeps it. */
export interface WrappedKey {
  /** The key of the secret from which it was derived. */
  generation: string;
  /** The key of the secret that wraps it. */
  keyId: string;
  wrapped: string;
}

/** A data key that can be used. */
export interface DataKey {
  wrapped: WrappedKey;
  key: CryptoKey;
}

const AES = 'AES-GCM';
/** 96 bits, as NIST SP 800-38D recommends; random, for far fewer than 2^32 texts a key. */
const IV_BYTES = 12;
const DATA_KEY_BITS = 256;

/** The data key with which an owner's contacts are sealed now; undefined where no key is in force. @param now seconds since the epoch */
export async function currentDataKey(
  ring: KeyRing,
  ownerId: string,
  now: number,
): Promise<DataKey | undefined> {
  const secret = signingKey(ring, now);
  if (!secret) return undefined;
  const bytes = await derived(secret, `data ${ownerId}`);
  return { key: await imported(bytes), wrapped: await wrap(secret, ownerId, secret.kid, bytes) };
}

/** The data key in its wrapping; undefined where the key that wraps it is not in the secret, or the wrapping is another's. */
export async function openDataKey(
  ring: KeyRing,
  ownerId: string,
  wrapped: WrappedKey,
  now: number,
): Promise<CryptoKey | undefined> {
  const bytes = await unwrap(ring, ownerId, wrapped, now);
  return bytes && imported(bytes);
}

/** The same data key, wrapped by the key that is in force now; undefined where it cannot be opened. */
export async function wrapAnew(
  ring: KeyRing,
  ownerId: string,
  wrapped: WrappedKey,
  now: number,
): Promise<WrappedKey | undefined> {
  const secret = signingKey(ring, now);
  const bytes = await unwrap(ring, ownerId, wrapped, now);
  return secret && bytes && wrap(secret, ownerId, wrapped.generation, bytes);
}

/** Seals a text for one row of one owner: in any other place it does not open. */
export function seal(key: CryptoKey, ownerId: string, rowId: string, text: string): Promise<string> {
  return encrypt(key, `contact ${ownerId} ${rowId}`, new TextEncoder().encode(text));
}

/** What `seal` sealed for this row; undefined for anything else. */
export async function open(
  key: CryptoKey,
  ownerId: string,
  rowId: string,
  sealed: string,
): Promise<string | undefined> {
  const bytes = await decrypt(key, `contact ${ownerId} ${rowId}`, sealed);
  return bytes && new TextDecoder().decode(bytes);
}

/** Bytes for one purpose, out of a key of the secret (HKDF, RFC 5869). */
export async function derived(secret: RingKey, purpose: string): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = base64url.decode(secret.k ?? '') as Uint8Array<ArrayBuffer>;
  const source = await crypto.subtle.importKey('raw', bytes, 'HKDF', false, ['deriveBits']);
  const info = new TextEncoder().encode(`devcard contacts ${purpose}`);
  const parameters = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info };
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, source, DATA_KEY_BITS));
}

async function wrap(
  secret: RingKey,
  ownerId: string,
  generation: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<WrappedKey> {
  const key = await imported(await derived(secret, 'wrap'));
  const wrapped = await encrypt(key, `key ${ownerId} ${generation}`, bytes);
  return { generation, keyId: secret.kid, wrapped };
}

async function unwrap(
  ring: KeyRing,
  ownerId: string,
  { generation, keyId, wrapped }: WrappedKey,
  now: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const secret = verificationKey(ring, keyId, now);
  if (!secret) return undefined;
  return decrypt(await imported(await derived(secret, 'wrap')), `key ${ownerId} ${generation}`, wrapped);
}

function imported(bytes: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', bytes, AES, false, ['encrypt', 'decrypt']);
}

async function encrypt(key: CryptoKey, place: string, bytes: BufferSource): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const additionalData = new TextEncoder().encode(place);
  const sealed = await crypto.subtle.encrypt({ name: AES, iv, additionalData }, key, bytes);
  return base64url.encode(new Uint8Array([...iv, ...new Uint8Array(sealed)]));
}

async function decrypt(
  key: CryptoKey,
  place: string,
  sealed: string,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    const bytes = base64url.decode(sealed) as Uint8Array<ArrayBuffer>;
    const iv = bytes.subarray(0, IV_BYTES);
    const additionalData = new TextEncoder().encode(place);
    const opened = await crypto.subtle.decrypt(
      { name: AES, iv, additionalData },
      key,
      bytes.subarray(IV_BYTES),
    );
    return new Uint8Array(opened);
  } catch {
    // Another key, another place, or changed since.
    return undefined;
  }
}
