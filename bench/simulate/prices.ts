/** What the three providers charge in US dollars, from their own pages; read on 2026-11-23 where nothing else is said. */

const MILLION = 1e6;

/** https://developers.cloudflare.com/workers/platform/pricing/; logs https://developers.cloudflare.com/observability/pricing/ */
export const CLOUDFLARE = {
  planPerMonth: 5,
  includedRequests: 10 * MILLION,
  perRequest: 0.3 / MILLION,
  includedCpuMs: 30 * MILLION,
  perCpuMs: 0.02 / MILLION,
  /** The price of logs from 1 December 2026 on. */
  includedLogGb: 50,
  perLogGb: 0.25,
  includedLogGbMonths: 12,
  perLogGbMonth: 0.1,
  logDays: 7,
} as const;

/** https://neon.com/docs/introduction/plans: the Launch plan. */
export const NEON = {
  perCuHour: 0.106,
  perGbMonth: 0.35,
  includedTransferGb: 100,
  perTransferGb: 0.1,
} as const;

/**
 * https://upstash.com/pricing/redis, by the command as of 2026-11-09, fixed plans as of 2026-09-20. Writes are charged once more for each read region:
 * https://upstash.com/docs/redis/features/globaldatabase
 */
export const UPSTASH = {
  perCommand: 0.2 / 100_000,
  includedGb: 1,
  perGbMonth: 0.25,
  includedTransferGb: 200,
  perTransferGb: 0.03,
  /** Plans at a fixed price, with as many commands as one likes up to `maxCommandsPerSecond`. */
  fixed: [
    { gb: 0.25, transferGb: 50, perMonth: 10, perRegion: 5 },
    { gb: 1, transferGb: 100, perMonth: 20, perRegion: 10 },
    { gb: 5, transferGb: 500, perMonth: 100, perRegion: 50 },
    { gb: 10, transferGb: 1_000, perMonth: 200, perRegion: 100 },
    { gb: 50, transferGb: 5_000, perMonth: 400, perRegion: 200 },
    { gb: 100, transferGb: 10_000, perMonth: 800, perRegion: 400 },
    { gb: 500, transferGb: 20_000, perMonth: 1_500, perRegion: 750 },
  ],
  maxCommandsPerSecond: 10_000,
} as const;
