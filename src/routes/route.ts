/** What a route is: who may call it, its limits, what it takes, its description and its handler, in one definition. */
import type { Context, Handler } from 'hono';
import type * as v from 'valibot';
import type { RateLimitName } from '../domain/rate-limits.ts';
import type { AppEnv } from './context.ts';
import type { Docs, ObjectSchema } from './docs/operation.ts';
import { type JsonOptions, jsonIn, queryIn } from './input.ts';
import { type Access, checkAccess, isForOwners } from './middleware/access.ts';
import { rateLimit } from './middleware/rate-limit.ts';

declare global {
  /** False in the Worker, so that the bundler drops descriptions of routes (`define` in wrangler.toml); true where they are read. */
  const DESCRIBED: boolean;
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
type Key = `${Method} /${string}`;
type PathOf<K extends Key> = K extends `${string} ${infer Path}` ? Path : never;

/** The limit of a route that names none: the strictest that there is. */
const STRICTEST_LIMIT: RateLimitName = 'signIns';

/** A read that anybody may make; only what the database was asked for counts. */
export const CACHED_READ = { access: 'public', limit: 'reads', isFreeFromCache: true } as const;
/** A read that anybody may make as often as they like: it costs next to nothing. */
export const FREE_READ = { access: 'public', limit: null } as const;
export const OWNER_READ = { access: 'owner', limit: 'ownReads' } as const;
export const OWNER_WRITE = { access: 'owner', limit: 'writes' } as const;

interface Options<Json extends v.GenericSchema, Query extends ObjectSchema, Path extends string>
  extends JsonOptions {
  access: Access;
  /** What requests count against, owners' by owner and others' by client; null where they cost nothing. */
  limit?: RateLimitName | null;
  /** Whether requests that a cache answers do not count: a hall full of people is one client. */
  isFreeFromCache?: true;
  /** Of a JSON body. */
  json?: Json;
  query?: Query;
  /** Written as `DESCRIBED && {…}`: the bundler leaves it out of the Worker. */
  docs: false | Docs;
  /** Answers a request that has passed all checks. */
  handle: (c: Context<AppEnv, Path>, input: Input<Json, Query>) => Response | Promise<Response>;
}

/** What a request brought, validated. */
interface Input<Json extends v.GenericSchema, Query extends v.GenericSchema> {
  json: v.InferOutput<Json>;
  query: v.InferOutput<Query>;
}

/** A route with all that is to be known of it. */
export interface Route extends Omit<Options<v.GenericSchema, ObjectSchema, string>, 'limit' | 'handle'> {
  method: Method;
  /** As the router knows it. */
  path: string;
  limit: RateLimitName | null;
  handle: (c: Context<AppEnv>) => Response | Promise<Response>;
}

/** Defines a route. @param key its method and whole path */
export function route<
  const K extends Key,
  Json extends v.GenericSchema = v.GenericSchema,
  Query extends ObjectSchema = ObjectSchema,
>(key: K, options: Options<Json, Query, PathOf<K>>): Route {
  const [method, path] = key.split(' ') as [Method, string];
  const { json, query, limit = STRICTEST_LIMIT } = options;
  const handle = options.handle as Answer;
  return {
    ...options,
    method,
    path,
    limit,
    handle:
      json || query
        ? async (c) =>
            handle(c, { json: json && (await jsonIn(c, json, options)), query: query && queryIn(c, query) })
        : (handle as Route['handle']),
  };
}

type Answer = (c: Context<AppEnv>, input: object) => Response | Promise<Response>;

/** What the router calls in turn. Nothing of a body is read before it is known who sends it. */
export function handlersOf(route: Route): Handler<AppEnv>[] {
  const { access, limit, handle } = route;
  return [
    ...(limit === null || isForOwners(access) ? [] : [rateLimit(limit, route.isFreeFromCache)]),
    ...checkAccess(route),
    handle,
  ];
}
