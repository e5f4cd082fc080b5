/** A world in which every upstream call waits for its turn, and chance decides whose turn it is. */
import { NameRecords } from '../../src/cache/name-records.ts';
import { SharedRecords } from '../../src/cache/shared-records.ts';
import type { NameRecord } from '../../src/domain/name-record.ts';
import { Problem } from '../../src/domain/problem.ts';
import { usernameKey } from '../../src/domain/usernames.ts';
import type { CachedCopies, ProfileStore, RecordCache } from '../../src/ports.ts';
import { DEFAULT_SETTINGS } from '../../src/settings.ts';
import { seededRandom } from './seeded-random.ts';

const NAMES = ['ada', 'bob', 'cyd'];

interface WorldOptions {
  seed: number;
  isolates: number;
  isolateTtlMs: number;
  /** Postgres says no now and then, and Upstash refuses invalidations. */
  withRefusals?: boolean;
  /** Takes the fence out: the world must then find an old copy, or it proves nothing. */
  withoutFence?: boolean;
  /** Refused invalidations pass for acknowledged ones: the world must then find an old copy. */
  trusting?: boolean;
}

/** Runs one random history and returns what went wrong in it: an empty list when nothing did. */
export async function runWorld(options: WorldOptions): Promise<string[]> {
  const { setTimeout } = globalThis;
  try {
    return await runHistory(options);
  } finally {
    globalThis.setTimeout = setTimeout;
  }
}

async function runHistory({
  seed,
  isolates,
  isolateTtlMs,
  withRefusals = false,
  withoutFence = false,
  trusting = false,
}: WorldOptions): Promise<string[]> {
  const random = seededRandom(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const faults: string[] = [];
  const waiting: (() => void)[] = [];
  const turn = () => new Promise<void>((resume) => waiting.push(resume));
  // Pauses end when their turn comes: retries meet everything else in any order.
  globalThis.setTimeout = ((resume: () => void) => waiting.push(resume)) as unknown as typeof setTimeout;
  let clock = 1_000_000;

  // The truth: who holds a name, with a number that grows with every commit.
  let commits = 0;
  const users = NAMES.slice(0, 2).map((username, id) => ({ id: String(id), username, commit: 0 }));
  const nameCommit = new Map<string, number>();
  const acknowledged = new Map<string, number>();
  /** Changes of which Upstash has not heard: nobody else need know, but the isolate that made them does. */
  const ownChanges = Array.from({ length: isolates }, () => new Map<string, number>());
  const truth = (key: string): NameRecord => {
    const user = users.find((one) => usernameKey(one.username) === key);
    return user ? profileOf(user, nameCommit.get(key) ?? 0) : { kind: 'unknown' };
  };
  const store: ProfileStore = {
    async readByName(key) {
      await turn();
      if (withRefusals && random() < 0.1) throw new Problem('unavailable', { cause: 'SQLSTATE 42501' });
      const record = truth(key);
      await turn();
      return record;
    },
    readByCard: async () => ({ kind: 'unknown' }),
    readByShare: async () => ({ kind: 'unknown' }),
  };

  const copies = new Map<string, { text: string; until: number }>();
  const staleCopies = new Map<string, string>();
  const fences = new Map<string, string>();
  const cache: RecordCache = {
    async read(key): Promise<CachedCopies> {
      await turn();
      if (random() < 0.05) throw new Error('read cut off');
      const copy = copies.get(key);
      const fresh = copy && copy.until > clock ? copy.text : null;
      const stale = fresh === null ? (staleCopies.get(key) ?? null) : null;
      const answer = { fresh, stale, fence: fences.get(key) ?? null };
      await turn();
      return answer;
    },
    readCardName: async () => null,
    storeCardName: async () => undefined,
    forgetCardNames: async () => undefined,
    async store(key, fence, text, { freshSeconds, staleSeconds }) {
      await turn();
      if (!withoutFence && (fences.get(key) ?? null) !== fence) return false;
      copies.set(key, { text, until: clock + freshSeconds * 1000 });
      if (staleSeconds > 0) staleCopies.set(key, text);
      else staleCopies.delete(key);
      return true;
    },
    async invalidate(keys) {
      await turn();
      const isRefused = withRefusals && random() < 0.3;
      if (isRefused && !trusting) throw new Error('read-only replica');
      if (isRefused) return;
      for (const key of keys) {
        copies.delete(key);
        staleCopies.delete(key);
        fences.set(key, String(random()));
      }
      await turn();
    },
  };

  const tiers = Array.from({ length: isolates }, () => {
    const parts = {
      inBackground: (work: Promise<unknown>) => void work,
      log: () => undefined,
      now: () => clock,
      settings: { ...DEFAULT_SETTINGS, ISOLATE_TTL_MS: isolateTtlMs },
    };
    const upstashPolicy = { failures: 1, openMs: 3_000, now: parts.now, log: parts.log };
    return new NameRecords({
      ...parts,
      shared: new SharedRecords({ ...parts, upstashPolicy, store, cache }),
    });
  });

  async function read() {
    const key = pick(NAMES);
    const isolate = Math.floor(random() * tiers.length);
    const atLeast = Math.max(acknowledged.get(key) ?? 0, ownChanges[isolate]?.get(key) ?? 0);
    const found = await (tiers[isolate] as NameRecords).find(key).catch((error) => {
      if (error instanceof Problem && error.code === 'unavailable') return undefined;
      throw error;
    });
    if (!found) return;
    const { record } = found;
    const commit = record.kind === 'profile' ? record.version : null;
    if (record.kind === 'profile' && usernameKey(record.profile.username) !== key) {
      faults.push(`${key} answered with ${record.profile.username}`);
    }
    if (commit !== null && commit < atLeast)
      faults.push(`${key} answered ${commit}, acknowledged was ${atLeast}`);
    if (commit === null && truthWasHeldSince(key, atLeast))
      faults.push(`${key} answered unknown after ${atLeast}`);
  }

  /** Whether the last commit on this name gave it a holder, and nothing has been committed since. */
  function truthWasHeldSince(key: string, commit: number): boolean {
    return commit > 0 && nameCommit.get(key) === commit && truth(key).kind === 'profile';
  }

  async function change() {
    const user = pick(users);
    await turn();
    const before = usernameKey(user.username);
    const free = NAMES.filter((name) => !users.some((one) => usernameKey(one.username) === name));
    if (random() < 0.4 && free.length > 0) user.username = pick(free);
    const commit = ++commits;
    const keys = [...new Set([before, usernameKey(user.username)])];
    for (const key of keys) nameCommit.set(key, commit);
    await turn();
    const isolate = Math.floor(random() * tiers.length);
    const invalidation = await (tiers[isolate] as NameRecords).invalidate(keys);
    const known = invalidation === 'done' ? acknowledged : (ownChanges[isolate] as Map<string, number>);
    for (const key of keys) known.set(key, Math.max(known.get(key) ?? 0, commit));
  }

  function profileOf(user: (typeof users)[number], commit: number): NameRecord {
    const fields = {
      bio: null,
      pronouns: null,
      role: null,
      company: null,
      avatarUrl: null,
      accentColor: '#000000',
    };
    const profile = { ...fields, username: user.username, displayName: user.username, links: [] };
    return {
      kind: 'profile',
      ownerId: user.id,
      version: commit,
      passEpoch: 0,
      since: 0,
      theme: 'classic',
      profile,
      cards: [],
    };
  }

  let left = 12 + Math.floor(random() * 12);
  let active = 0;
  while (left > 0 || active > 0) {
    if (left > 0 && (waiting.length === 0 || random() < 0.3)) {
      left -= 1;
      active += 1;
      (random() < 0.65 ? read() : change())
        .catch((error) => faults.push(String(error)))
        .finally(() => {
          active -= 1;
        });
    } else if (waiting.length > 0) {
      waiting.splice(Math.floor(random() * waiting.length), 1)[0]?.();
    }
    if (random() < 0.05) clock += random() < 0.5 ? 1_000 : 301_000;
    await new Promise((resume) => setImmediate(resume));
  }
  return faults;
}
