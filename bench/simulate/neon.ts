/** Neon in one region: the truth, and a compute that sleeps when nobody asks. */
import type { NameRecord } from '../../src/domain/name-record.ts';
import type { ProfileStore } from '../../src/ports.ts';
import type { Chance } from './chance.ts';
import type { VirtualClock } from './clock.ts';
import { HOME, type RegionId, roundTripMs } from './network.ts';

/** A statement that reads a profile by its key, beside the way to it: assumed. */
const STATEMENT_MS = 4;
/** A compute sleeps after 5 minutes: https://neon.com/docs/introduction/plans, read 2026-11-23. */
export const SLEEPS_AFTER_MS = 300_000;
/** Waking up takes "a few hundred milliseconds": https://neon.com/docs/connect/connection-latency, read 2026-11-23. */
const WAKING_MS = 400;

/** Links of a simulated profile; with them its text has about 1.2 kB. */
const LINKS = ['github', 'linkedin', 'bluesky', 'portfolio'];

export class SimulatedNeon {
  readonly #clock: VirtualClock;
  readonly #chance: Chance;
  readonly #versions = new Map<string, number>();
  #awakeUntil = 0;
  #awakeMs = 0;
  reads = 0;
  writes = 0;

  constructor(clock: VirtualClock, chance: Chance) {
    this.#clock = clock;
    this.#chance = chance;
  }

  /** Milliseconds for which the compute has been awake so far. */
  get awakeMs(): number {
    return this.#awakeMs - Math.max(0, this.#awakeUntil - this.#clock.now());
  }

  profileStore(from: RegionId): ProfileStore {
    return {
      readByName: (key) =>
        this.#ask(from, () => {
          this.reads += 1;
          return recordOf(key, this.#versions.get(key) ?? 1);
        }),
      readByCard: () => Promise.reject(new Error('not part of the simulation')),
      readByShare: () => Promise.reject(new Error('not part of the simulation')),
    };
  }

  /** Commits a change of a profile; gives its new version. */
  write(from: RegionId, key: string): Promise<number> {
    return this.#ask(from, () => {
      this.writes += 1;
      const version = (this.#versions.get(key) ?? 1) + 1;
      this.#versions.set(key, version);
      return version;
    });
  }

  async #ask<T>(from: RegionId, work: () => T): Promise<T> {
    const tripMs = roundTripMs(this.#chance, from, HOME);
    await this.#clock.sleep(tripMs / 2);
    const now = this.#clock.now();
    const wakingMs = now >= this.#awakeUntil ? WAKING_MS : 0;
    this.#awakeMs += now + SLEEPS_AFTER_MS - Math.max(now, this.#awakeUntil);
    this.#awakeUntil = now + SLEEPS_AFTER_MS;
    await this.#clock.sleep(wakingMs + STATEMENT_MS);
    const answer = work();
    await this.#clock.sleep(tripMs / 2);
    return answer;
  }
}

function recordOf(key: string, version: number): NameRecord {
  return {
    kind: 'profile',
    ownerId: key,
    version,
    passEpoch: 0,
    since: 0,
    theme: 'classic',
    profile: {
      username: key,
      displayName: `Person ${key}`,
      bio: 'Writes small programs for large machines, and talks about them where coffee is served.',
      pronouns: null,
      role: 'Software engineer',
      company: 'Example Ltd',
      avatarUrl: null,
      accentColor: '#4f46e5',
      links: LINKS.map((platform, displayOrder) => ({
        id: `${platform}-0000-4000-8000-${key}`,
        platform,
        username: key,
        url: `https://${platform}.example/${key}`,
        displayOrder,
        followed: false,
      })),
    },
    cards: [],
  };
}
