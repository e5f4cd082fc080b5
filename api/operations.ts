/** Every operation of the service, keyed as the router knows it: a test compares the two. */
import { PROBLEMS, type ProblemCode } from '../src/domain/problem.ts';
import { UsernameInput } from '../src/domain/profile-input.ts';
import { SignInQuery } from '../src/domain/tokens/sign-in-attempt.ts';
import { CARD_ID, OWN_LINKS, OWN_PROFILE, TOKENS } from '../src/routes/docs/examples.ts';
import {
  BODY_PROBLEMS,
  HTML,
  KINDS,
  type KindTraits,
  type Operation,
  PROBLEM,
  type Traits,
} from '../src/routes/docs/operation.ts';
import { isForOwners } from '../src/routes/middleware/access.ts';
import type { Route } from '../src/routes/route.ts';
import { ROUTES } from '../src/routes/routes.ts';
import { keyed } from './idempotent.ts';
import { OWNER_OPERATIONS } from './owner-operations.ts';

/** Forms of the editor: they lead back to it. Programs use `/api/`. */
const editorForms = (
  [
    ['profile', 'Form of the profile', ['username-taken', 'too-many-renames']],
    ['links', 'Form of a new link', ['too-many-links']],
    ['links/order', 'Form of the order of the links', []],
    ['links/:id', 'Form of a link', ['link-not-found']],
    ['links/:id/remove', 'Button that removes a link', ['link-not-found']],
    ['cards', 'Form of a new card', ['too-many-cards']],
    ['cards/:id', 'Form of a card', ['card-not-found']],
    ['cards/:id/default', 'Button that makes a card the default', ['card-not-found']],
    ['cards/:id/remove', 'Button that removes a card', ['card-not-found', 'last-card']],
    ['contacts', 'Form of the settings of contacts', []],
    ['offline-pass/revoke', 'Button that revokes all offline codes', []],
    ['import', 'Form that takes an export back', []],
    ['remove', 'Form that deletes the account', []],
  ] as const
).map(([path, summary, problems]): [string, Operation] => [
  `POST /me/${path}`,
  { summary, kind: 'form', answer: null, status: 303, problems },
]);

/** Each with an example where it can be tried by itself: a sign-in takes two sites. */
const ROWS: Readonly<Record<string, Operation>> = {
  ...OWNER_OPERATIONS,

  'GET /auth/:provider': {
    summary: 'Sign in with `github` or `google`: redirect to the provider',
    kind: 'signIn',
    tag: 'Pages',
    answer: null,
    status: 303,
    query: SignInQuery,
    problems: ['not-found', 'too-many-requests'],
    example: { query: { returnTo: '/u/ada' } },
  },
  'GET /auth/:provider/callback': {
    summary: 'The way back from the provider, which no client calls by itself',
    kind: 'signIn',
    tag: 'Pages',
    answer: null,
    status: 303,
    problems: [
      'malformed-request',
      'not-found',
      'sign-in-failed',
      'too-many-requests',
      'sign-in-unavailable',
      'unavailable',
    ],
  },
  'GET /auth/username': {
    id: 'getPendingSignUp',
    summary: 'Of whom the provider has told; to a browser the page that asks them for a username',
    kind: 'signIn',
    access: 'pendingSignUp',
    answer: ['PendingSignUp', HTML],
    problems: ['sign-in-failed'],
  },
  'POST /auth/username': {
    id: 'chooseUsername',
    summary: 'Choose a username',
    kind: 'signIn',
    access: 'pendingSignUp',
    answer: 'Joined',
    status: 201,
    others: { 303: 'To a browser: onwards' },
    body: UsernameInput,
    form: true,
    problems: ['sign-in-failed', 'forbidden', 'username-taken', 'too-many-requests', 'unavailable'],
  },
  'GET /auth/me': {
    id: 'getCurrentUser',
    summary: 'Who is signed in',
    kind: 'signIn',
    access: 'owner',
    answer: 'CurrentUser',
    problems: ['unauthorized', 'too-many-requests', 'unavailable'],
    example: {
      answer: { ...OWN_PROFILE, platformLinks: OWN_LINKS, defaultCardId: CARD_ID, connectedPlatforms: [] },
    },
  },
  'GET /auth/token': {
    summary: 'Page that gives programs a token',
    kind: 'signIn',
    tag: 'Own pages',
    access: 'ownersBrowser',
    answer: HTML,
    others: { 303: 'To who is not signed in: the page to do so' },
  },
  'POST /auth/token': {
    id: 'createToken',
    summary: 'A token for a program, to a browser that is signed in',
    kind: 'signIn',
    access: 'ownersBrowser',
    answer: ['ProgramTokens', HTML],
    problems: ['unauthorized', 'forbidden', 'too-many-requests', 'unavailable'],
    example: { answer: TOKENS },
  },
  'POST /auth/logout': {
    id: 'signOut',
    summary: 'Sign out in this browser',
    kind: 'signIn',
    answer: null,
    status: 204,
    others: { 303: 'To a browser: the start page' },
    problems: ['forbidden', 'too-many-requests'],
    example: {},
  },
  'POST /auth/logout/everywhere': {
    id: 'signOutEverywhere',
    summary: 'End all own sessions',
    kind: 'signIn',
    access: 'owner',
    answer: null,
    status: 204,
    others: { 303: 'To a browser: the start page' },
    problems: ['unauthorized', 'forbidden', 'too-many-requests', 'unavailable'],
    example: {},
  },

  'GET /me': { summary: 'Editor of the own card', kind: 'ownPage', answer: HTML },
  'GET /me/preview': {
    summary: 'The own page before it is saved',
    kind: 'ownPage',
    answer: HTML,
    problems: ['malformed-request', 'forbidden'],
  },
  'GET /me/code': {
    summary: 'A code to hold up',
    kind: 'ownPage',
    answer: HTML,
    problems: ['card-not-found'],
  },
  'GET /me/stats': { summary: 'Page of the own views', kind: 'ownPage', answer: HTML },
  ...Object.fromEntries(editorForms),
  'POST /me/offline-pass': {
    summary: 'Form of an offline code, answered with its page',
    kind: 'form',
    answer: HTML,
    status: 201,
  },
};

/** A row with what its kind adds. */
export type FullOperation = Operation &
  Required<Pick<Traits, 'headers' | 'others' | 'problems' | 'problemTypes'>> &
  Pick<KindTraits, 'tag' | 'isView'>;

/** Adds to a row what its kind, body and query bring with them. */
function completed(row: Operation): FullOperation {
  const kind: KindTraits = KINDS[row.kind];
  const conditional = row.conditional ?? kind.conditional;
  const problems: ProblemCode[] = [...(kind.problems ?? []), ...(row.problems ?? [])];
  if (row.query) problems.push('malformed-request', 'invalid-input');
  if (row.body) problems.push(...BODY_PROBLEMS);
  return {
    ...kind,
    ...row,
    headers: [
      ...new Set([
        ...(conditional ? (['ETag'] as const) : []),
        ...(kind.headers ?? []),
        ...(row.headers ?? []),
      ]),
    ],
    others: { ...kind.others, ...row.others },
    problemTypes: row.problemTypes ?? kind.problemTypes ?? [PROBLEM],
    problems: PROBLEM_CODES.filter((code) => problems.includes(code)),
  };
}

const PROBLEM_CODES = Object.keys(PROBLEMS) as ProblemCode[];

/** The operation of a route. @throws where its description was left out of the bundle */
function operationOf(route: Route): FullOperation {
  const { method, path, access, limit, json, docs } = route;
  if (!docs) throw new Error(`${method} ${path} has no description`);
  const body = json ?? docs.body;
  const query = route.query ?? docs.query;
  const isCookieWrite = method !== 'GET' && access !== 'public' && access !== 'signIn';
  const problems: ProblemCode[] = [
    ...(docs.problems ?? []),
    ...(isForOwners(access) ? (['unauthorized'] as const) : []),
    ...(access === 'pendingSignUp' ? (['sign-in-failed'] as const) : []),
    ...(isCookieWrite ? (['forbidden'] as const) : []),
    ...(limit ? (['too-many-requests'] as const) : []),
  ];
  return completed({ ...docs, access, ...(body && { body }), ...(query && { query }), problems });
}

/** Those of `ROUTES`, and those of routes that are not there yet. */
export const OPERATIONS: Readonly<Record<string, FullOperation>> = Object.fromEntries([
  ...ROUTES.map((route) => keyed(operationKey(route), operationOf(route))),
  ...Object.entries(ROWS).map(([key, row]) => keyed(key, completed(row))),
]);

/** The key of a route of the router: patterns of parameters left out. */
export function operationKey({ method, path }: { method: string; path: string }): string {
  return `${method} ${path.replace(/\{.*?\}/g, '')}`;
}
