/** Headers that answers carry, as the description tells of them. */

interface Header {
  description: string;
  /** What every value looks like (a regular expression). */
  pattern: string;
  example: string;
}

const ETAG = '^"[^"]+"$';

/** Headers of answers, by name. */
export const HEADERS = {
  'X-Request-Id': {
    description: 'Names this request in the log: say it when you report a problem.',
    pattern: '.',
    example: '8f1d3c2b-6a54-4e0f-9b7d-2c1e0a9f8d7c',
  },
  'Cache-Control': {
    description: 'Whether and for how long the answer may be kept (RFC 9111).',
    pattern: '^(no-store|no-cache|public, max-age=\\d+.*)$',
    example: 'public, max-age=300, stale-while-revalidate=60',
  },
  ETag: {
    description:
      'Names this version: send it as If-None-Match to ask whether there is a newer one, and owners as If-Match with a change.',
    pattern: ETAG,
    example: '"7"',
  },
  'X-Cache': {
    description:
      'MISS: Postgres was read. HIT: a cache answered. STALE: an old copy stands in for a database that does not answer.',
    pattern: '^(HIT|MISS|STALE)$',
    example: 'HIT',
  },
  'Cache-Status': {
    description: 'Which cache answered, and for how many seconds it may do so again (RFC 9211).',
    pattern: '^devcard-(isolate|upstash); (hit|fwd=uri-miss); ttl=-?\\d+',
    example: 'devcard-upstash; hit; ttl=287',
  },
  'X-Cache-Invalidation': {
    description:
      'done: everybody sees the change. deferred: a cache did not answer; it is told again, and shows the old state for 300 s at the most.',
    pattern: '^(done|deferred)$',
    example: 'done',
  },
  'Content-Disposition': {
    description: 'The name under which the answer is best saved.',
    pattern: '^(attachment|inline); filename="[\\w.-]+"$',
    example: 'attachment; filename="ada.vcf"',
  },
  Age: {
    description: 'Seconds since the token was signed.',
    pattern: '^\\d+$',
    example: '0',
  },
  Link: {
    description: 'The first, the previous and the next page, as far as there are such (RFC 8288).',
    pattern: '^<[^>]+>; rel="first"',
    example: '</api/analytics/views?page=1>; rel="first", </api/analytics/views?page=2>; rel="next"',
  },
  Location: {
    description: 'Where to go on.',
    pattern: '^(/|https?://)',
    example: '/api/public/ada',
  },
  'Retry-After': {
    description: 'Seconds after which it is worth asking again.',
    pattern: '^\\d+$',
    example: '60',
  },
  'RateLimit-Policy': {
    description: 'The limit: `q` requests in `w` seconds (draft-ietf-httpapi-ratelimit-headers).',
    pattern: '^"\\w+";q=\\d+;w=\\d+$',
    example: '"reads";q=100;w=60',
  },
  RateLimit: {
    description: 'What remains of the limit (`r`), and the seconds until it is whole again (`t`).',
    pattern: '^"\\w+";r=\\d+;t=\\d+$',
    example: '"reads";r=0;t=60',
  },
  'WWW-Authenticate': {
    description: 'How to sign in (RFC 6750).',
    pattern: '^Bearer ',
    example: 'Bearer realm="devcard"',
  },
} as const satisfies Record<string, Header>;

export type HeaderName = keyof typeof HEADERS;

/** Headers of every answer of the Worker. */
export const COMMON_HEADERS: readonly HeaderName[] = ['X-Request-Id', 'Cache-Control'];

/** Headers that come with a status, whatever the operation. */
export const STATUS_HEADERS: Readonly<Record<number, readonly HeaderName[]>> = {
  301: ['Location'],
  302: ['Location'],
  303: ['Location'],
  308: ['Location'],
  401: ['WWW-Authenticate'],
  429: ['Retry-After', 'RateLimit-Policy', 'RateLimit'],
  503: ['Retry-After'],
};
