/** A typed client of the API for browsers, apps and servers. It needs fetch and nothing else. */
import type { Operations, Problem } from './api.ts';

export type * from './api.ts';

/** The operations, such as `GET /api/public/{username}`. */
export type OperationName = keyof Operations;

interface Options {
  /** Such as `https://devcard.example`; may be left out on pages of that origin. */
  origin?: string;
  /** An owner's token. Without one a browser on the same origin sends its cookie. */
  token?: string;
  /** In place of the global one. */
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
}

/** What comes along with any request. */
interface Extras {
  signal?: AbortSignal;
  /** Further headers, such as If-Match with the ETag of what a change builds on. */
  headers?: Record<string, string>;
}

type Given<Name extends OperationName> = Omit<Operations[Name], 'answer' | 'problem'> & Extras;

/** The second argument may be left out where nothing in it is required. */
type Arguments<Name extends OperationName> =
  Extras extends Given<Name> ? [request?: Given<Name>] : [request: Given<Name>];

export interface Answer<Data> {
  /** JSON, a text, a Blob, or undefined where there is nothing to say. */
  data: Data;
  /** With `ETag` among them. */
  headers: Headers;
}

export type Client = <Name extends OperationName>(
  name: Name,
  ...request: Arguments<Name>
) => Promise<Answer<Operations[Name]['answer']>>;

/** The answer to a request that failed: match `code`, and show `message` to people. */
export class DevCardError extends Error {
  override readonly name = 'DevCardError';
  readonly status: number;
  /** The whole answer (RFC 9457). Undefined where something else than the service answered. */
  readonly problem: Problem | undefined;
  /** Seconds after which it is worth asking again; undefined where the answer names none. */
  readonly retryAfter: number | undefined;
  /** Names the request in the log of the service. */
  readonly requestId: string | undefined;

  constructor({ status, headers }: Pick<Response, 'status' | 'headers'>, problem?: Problem) {
    super(problem?.error ?? `The answer was ${status}.`);
    this.status = status;
    this.problem = problem;
    this.retryAfter = secondsOf(headers.get('Retry-After'));
    this.requestId = problem?.requestId ?? headers.get('X-Request-Id') ?? undefined;
  }

  /** Of the problem, such as `username-taken`. */
  get code(): Problem['code'] | undefined {
    return this.problem?.code;
  }
}

/** Retry-After is a number of seconds, or a date (RFC 9110 section 10.2.3). */
function secondsOf(retryAfter: string | null): number | undefined {
  if (retryAfter === null) return undefined;
  const seconds = Number(retryAfter);
  if (!Number.isNaN(seconds)) return seconds;
  const at = Date.parse(retryAfter);
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - Date.now()) / 1000));
}

/** Makes a client. Its calls reject with DevCardError (304 is one too, to If-None-Match), or as fetch does where no answer came. */
export function createClient({ origin = '', token, fetch = globalThis.fetch }: Options = {}): Client {
  return async (name, ...[request]) => {
    const { path = {}, query, body, headers, signal } = (request ?? {}) as AnyRequest;
    const [method = '', template = ''] = name.split(' ');
    const filled = template.replace(/\{(\w+)\}/g, (_, parameter) =>
      encodeURIComponent(path[parameter] ?? ''),
    );
    const given = Object.entries(query ?? {}).filter(
      (pair): pair is [string, string] => pair[1] !== undefined,
    );
    const search = given.length > 0 ? `?${new URLSearchParams(given)}` : '';
    const response = await fetch(origin + filled + search, {
      method,
      headers: {
        Accept: 'application/json, */*;q=0.5',
        ...(token && { Authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    });
    const data = await dataOf(response);
    if (!response.ok) throw new DevCardError(response, isProblem(data) ? data : undefined);
    return { data: data as never, headers: response.headers };
  };
}

interface AnyRequest extends Extras {
  path?: Record<string, string>;
  query?: Record<string, string | undefined>;
  body?: unknown;
}

async function dataOf(response: Response): Promise<unknown> {
  if (response.status === 204 || response.status === 304) return undefined;
  const type = response.headers.get('Content-Type') ?? '';
  if (/^application\/([\w.-]+\+)?json\b/.test(type))
    return response.json().catch(() => {
      throw new DevCardError(response);
    });
  if (type.startsWith('text/')) return response.text();
  return type === '' ? undefined : response.blob();
}

function isProblem(data: unknown): data is Problem {
  return typeof data === 'object' && data !== null && 'code' in data && 'requestId' in data;
}
