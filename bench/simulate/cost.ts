/** What a month costs, from what a simulated stretch of it used. */
import { REGIONS } from './network.ts';
import { CLOUDFLARE, NEON, UPSTASH } from './prices.ts';
import { SECONDS_PER_MONTH, VIEWS_PER_PROFILE } from './scenarios.ts';
import type { Outcome } from './simulate.ts';
import type { Tier } from './tally.ts';

/** US dollars a month. */
export interface Cost {
  cloudflare: { requests: number; cpu: number; logs: number };
  /** The cheapest of its plans; `reads` to `views` by the command, in the proportion of what each causes. */
  upstash: { reads: number; copies: number; views: number; storage: number; plan: string };
  neon: { compute: number; storage: number; transfer: number };
  total: number;
}

/** The page, and its icon for those who were never here. */
const REQUESTS_PER_VIEW = 2;
/** µs of a page from the isolate's memory, and what other tiers add: docs/performance.md, `npm run bench`; `edge` assumed. */
const PAGE_CPU_US = 151;
const ICON_CPU_US = 45;
const MORE_CPU_US: Record<Tier, number> = { isolate: 0, edge: 140, upstash: 231, postgres: 670, outage: 670 };
/** Our one line about a request, with what the platform adds to it: assumed. */
const LOG_BYTES_PER_REQUEST = 1_000;

/** Commands and, of them, writes: Upstash counts those inside a script (src/drivers/upstash/). */
const COMMANDS = {
  // A script with one command in it, or two where there is no fresh copy.
  read: { all: 2, writes: 0 },
  store: { all: 4, writes: 2 },
  fenced: { all: -2, writes: -2 },
  invalidate: { all: 3, writes: 2 },
  append: { all: 1, writes: 1 },
  dayKey: { all: 3, writes: 2 },
} as const;
/** A roll-up takes so many batches and commands (docs/views.md). */
const BATCHES_PER_ROLL_UP = 500;
const ROLL_UP = { all: 14, writes: 8 };
const READ_REGIONS = REGIONS.length - 1;

const RECORD_BYTES = 1_300;
const DAYS_PER_MONTH = 30;
const HOURS_PER_MONTH = DAYS_PER_MONTH * 24;
const GB = 1e9;

/** A quarter of a compute unit, Neon's smallest, and the statements a second that it is trusted with: assumed. */
const SMALLEST_CU = 0.25;
const STATEMENTS_PER_SMALLEST = 300;
/** In Postgres: a profile with its links; the sums of an owner's day with one or two views (docs/views.md). */
const PROFILE_BYTES = 6_000;
const OWNER_DAY_BYTES = 600;

/** What so many views a month cost, by the outcome of a stretch of them; storage is that after a year. */
export function monthlyCost(viewsPerMonth: number, { tally, used }: Outcome): Cost {
  const scale = viewsPerMonth / tally.requests;
  const profiles = viewsPerMonth / VIEWS_PER_PROFILE;
  const seenInADay = distinct(viewsPerMonth / DAYS_PER_MONTH, profiles);

  const requests = viewsPerMonth * REQUESTS_PER_VIEW;
  const moreUs = Object.entries(tally.tiers).reduce(
    (sum, [tier, n]) => sum + n * MORE_CPU_US[tier as Tier],
    0,
  );
  const cpuMs = (viewsPerMonth * (PAGE_CPU_US + ICON_CPU_US) + moreUs * scale) / 1000;
  const logGb = (requests * LOG_BYTES_PER_REQUEST) / GB;
  const cloudflare = {
    requests: CLOUDFLARE.planPerMonth + beyond(requests, CLOUDFLARE.includedRequests) * CLOUDFLARE.perRequest,
    cpu: beyond(cpuMs, CLOUDFLARE.includedCpuMs) * CLOUDFLARE.perCpuMs,
    logs:
      beyond(logGb, CLOUDFLARE.includedLogGb) * CLOUDFLARE.perLogGb +
      beyond((logGb * CLOUDFLARE.logDays) / DAYS_PER_MONTH, CLOUDFLARE.includedLogGbMonths) *
        CLOUDFLARE.perLogGbMonth,
  };

  const charged = (kinds: readonly (keyof typeof COMMANDS)[]) =>
    scale *
    kinds.reduce(
      (sum, kind) => sum + used[kind] * (COMMANDS[kind].all + COMMANDS[kind].writes * READ_REGIONS),
      0,
    );
  const rollUps = (scale * used.append) / BATCHES_PER_ROLL_UP;
  const upstash = upstashCost({
    reads: charged(['read']),
    copies: charged(['store', 'fenced', 'invalidate']),
    views: charged(['append', 'dayKey']) + rollUps * (ROLL_UP.all + ROLL_UP.writes * READ_REGIONS),
    // A fresh copy and one for an outage, the second for a day.
    gb: (seenInADay * RECORD_BYTES * 2) / GB,
    transferGb: (scale * used.read * RECORD_BYTES) / GB,
  });

  const statementsPerSecond = (scale * (used.neonReads + used.neonWrites)) / SECONDS_PER_MONTH;
  const units = SMALLEST_CU * Math.max(1, statementsPerSecond / STATEMENTS_PER_SMALLEST);
  const awake = Math.min(1, ((used.neonAwakeMs / 1000) * scale) / SECONDS_PER_MONTH);
  const neonGb = (profiles * PROFILE_BYTES + 12 * DAYS_PER_MONTH * seenInADay * OWNER_DAY_BYTES) / GB;
  const neonTransferGb = (scale * used.neonReads * RECORD_BYTES) / GB;
  const neon = {
    compute: awake * HOURS_PER_MONTH * units * NEON.perCuHour,
    storage: neonGb * NEON.perGbMonth,
    transfer: beyond(neonTransferGb, NEON.includedTransferGb) * NEON.perTransferGb,
  };
  const { plan: _, ...upstashParts } = upstash;
  const total = [cloudflare, upstashParts, neon]
    .flatMap((parts) => Object.values(parts))
    .reduce((a, b) => a + b);
  return { cloudflare, upstash, neon, total };
}

interface UpstashUse {
  reads: number;
  copies: number;
  views: number;
  gb: number;
  transferGb: number;
}

/** By the command, or at the price of the smallest fixed plan that holds it all, whichever is less. */
function upstashCost({ reads, copies, views, gb, transferGb }: UpstashUse): Cost['upstash'] {
  const commands = reads + copies + views;
  const storage =
    beyond(gb * REGIONS.length, UPSTASH.includedGb) * UPSTASH.perGbMonth +
    beyond(transferGb, UPSTASH.includedTransferGb) * UPSTASH.perTransferGb;
  const byCommand = commands * UPSTASH.perCommand + storage;
  const fixed =
    commands / SECONDS_PER_MONTH < UPSTASH.maxCommandsPerSecond
      ? UPSTASH.fixed.find((plan) => plan.gb >= gb && plan.transferGb >= transferGb)
      : undefined;
  const fixedPrice = fixed ? fixed.perMonth + fixed.perRegion * READ_REGIONS : Number.POSITIVE_INFINITY;
  const isFixed = fixed !== undefined && fixedPrice < byCommand;
  const share = isFixed ? fixedPrice / commands : UPSTASH.perCommand;
  return {
    reads: reads * share,
    copies: copies * share,
    views: views * share,
    storage: isFixed ? 0 : storage,
    plan: isFixed ? `fixed, ${fixed.gb} GB` : 'by the command',
  };
}

function beyond(amount: number, included: number): number {
  return Math.max(0, amount - included);
}

/** How many of the profiles are seen by so many views, by Zipf's law: the sum of each one's chance, in steps of 1 %. */
function distinct(views: number, profiles: number): number {
  const scale = Math.log(profiles + 1);
  let sum = 0;
  for (let from = 1; from <= profiles; ) {
    const to = Math.max(from + 1, Math.ceil(from * 1.01));
    const each = Math.log(to / from) / scale / (to - from);
    sum += (Math.min(to, profiles + 1) - from) * (1 - Math.exp(-views * each));
    from = to;
  }
  return sum;
}
