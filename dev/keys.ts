/** Signing keys of the local stack: made on first start and kept, readable by their owner only, out of git. */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';
import { Complaint } from './complaint.ts';

/** Four characters name a key among the few of a set, and keep QR codes small. */
const KID_LENGTH = 4;
const SESSION_KEY_BYTES = 32;

/** The Worker's two key variables: private JWK sets as JSON text. */
export interface KeyVariables {
  QR_SIGNING_KEYS: string;
  SESSION_KEYS: string;
}

/** Makes one key of each kind, which sign from `nbf` (seconds since the epoch) on. */
export async function makeKeys(nbf: number): Promise<KeyVariables> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const qr = { ...(await exportJWK(privateKey)), alg: 'ES256' };
  const session = { kty: 'oct', k: randomBytes(SESSION_KEY_BYTES).toString('base64url'), alg: 'HS256' };
  const asSet = async (key: JWK) => {
    const kid = (await calculateJwkThumbprint(key)).slice(0, KID_LENGTH);
    return JSON.stringify({ keys: [{ ...key, kid, use: 'sig', nbf }] });
  };
  return { QR_SIGNING_KEYS: await asSet(qr), SESSION_KEYS: await asSet(session) };
}

/** The keys kept in `<dir>/keys.json`, made now if there are none. */
export async function ensureDevKeys(dir: string): Promise<KeyVariables> {
  const file = join(dir, 'keys.json');
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept !== undefined) return readKeys(kept, file);
  const keys = await makeKeys(Math.floor(Date.now() / 1000));
  await mkdir(dir, { recursive: true });
  await writeFile(file, JSON.stringify(keys), { mode: 0o600 });
  return keys;
}

function readKeys(text: string, file: string): KeyVariables {
  try {
    const { QR_SIGNING_KEYS, SESSION_KEYS } = JSON.parse(text);
    if (QR_SIGNING_KEYS && SESSION_KEYS) return { QR_SIGNING_KEYS, SESSION_KEYS };
  } catch {
    // No JSON: no keys either.
  }
  throw new Complaint(`${file} holds no keys: delete it, and new ones are made.`);
}
