/** The scenarios: which profiles are viewed, when and where. All of it is assumed. */
import type { Chance } from './chance.ts';
import type { DataCentre } from './data-centre-cache.ts';
import { REGIONS } from './network.ts';
import { powerOfTen } from './numbers.ts';
import { DATA_CENTRES_PER_REGION, type Visit } from './world.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** Rates are per second; `second` counts from the beginning. */
export interface Scenario {
  title: string;
  seconds: number;
  /** Left out of the counts: what starts cold says little about what goes on. */
  warmUpSeconds: number;
  isolatesPerDataCentre: number;
  peakViews: number;
  views: (second: number) => number;
  visit: (chance: Chance) => Visit;
  peakEdits: number;
  edits: (second: number) => number;
  edit: (chance: Chance) => Visit;
}

/** Breaks of the conference's day, in hours from its beginning. */
const BREAKS = [
  [1.5, 2],
  [3.5, 4.5],
  [6.5, 7],
] as const;
const isBreak = (second: number) => BREAKS.some(([from, to]) => second >= from * HOUR && second < to * HOUR);
const ATTENDEES = 2_000;
const VENUE: DataCentre = { region: 'frankfurt', number: 0 };
/** Share of the views that come from the hall. */
const IN_THE_HALL = 0.9;
/** Before the first break a speaker asks everybody to add a link. */
const APPEAL = { from: 1.4 * HOUR, to: 1.5 * HOUR, edits: 80 };
const APPEAL_RATE = APPEAL.edits / (APPEAL.to - APPEAL.from);

/** 2,000 people in one city for a day; they scan each other in the breaks, and put their cards right meanwhile. */
export const conference: Scenario = {
  title: 'a conference',
  seconds: 8 * HOUR,
  warmUpSeconds: 0,
  isolatesPerDataCentre: 4,
  peakViews: 12,
  views: (second) => (isBreak(second) ? 12 : 1),
  visit: (chance) => ({
    name: `person-${chance.zipf(ATTENDEES)}`,
    at: chance.uniform() < IN_THE_HALL ? VENUE : anywhere(chance),
  }),
  peakEdits: APPEAL_RATE,
  edits: (second) =>
    second >= APPEAL.from && second < APPEAL.to ? APPEAL_RATE : (isBreak(second) ? 1 : 0.1) / MINUTE,
  edit: (chance) => ({ name: `person-${chance.zipf(ATTENDEES)}`, at: VENUE }),
};

/** One break of it, to compare ways of building the tiers. */
export const conferenceBreak: Scenario = {
  ...conference,
  title: 'half an hour of a break',
  seconds: 40 * MINUTE,
  warmUpSeconds: 10 * MINUTE,
  views: () => 12,
  edits: () => 1 / MINUTE,
};

/** The same break on the hall's own network: everybody in the hall has one address. */
export const breakOnOneAddress: Scenario = {
  ...conferenceBreak,
  title: 'the same behind one address',
  visit: (chance) => {
    const visit = conference.visit(chance);
    return visit.at === VENUE ? { ...visit, address: '192.0.2.1' } : visit;
  },
};

const CROWD = { from: 5 * MINUTE, riseSeconds: 2 * MINUTE, peak: 120, halfLifeSeconds: 8 * MINUTE };

/** A profile that the whole world looks at for an hour; its owner puts it right every two minutes. */
export const viral: Scenario = {
  title: 'a viral profile',
  seconds: HOUR,
  warmUpSeconds: 0,
  isolatesPerDataCentre: 8,
  peakViews: CROWD.peak,
  views: crowd,
  visit: (chance) => ({ name: 'star', at: anywhere(chance) }),
  peakEdits: 1 / (2 * MINUTE),
  edits: () => 1 / (2 * MINUTE),
  edit: (chance) => ({ name: 'star', at: anywhere(chance) }),
};

function crowd(second: number): number {
  const { from, riseSeconds, peak, halfLifeSeconds } = CROWD;
  if (second < from) return 0;
  if (second < from + riseSeconds) return (peak * (second - from)) / riseSeconds;
  return peak * 0.5 ** ((second - from - riseSeconds) / halfLifeSeconds);
}

/** The month that is paid for. */
export const SECONDS_PER_MONTH = 30 * 24 * HOUR;
/** Views of a profile a month, and how often it is changed in that time. */
export const VIEWS_PER_PROFILE = 100;
const EDITS_PER_PROFILE = 1;
/** Views that one run of a steady month takes, so that each takes about as long. */
const STEADY_VIEWS = 20_000;
const STEADY_LEAST_SECONDS = MINUTE;
/** Views a second that Cloudflare gives to one isolate before it starts another. */
const VIEWS_PER_ISOLATE = 5;

/** The world going about its business, so many views a month. */
export function steady(viewsPerMonth: number): Scenario {
  const rate = viewsPerMonth / SECONDS_PER_MONTH;
  const profiles = Math.max(1, viewsPerMonth / VIEWS_PER_PROFILE);
  const warmUpSeconds = 5 * MINUTE;
  const seconds = Math.min(SECONDS_PER_MONTH, Math.max(STEADY_LEAST_SECONDS, STEADY_VIEWS / rate));
  const edits = (rate / VIEWS_PER_PROFILE) * EDITS_PER_PROFILE;
  const dataCentres = REGIONS.length * DATA_CENTRES_PER_REGION;
  return {
    title: `${powerOfTen(viewsPerMonth)} views a month`,
    seconds: warmUpSeconds + seconds,
    warmUpSeconds,
    isolatesPerDataCentre: Math.ceil(rate / dataCentres / VIEWS_PER_ISOLATE),
    peakViews: rate,
    views: () => rate,
    visit: (chance) => ({ name: `person-${chance.zipf(profiles)}`, at: anywhere(chance) }),
    peakEdits: edits,
    edits: () => edits,
    edit: (chance) => ({ name: `person-${chance.below(profiles)}`, at: anywhere(chance) }),
  };
}

function anywhere(chance: Chance): DataCentre {
  return { region: chance.weighted(REGIONS).id, number: chance.below(DATA_CENTRES_PER_REGION) };
}
