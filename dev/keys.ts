/** Private JWK sets of QR tokens, owner sessions and contacts, in a file that only its owner may read. */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';
import { type KeyAlgorithm, type KeyRing, parseKeyRing } from '../src/domain/tokens/key-ring.ts';
import type { NewKey } from '../src/domain/tokens/key-rotation.ts';
import { Complaint } from './complaint.ts';

/** Four characters name a key among the few of a set, and keep QR codes small. */
const KID_LENGTH = 4;
const SECRET_KEY_BYTES = 32;

/** The Worker's key variables: private JWK sets as JSON text. */
export interface KeyVariables {
  QR_SIGNING_KEYS: string;
  SESSION_KEYS: string;
  CONTACTS_KEYS: string;
}

/** Makes one key of each kind, which sign from `nbf` (seconds since the epoch) on. */
export async function makeKeys(nbf: number): Promise<KeyVariables> {
  const asSet = async (alg: KeyAlgorithm) => keySetText([{ ...(await makeKey(alg)), nbf }]);
  return {
    QR_SIGNING_KEYS: await asSet('ES256'),
    SESSION_KEYS: await asSet('HS256'),
    CONTACTS_KEYS: await asSet('A256GCM'),
  };
}

/** Makes a key that has a name but no time yet. */
export async function makeKey(alg: KeyAlgorithm): Promise<NewKey> {
  const jwk = alg === 'ES256' ? await signingJwk() : secretJwk();
  const kid = (await calculateJwkThumbprint(jwk)).slice(0, KID_LENGTH);
  return { ...jwk, kid, alg, use: alg === 'A256GCM' ? 'enc' : 'sig' } as NewKey;
}

async function signingJwk(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  return exportJWK(privateKey);
}

function secretJwk(): JWK {
  return { kty: 'oct', k: randomBytes(SECRET_KEY_BYTES).toString('base64url') };
}

/** A ring as the Worker's variables want it. */
export function keySetText(keys: KeyRing): string {
  return JSON.stringify({ keys });
}

/** The keys kept in `<dir>/keys.json`, made now if there are none. */
export async function ensureDevKeys(dir: string): Promise<KeyVariables> {
  const file = join(dir, 'keys.json');
  const kept = await readKeys(file);
  if (kept) return kept;
  const keys = await makeKeys(Math.floor(Date.now() / 1000));
  await writeKeys(file, keys);
  return keys;
}

/** The keys in a file, or undefined where there is no file. @throws Complaint when it holds something else */
export async function readKeys(file: string): Promise<KeyVariables | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    // A file from before there were contacts gets its first key for them.
    const { CONTACTS_KEYS } = await makeKeys(Math.floor(Date.now() / 1000));
    const keys: KeyVariables = { CONTACTS_KEYS, ...JSON.parse(text) };
    parseKeyRing(keys.QR_SIGNING_KEYS, 'ES256');
    parseKeyRing(keys.SESSION_KEYS, 'HS256');
    parseKeyRing(keys.CONTACTS_KEYS, 'A256GCM');
    if (!text.includes('CONTACTS_KEYS')) await writeKeys(file, keys);
    return keys;
  } catch {
    throw new Complaint(`${file} holds no keys: delete it, and new ones are made.`);
  }
}

/** Puts the keys in place of what the file holds, whole or not at all. */
export async function writeKeys(file: string, keys: KeyVariables): Promise<void> {
  const draft = `${file}.${process.pid}`;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(draft, JSON.stringify(keys), { mode: 0o600 });
  await rename(draft, file);
}
