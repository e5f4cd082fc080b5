/** Every way in which a request can fail, and what outsiders see of it (RFC 9457). */

/** Status and title of each failure, by its code. */
export const PROBLEMS = {
  'malformed-request': { status: 400, title: 'The request is malformed' },
  'invalid-input': { status: 400, title: 'The input is not valid' },
  'invalid-username': { status: 400, title: 'This cannot be a username' },
  'too-many-links': { status: 400, title: 'There is no room for another link' },
  'too-many-cards': { status: 400, title: 'There is no room for another card' },
  'sign-in-failed': { status: 400, title: 'The sign-in did not work' },
  'last-card': { status: 400, title: 'The last card stays' },
  unauthorized: { status: 401, title: 'Sign in first' },
  forbidden: { status: 403, title: 'This is not yours' },
  'contacts-closed': { status: 403, title: 'Nobody can leave their details here' },
  'not-found': { status: 404, title: 'Not found' },
  'user-not-found': { status: 404, title: 'User not found' },
  'card-not-found': { status: 404, title: 'Card not found' },
  'link-not-found': { status: 404, title: 'Link not found' },
  'contact-not-found': { status: 404, title: 'Contact not found' },
  'method-not-allowed': { status: 405, title: 'This method is not allowed here' },
  'username-taken': { status: 409, title: 'Username already taken' },
  'contacts-full': { status: 409, title: 'There is no room for further details right now' },
  'link-on-card': { status: 409, title: 'The link is on this card already' },
  'card-saved': { status: 409, title: 'This card is saved already' },
  'too-many-saved-cards': { status: 409, title: 'There is no room for another saved card' },
  'too-many-renames': { status: 409, title: 'Too many old names are still kept' },
  'changed-meanwhile': { status: 412, title: 'This was changed in the meantime' },
  'request-under-way': { status: 409, title: 'The same request is still under way' },
  'too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'This kind of body is not read here' },
  'idempotency-key-reused': { status: 422, title: 'This key was used for another request' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Internal error' },
  'sign-in-unavailable': { status: 503, title: 'The sign-in provider cannot be reached right now' },
  unavailable: { status: 503, title: 'The database cannot be reached right now' },
} as const;

/** Stable code of a failure: callers match it, never the texts. */
export type ProblemCode = keyof typeof PROBLEMS;

export interface FieldError {
  /** Dotted path of the field in the body or query, for instance `links.0.id`. */
  path: string;
  message: string;
}

interface ProblemDetails {
  detail?: string;
  errors?: readonly FieldError[];
  /** For the log; never part of an answer. */
  cause?: string;
  /** Whether what failed has certainly changed nothing. */
  nothingDone?: boolean;
  /** Further response headers, for instance `Retry-After` or `Allow`. */
  headers?: Record<string, string>;
}

/** A failure with a code that outsiders may see; anything else that is thrown becomes `internal`. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly errors: readonly FieldError[] | undefined;
  readonly headers: Record<string, string>;
  readonly detail: string | undefined;
  readonly nothingDone: boolean;

  constructor(
    code: ProblemCode,
    { detail, errors, cause, nothingDone = false, headers = {} }: ProblemDetails = {},
  ) {
    super(detail ?? PROBLEMS[code].title, { cause });
    this.name = 'Problem';
    this.code = code;
    this.detail = detail;
    this.nothingDone = nothingDone;
    this.errors = errors;
    this.headers = headers;
  }

  get status() {
    return PROBLEMS[this.code].status;
  }

  get title(): string {
    return PROBLEMS[this.code].title;
  }
}
