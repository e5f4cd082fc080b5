/** What describes an operation, and what operations of one kind have in common. */
import type * as v from 'valibot';
import type { ProblemCode } from '../../domain/problem.ts';
import type { Access } from '../middleware/access.ts';
import type { AnswerName } from './answers.ts';
import type { HeaderName } from './headers.ts';

/** A schema of an object, whose members can be listed. */
export type ObjectSchema = v.GenericSchema & { entries: Record<string, v.GenericSchema> };

export const HTML = 'text/html';
export const PROBLEM = 'application/problem+json';

/** The name of a JSON answer, or a media type. */
export type Content = AnswerName | `${string}/${string}`;

/** What a kind says of all its operations, and a row of itself alone. */
export interface Traits {
  /** Who may ask, if not everybody. */
  access?: Access;
  /** Headers of every success. */
  headers?: readonly HeaderName[];
  /** Whether 304 answers a matching If-None-Match. */
  conditional?: true;
  /** Whether If-Match is looked at. */
  ifMatch?: true;
  /** Whether Idempotency-Key is looked at; that of every POST of an owner is. */
  idempotent?: true;
  /** Answers without a body beside success, by status: what they mean. */
  others?: Readonly<Record<number, string>>;
  problems?: readonly ProblemCode[];
  /** What a problem comes as; outside the API browsers get pages. */
  problemTypes?: readonly string[];
}

/** What a route takes and gives. */
export interface Operation extends Traits {
  /** Its name in generated clients: a verb and a noun, kept for good. Pages have none. */
  id?: string;
  /** Of the description, where the router's differs: `/u/:username.vcf` for `/u/:file`. */
  path?: string;
  summary: string;
  kind: Kind;
  /** Where it is listed, if not with its kind. */
  tag?: Tag;
  /** The name of a JSON answer, a media type, several of them to choose from, or null for an empty answer. */
  answer: Content | readonly Content[] | null;
  /** Of success, 200 unless said. */
  status?: number;
  /** With which the same answer comes where it brings bad news. */
  failing?: number;
  body?: v.GenericSchema;
  /** Whether the body may be a form as well. */
  form?: true;
  query?: ObjectSchema;
  list?: boolean;
  example?: Example;
}

/** What a route's definition says to describe it, beside what it does anyway. `body` and `query` are what its handler reads itself. */
export type Docs = Omit<Operation, 'access'>;

/** A request that can be tried on the local stack as `ada`, and what it answers there. */
export interface Example {
  /** In place of PATH_PARAMETERS' own examples. */
  params?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, string>>;
  body?: unknown;
  /** The JSON of the answer: ids, times and tokens that differ each time stand for any of their kind. */
  answer?: unknown;
}

export interface KindTraits extends Traits {
  /** Under which the operations are listed. */
  tag: Tag;
  /** Whether the answer counts as a view, which may say by what way it came about. */
  isView?: true;
}

const RECORD_HEADERS = ['X-Cache', 'Cache-Status'] as const;
const RECORD_PROBLEMS = ['too-many-requests', 'unavailable'] as const;
const SIGNED_IN_PROBLEMS = ['unauthorized', 'too-many-requests', 'unavailable'] as const;
const WRITE_PROBLEMS = [...SIGNED_IN_PROBLEMS, 'forbidden', 'changed-meanwhile'] as const;
export const BODY_PROBLEMS = [
  'malformed-request',
  'invalid-input',
  'too-large',
  'unsupported-media-type',
] as const;
const OLD_NAME = 'The user has another name now, under which `Location` leads on';

/** The groups of operations, in order. Those for browsers alone are described in a document of their own. */
export const TAGS = {
  Public: {
    description:
      'For everybody, from pages of any origin. Everything below `/api/public/:username` and `/api/public/card` answers under `/api/u` as well.',
  },
  Owners: {
    description:
      'With the token or the cookie of an owner. A change says in `X-Cache-Invalidation` whether everybody sees it.',
  },
  'Sign-in': {
    description: 'For browsers. A program gets a token from its signed-in owner, at `/auth/token`.',
  },
  Pages: { description: 'What browsers are shown.', isForBrowsers: true },
  'Own pages': { description: 'The editor at `/me` and its forms.', isForBrowsers: true },
} as const satisfies Record<string, { description: string; isForBrowsers?: true }>;

export type Tag = keyof typeof TAGS;

/** The kinds of operations. */
export const KINDS = {
  /** Found by username in the caches or the database. */
  named: {
    tag: 'Public',
    headers: RECORD_HEADERS,
    conditional: true,
    others: { 308: OLD_NAME },
    problems: ['invalid-username', 'user-not-found', ...RECORD_PROBLEMS],
    isView: true,
  },
  /** Found by the id of a card alone. */
  card: {
    tag: 'Public',
    headers: RECORD_HEADERS,
    conditional: true,
    problems: ['card-not-found', ...RECORD_PROBLEMS],
    isView: true,
  },
  public: { tag: 'Public' },
  read: {
    tag: 'Owners',
    access: 'owner',
    problems: SIGNED_IN_PROBLEMS,
  },
  write: {
    tag: 'Owners',
    access: 'owner',
    headers: ['ETag', 'X-Cache-Invalidation'],
    ifMatch: true,
    problems: WRITE_PROBLEMS,
  },
  signIn: { tag: 'Sign-in', problemTypes: [PROBLEM, HTML] },
  /** A page of a user. */
  namedPage: {
    tag: 'Pages',
    headers: RECORD_HEADERS,
    conditional: true,
    others: { 301: OLD_NAME },
    problems: ['user-not-found', ...RECORD_PROBLEMS],
    problemTypes: [HTML],
    isView: true,
  },
  page: { tag: 'Pages', problemTypes: [PROBLEM, HTML] },
  /** A page of whoever is signed in. */
  ownPage: {
    tag: 'Own pages',
    access: 'owner',
    problems: SIGNED_IN_PROBLEMS,
    problemTypes: [HTML, PROBLEM],
  },
  /** What a form on such a page is sent to. */
  form: {
    tag: 'Own pages',
    access: 'owner',
    problems: [...WRITE_PROBLEMS, ...BODY_PROBLEMS],
    problemTypes: [HTML, PROBLEM],
  },
} as const satisfies Record<string, KindTraits>;

export type Kind = keyof typeof KINDS;

/** The parameters of paths: their rule where they have one, and an example from the local stack. */
export const PATH_PARAMETERS: Readonly<
  Record<string, { pattern?: string; enum?: string[]; example: string }>
> = {
  username: { pattern: '^[A-Za-z0-9_-]{3,50}$', example: 'ada' },
  cardId: { example: '00000003-0000-4000-8000-000000000003' },
  id: { example: '00000022-0000-4000-8000-000000000001' },
  provider: { enum: ['github', 'google'], example: 'github' },
  slug: { pattern: '^[a-z0-9-]{1,200}$', example: '00000003-0000-4000-8000-000000000003' },
  file: { example: '1-of-1.xml' },
  name: { example: 'buttons.js' },
};
