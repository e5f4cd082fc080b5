/** Every number that an operator may change, with its default, unit and reason; a variable of the same name overrides it. */

/** The one of the cron triggers in wrangler.toml that always asks Postgres; the hourly one leaves it asleep where nobody looked. */
export const DAILY_CRON = '47 3 * * *';

export const DEFAULT_SETTINGS = {
  /** How long Upstash holds a public profile. Owners' changes do not wait for it: they invalidate. */
  PROFILE_TTL_SECONDS: 300,
  /** How long an unknown name is remembered: long enough to blunt guessing, short enough for a typo mended elsewhere. */
  UNKNOWN_TTL_SECONDS: 30,
  /** How long the last good copy is kept: shown while a newer one is read, and while Postgres fails. */
  OUTAGE_COPY_TTL_SECONDS: 86_400,
  /** How long a fence outlives its change; must exceed the life of the slowest reader (Neon limit + waitUntil's 30 s). */
  FENCE_TTL_SECONDS: 600,
  /** How long an isolate answers from its own memory; the bound on what other isolates show after a change. 0: never. */
  ISOLATE_TTL_MS: 5_000,
  /** Bounds of the isolate tier: an isolate has 128 MB for everything. */
  ISOLATE_MAX_ENTRIES: 1_000,
  ISOLATE_MAX_CHARACTERS: 8_388_608,
  /** Names of cards that an isolate remembers (about 150 bytes each). */
  ISOLATE_MAX_CARD_NAMES: 10_000,
  /** After this an answer comes from Postgres instead of Upstash. */
  UPSTASH_TIMEOUT_MS: 500,
  /** Consecutive failures after which Upstash is skipped. */
  UPSTASH_BREAKER_FAILURES: 1,
  /** How long it is skipped before one request probes it again. */
  UPSTASH_BREAKER_OPEN_MS: 3_000,
  /** Consecutive failures of public reads after which Postgres is skipped. */
  NEON_BREAKER_FAILURES: 1,
  /** How long it is skipped before a read behind an answer probes it again. */
  NEON_BREAKER_OPEN_MS: 2_000,
  /** How long an isolate gathers views before it writes them to Upstash; what a killed isolate loses. */
  VIEW_BATCH_MS: 1_000,
  /** After this a batch of views is given up. Nobody waits for it; work after a response ends after 30 s. */
  VIEW_WRITE_TIMEOUT_MS: 10_000,
  /** After this owners see their numbers without the views of the last hour. */
  VIEW_READ_TIMEOUT_MS: 2_000,
  /** Batches of views that may wait in Upstash (about 200 bytes each); beyond it isolates skip the log by their breakers. */
  VIEW_LOG_MAX_ENTRIES: 100_000,
  /** After this a sign-in provider has not answered; signing in asks twice. */
  SIGN_IN_TIMEOUT_MS: 5_000,
  /** After this a read or write of Postgres has failed; covers a Neon compute that wakes up (about 1 s). */
  NEON_TIMEOUT_MS: 5_000,
} as const;

/** Elsewhere 0 would not switch anything off, but break it. */
export const MAY_BE_ZERO: readonly string[] = ['ISOLATE_TTL_MS'] satisfies (keyof typeof DEFAULT_SETTINGS)[];

/** The settings in force: whole numbers in the unit that the name says. */
export type Settings = { readonly [K in keyof typeof DEFAULT_SETTINGS]: number };
