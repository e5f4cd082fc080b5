/** `npm run keys -- init|rotate|retire|list`: makes and changes the private keys in a file; no key is ever printed. */
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import {
  type KeyAlgorithm,
  type KeyRing,
  parseKeyRing,
  type RingKey,
  signingKey,
} from '../src/domain/tokens/key-ring.ts';
import {
  PUBLISHED_BEFORE_SECONDS,
  RotationError,
  retire,
  rotate,
} from '../src/domain/tokens/key-rotation.ts';
import { OFFLINE_PASS_MAX_HOURS } from '../src/domain/tokens/offline-code.ts';
import { OWNER_SESSION_LIFETIME_SECONDS } from '../src/domain/tokens/owner-session.ts';
import { Complaint, reportFailure } from './complaint.ts';
import { DATA_DIR } from './data-dir.ts';
import { type KeyVariables, keySetText, makeKey, makeKeys, readKeys, writeKeys } from './keys.ts';

const USAGE = `npm run keys -- init                 makes a first key of each kind
npm run keys -- rotate [qr|sessions|contacts]  publishes a new key, which takes over in two hours
npm run keys -- retire <kid>          takes a key away at once, with all that it signed
npm run keys -- list                  says which key does what

--file <path>  the keys of a deployment; without it, those of the local stack`;

/** The rings: how they are called, and the longest life of what they sign. */
const RINGS = {
  qr: { variable: 'QR_SIGNING_KEYS', alg: 'ES256', lifetimeSeconds: OFFLINE_PASS_MAX_HOURS * 3600 },
  sessions: { variable: 'SESSION_KEYS', alg: 'HS256', lifetimeSeconds: OWNER_SESSION_LIFETIME_SECONDS },
  /** What it seals is kept until it is sealed anew; a key goes when it is retired, never by itself. */
  contacts: { variable: 'CONTACTS_KEYS', alg: 'A256GCM', lifetimeSeconds: Number.POSITIVE_INFINITY },
} as const satisfies Record<
  string,
  { variable: keyof KeyVariables; alg: KeyAlgorithm; lifetimeSeconds: number }
>;
type RingName = keyof typeof RINGS;

if (import.meta.main) {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { file: { type: 'string' } },
    });
    console.log(await keysCommand(positionals, values.file, Math.floor(Date.now() / 1000)));
  } catch (error) {
    reportFailure(error instanceof RotationError ? new Complaint(error.message) : error);
  }
}

/**
 * Runs one command on the keys of a file.
 * @param now seconds since the epoch
 * @returns what to print
 * @throws Complaint, RotationError
 */
export async function keysCommand([command, argument]: string[], file: string | undefined, now: number) {
  const path = file ?? join(DATA_DIR, 'keys.json');
  const keys = await readKeys(path);
  if (command === 'init') {
    if (keys)
      throw new Complaint(
        `${relative('', path)} holds keys already: \`list\` shows them, \`rotate\` renews them.`,
      );
    return saved(await makeKeys(now), '');
  }
  if (command !== 'list' && command !== 'rotate' && command !== 'retire') throw new Complaint(USAGE);
  if (!keys) throw new Complaint(`${relative('', path)} is not there: make it with \`init\`.`);
  if (command === 'list') return describe(keys, now);
  return command === 'rotate' ? rotated(keys, argument ?? 'qr') : retired(keys, argument ?? '');

  async function rotated(keys: KeyVariables, name: string): Promise<string> {
    if (!isRingName(name)) throw new Complaint(USAGE);
    const { variable, alg, lifetimeSeconds } = RINGS[name];
    const ring = rotate(ringOf(keys, name), await makeKey(alg), now, lifetimeSeconds);
    const deadline = isoTime(now + PUBLISHED_BEFORE_SECONDS / 2);
    return saved(
      { ...keys, [variable]: keySetText(ring) },
      `Deploy before ${deadline}, so that verifiers hear of the new key before it signs.\n`,
    );
  }

  async function retired(keys: KeyVariables, kid: string): Promise<string> {
    const name = ringNames().find((one) => ringOf(keys, one).some((key) => key.kid === kid));
    if (!name) throw new Complaint(`There is no key «${kid}»: \`list\` shows those that there are.`);
    const { variable, alg } = RINGS[name];
    const ring = retire(ringOf(keys, name), kid, await makeKey(alg), now);
    return saved({ ...keys, [variable]: keySetText(ring) }, 'Deploy now: until then the key still counts.\n');
  }

  async function saved(keys: KeyVariables, advice: string): Promise<string> {
    await writeKeys(path, keys);
    const deploy = file
      ? `${advice}\n  npx wrangler secret bulk ${file} --env '${environmentOf(file)}'\n\nKeep the file safe: Cloudflare never gives the keys back.`
      : 'The local stack uses them from its next start on.';
    return `${describe(keys, now)}\n\n${deploy}`;
  }
}

/** The environment of wrangler.toml whose keys a file has, by the names that `npm run setup` gives; the top one has none. */
function environmentOf(file: string): string {
  const name = /([\w-]+)-keys\.json$/.exec(file)?.[1] ?? 'production';
  return name === 'production' ? '' : name;
}

function describe(keys: KeyVariables, now: number): string {
  const lines = ringNames().map((name) => {
    const ring = ringOf(keys, name);
    const signer = signingKey(ring, now);
    return [RINGS[name].variable, ...ring.map((key) => `  ${key.kid}  ${stateOf(key, key === signer, now)}`)];
  });
  return lines.flat().join('\n');
}

function stateOf({ nbf, exp }: RingKey, isSigner: boolean, now: number): string {
  if (exp !== undefined && exp <= now) return 'retired';
  const until = exp === undefined ? '' : `, verifies until ${isoTime(exp)}`;
  if (nbf > now) return `signs from ${isoTime(nbf)}${until}`;
  return `${isSigner ? 'signs' : 'signs no more'}${until}`;
}

function ringNames(): RingName[] {
  return Object.keys(RINGS) as RingName[];
}

function isRingName(name: string): name is RingName {
  return Object.hasOwn(RINGS, name);
}

function ringOf(keys: KeyVariables, name: RingName): KeyRing {
  return parseKeyRing(keys[RINGS[name].variable], RINGS[name].alg);
}

function isoTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
