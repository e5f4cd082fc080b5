/** What is measured, as data: one entry a scenario; and the bars that the results must clear. */
import { names } from './data.ts';
import { SLICE } from './measure.ts';

/** The servers: the product, what it is compared with, and the floors beneath both. */
export type ServerName = 'edge' | 'reference' | 'workerd' | 'fetches' | 'hono' | 'fastify';

export interface Scenario {
  name: string;
  server: ServerName;
  /** One path, or many that are asked in turn. */
  paths: string[];
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  status: number;
  /** Runs before each slice. */
  before?: () => Promise<unknown>;
  /** What each request must cost in round trips; views, which travel in batches, come on top. */
  trips?: { upstash: number; neon: number };
}

/** What scenarios need to know of the running bench. */
export interface Surroundings {
  /** Of the product's profile that is asked for again and again. */
  etag: string;
  /** Owners' tokens at both servers. */
  ownerToken: string;
  referenceToken: string;
  /** Makes sure that Upstash holds WARM_NAMES. */
  warm(): Promise<unknown>;
}

/** Rounds whose samples count; one more warms up. */
export const ROUNDS = 50;
/** Each is read once in all, so that nothing keeps it. */
export const COLD_NAMES = names('cold', (ROUNDS + 1) * SLICE);
/** Two times more than an isolate keeps: each half, walked in turn, is always in Upstash and never in the isolate. */
export const WARM_NAMES = names('warm', 3_000);
const HALF = WARM_NAMES.length / 2;
/** The owner who writes. */
export const WRITER = 'writer-1';
const DEMO = '/api/public/devcard-demo';
const UNKNOWN = '/api/public/nobody-has-this';

const profilePath = (name: string) => `/api/public/${name}`;
const sessionPath = (name: string) => `/api/public/${name}/qr-session`;

/** All scenarios; pairs that are compared stand side by side, so that they are measured under the same conditions. */
export function scenarios(s: Surroundings): Scenario[] {
  const write = {
    method: 'PUT',
    paths: ['/api/profiles/me'],
    body: JSON.stringify({ bio: 'Writes and writes.', role: 'Writer' }),
    status: 200,
  };
  const json = { 'Content-Type': 'application/json' };
  const get = { status: 200 };
  const near = { upstash: 0, neon: 0 };
  return [
    { name: 'constant', server: 'workerd', paths: ['/'], ...get },
    { name: 'JSON', server: 'hono', paths: [DEMO], ...get },
    { name: 'JSON', server: 'fastify', paths: [DEMO], ...get },
    { name: 'HIT', server: 'reference', paths: [DEMO], ...get },
    { name: 'HIT', server: 'edge', paths: [DEMO], ...get, trips: near },
    {
      name: '304',
      server: 'edge',
      paths: [DEMO],
      headers: { 'If-None-Match': s.etag },
      status: 304,
      trips: near,
    },
    { name: 'one fetch', server: 'fetches', paths: ['/hit'], ...get },
    {
      name: 'HIT in Upstash',
      server: 'edge',
      paths: WARM_NAMES.slice(0, HALF).map(profilePath),
      ...get,
      before: () => s.warm(),
      trips: { upstash: 1, neon: 0 },
    },
    { name: 'three fetches', server: 'fetches', paths: ['/miss'], ...get },
    { name: 'MISS', server: 'reference', paths: COLD_NAMES.map(profilePath), ...get },
    {
      name: 'MISS',
      server: 'edge',
      paths: COLD_NAMES.map(profilePath),
      ...get,
      // The second is the write of the copy, after the response.
      trips: { upstash: 2, neon: 1 },
    },
    { name: 'unknown name', server: 'reference', paths: [UNKNOWN], status: 404 },
    { name: 'unknown name', server: 'edge', paths: [UNKNOWN], status: 404, trips: near },
    { name: 'qr-session', server: 'reference', paths: [`${DEMO}/qr-session`], ...get },
    { name: 'qr-session', server: 'edge', paths: [`${DEMO}/qr-session`], ...get, trips: near },
    {
      name: 'qr-session, always signed',
      server: 'edge',
      paths: WARM_NAMES.slice(HALF).map(sessionPath),
      ...get,
      before: () => s.warm(),
      trips: { upstash: 1, neon: 0 },
    },
    { name: 'QR svg', server: 'reference', paths: [`${DEMO}/qr?format=svg`], ...get },
    { name: 'QR svg', server: 'edge', paths: [`${DEMO}/qr?format=svg`], ...get, trips: near },
    { name: 'QR png', server: 'reference', paths: [`${DEMO}/qr`], ...get },
    { name: 'QR png', server: 'edge', paths: [`${DEMO}/qr`], ...get, trips: near },
    {
      name: 'carrier QR svg',
      server: 'edge',
      paths: [`${DEMO}/qr-session/qr?format=svg`],
      ...get,
      trips: near,
    },
    { name: 'carrier QR png', server: 'edge', paths: [`${DEMO}/qr-session/qr`], ...get, trips: near },
    { name: 'page', server: 'edge', paths: ['/u/devcard-demo'], ...get, trips: near },
    {
      name: 'PUT',
      server: 'reference',
      ...write,
      headers: { ...json, Authorization: `Bearer ${s.referenceToken}` },
    },
    {
      name: 'PUT',
      server: 'edge',
      ...write,
      headers: { ...json, Authorization: `Bearer ${s.ownerToken}` },
      trips: { upstash: 1, neon: 1 },
    },
  ];
}

/** CPU per request of `of` may be at most `most` times that of `than`; or, of the reference, must lie near a ratio. */
export interface Bar {
  of: Place;
  than: Place;
  most: number;
  least?: number;
  why: string;
}

type Place = readonly [ServerName, string];

/** What the original's profile HIT costs in units of a bare Fastify route: 169 µs of 39 µs. */
const ORIGINAL_HIT = 4.3;

export const BARS: Bar[] = [
  {
    of: ['reference', 'HIT'],
    than: ['fastify', 'JSON'],
    most: ORIGINAL_HIT * 1.3,
    least: ORIGINAL_HIT * 0.7,
    why: 'the reference does the work of the original (4.3)',
  },
  { of: ['edge', 'HIT'], than: ['hono', 'JSON'], most: 1.4, why: 'little more than the framework' },
  { of: ['edge', '304'], than: ['edge', 'HIT'], most: 1, why: 'no body' },
  { of: ['edge', 'unknown name'], than: ['hono', 'JSON'], most: 1.4, why: 'no database' },
  { of: ['edge', 'qr-session'], than: ['hono', 'JSON'], most: 1.5, why: 'a signature is used again' },
  { of: ['edge', 'page'], than: ['edge', 'HIT'], most: 1.15, why: 'rendered once' },
  {
    of: ['edge', 'HIT in Upstash'],
    than: ['fetches', 'one fetch'],
    most: 1.4,
    why: 'little more than its request',
  },
  {
    of: ['edge', 'MISS'],
    than: ['fetches', 'three fetches'],
    most: 1.25,
    why: 'little more than its requests',
  },
  { of: ['edge', 'QR svg'], than: ['reference', 'QR svg'], most: 0.5, why: 'own encoder' },
  { of: ['edge', 'QR png'], than: ['reference', 'QR png'], most: 0.1, why: 'own encoder' },
];

/** All JavaScript of the Worker, `gzip -9`. */
export const MAX_GZIP_BYTES = 180 * 1024;
/** What it has come to all the same (docs/performance.md says why), and may not exceed. */
export const REACHED_GZIP_BYTES = 239 * 1024;
export const MAX_STARTUP_CPU_MS = 50;
