/** The world's regions and how far apart they are: published figures where there are some, else marked as assumed. */
import type { Chance } from './chance.ts';

/**
 * Round trips between AWS regions, ms, where Upstash and Neon have their machines: averages of 2017,
 * https://acomputerscientistlearnsaws.blogspot.com/2017/04/aws-regions.html (from cloudping). Today's are a little
 * shorter, so what is made of them is on the safe side.
 */
const ROUND_TRIPS_MS = {
  virginia: {
    virginia: 0,
    oregon: 87,
    frankfurt: 89,
    tokyo: 145,
    singapore: 217,
    sydney: 230,
    saoPaulo: 120,
  },
  oregon: { virginia: 87, oregon: 0, frankfurt: 160, tokyo: 89, singapore: 161, sydney: 162, saoPaulo: 183 },
  frankfurt: {
    virginia: 89,
    oregon: 160,
    frankfurt: 0,
    tokyo: 237,
    singapore: 326,
    sydney: 324,
    saoPaulo: 195,
  },
  tokyo: { virginia: 145, oregon: 89, frankfurt: 237, tokyo: 0, singapore: 74, sydney: 104, saoPaulo: 257 },
  singapore: {
    virginia: 217,
    oregon: 161,
    frankfurt: 326,
    tokyo: 74,
    singapore: 0,
    sydney: 175,
    saoPaulo: 328,
  },
  sydney: {
    virginia: 230,
    oregon: 162,
    frankfurt: 324,
    tokyo: 104,
    singapore: 175,
    sydney: 0,
    saoPaulo: 323,
  },
  saoPaulo: {
    virginia: 120,
    oregon: 183,
    frankfurt: 195,
    tokyo: 257,
    singapore: 328,
    sydney: 323,
    saoPaulo: 0,
  },
} as const;

export type RegionId = keyof typeof ROUND_TRIPS_MS;

/** Shares of the world's views: assumed. Each region has a read replica of Upstash. */
export const REGIONS: readonly { id: RegionId; title: string; weight: number }[] = [
  { id: 'virginia', title: 'US East', weight: 0.2 },
  { id: 'oregon', title: 'US West', weight: 0.12 },
  { id: 'frankfurt', title: 'Europe', weight: 0.33 },
  { id: 'tokyo', title: 'Japan', weight: 0.08 },
  { id: 'singapore', title: 'South Asia', weight: 0.15 },
  { id: 'sydney', title: 'Oceania', weight: 0.04 },
  { id: 'saoPaulo', title: 'South America', weight: 0.08 },
];

/** Where Neon's compute and Upstash's primary are: assumed. */
export const HOME: RegionId = 'virginia';

/** From a city's data centre to its region's cloud and back: assumed. */
const METRO_MS = 6;
/** Spread of a round trip on a backbone (of its logarithm): assumed. */
const BACKBONE_SIGMA = 0.15;

/** A round trip, ms, from a data centre to a region's cloud, or to another region's data centre. */
export function roundTripMs(chance: Chance, from: RegionId, to: RegionId): number {
  return chance.logNormal(ROUND_TRIPS_MS[from][to] + METRO_MS, BACKBONE_SIGMA);
}

/**
 * A round trip, ms, from a visitor to the data centre, on a connection that is open. Cloudflare says that 95 % of the
 * connected world are within 50 ms (https://www.cloudflare.com/network/); the median is assumed.
 */
const VISITOR_MEDIAN_MS = 20;
const VISITOR_P95_MS = 50;
const P95_IN_SIGMAS = 1.645;
const VISITOR_SIGMA = Math.log(VISITOR_P95_MS / VISITOR_MEDIAN_MS) / P95_IN_SIGMAS;

export function visitorRoundTripMs(chance: Chance): number {
  return chance.logNormal(VISITOR_MEDIAN_MS, VISITOR_SIGMA);
}
