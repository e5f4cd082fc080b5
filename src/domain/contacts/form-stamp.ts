/**
 * What a form for contacts carries unseen: to how many days its reader agrees, and when it was made. A program that sends
 * it back at once is told from a person; nobody else can make one.
 */
import { base64url } from 'jose';
import { type KeyRing, signingKey, verificationKey } from '../tokens/key-ring.ts';
import { derived } from './sealing.ts';

/** Seconds that a person needs at least. */
export const MIN_FORM_SECONDS = 3;
/** A page may have been open for a day. */
const MAX_FORM_SECONDS = 86_400;
/** 96 bits. */
const MAC_BYTES = 12;

/** What a stamp says. */
export interface FormStamp {
  /** For which the reader agrees that their details are kept. */
  days: number;
  ageSeconds: number;
}

/** The stamp of a form of this owner's; undefined where no key is in force. @param now seconds since the epoch */
export async function stampForm(
  ring: KeyRing,
  ownerId: string,
  days: number,
  now: number,
): Promise<string | undefined> {
  const secret = signingKey(ring, now);
  if (!secret) return undefined;
  const said = `${days}.${now.toString(36)}.${secret.kid}`;
  return `${said}.${await macOf(ring, secret.kid, ownerId, said, now)}`;
}

/** What a stamp says; undefined for one that is not ours, of another owner's form, or too old. */
export async function readStamp(
  ring: KeyRing,
  ownerId: string,
  stamp: string,
  now: number,
): Promise<FormStamp | undefined> {
  const [, said = '', days, time = '', kid = '', mac] =
    /^((\d{1,3})\.([\da-z]{1,8})\.([\w-]{1,43}))\.([\w-]{16})$/.exec(stamp) ?? [];
  if (mac === undefined || mac !== (await macOf(ring, kid, ownerId, said, now))) return undefined;
  const ageSeconds = now - Number.parseInt(time, 36);
  return ageSeconds > MAX_FORM_SECONDS ? undefined : { days: Number(days), ageSeconds };
}

async function macOf(
  ring: KeyRing,
  kid: string,
  ownerId: string,
  said: string,
  now: number,
): Promise<string | undefined> {
  const secret = verificationKey(ring, kid, now);
  if (!secret) return undefined;
  const bytes = await derived(secret, 'form');
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const mac = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(`${ownerId} ${said}`));
  return base64url.encode(new Uint8Array(mac).subarray(0, MAC_BYTES));
}
