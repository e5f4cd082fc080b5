/** Validates what requests bring: bounded before it is parsed, and told of in answers of bounded size. */
import type { Context, MiddlewareHandler } from 'hono';
import { validator } from 'hono/validator';
import * as v from 'valibot';
import { isBoundedJson, MAX_JSON_DEPTH, MAX_JSON_VALUES } from '../domain/json-scan.ts';
import { Problem } from '../domain/problem.ts';
import { bodyPieces, decoded, joined, MAX_BODY_BYTES, mediaTypeOf, requireUtf8Query } from './body.ts';
import type { AppEnv } from './context.ts';
import type { ObjectSchema } from './docs/operation.ts';

/** More errors would help nobody. */
const MAX_ERRORS = 20;
/** Of a field's path, which repeats what was sent. */
const MAX_PATH_CHARACTERS = 100;

/** How a body is read. */
export interface JsonOptions {
  maxBodyBytes?: number;
  /** What is parsed of the body, by default all of it. @throws Problem `too-large` */
  read?: (pieces: AsyncIterable<Uint8Array>) => Promise<Uint8Array>;
  /** Whether no body stands for an empty object. */
  optional?: boolean;
}

/**
 * Validates a JSON body.
 * @throws Problem `unsupported-media-type`, `too-large`, `malformed-request`, or `invalid-input` with the fields at fault
 */
export function jsonBody<Schema extends v.GenericSchema>(
  schema: Schema,
  options?: JsonOptions,
): MiddlewareHandler<
  AppEnv,
  string,
  { in: { json: v.InferInput<Schema> }; out: { json: v.InferOutput<Schema> } }
> {
  return async function jsonBody(c, next) {
    c.req.addValidatedData('json', (await jsonIn(c, schema, options)) as object);
    await next();
  };
}

/** The JSON body of a request. @throws Problem as `jsonBody` */
export async function jsonIn<Schema extends v.GenericSchema>(
  c: Context,
  schema: Schema,
  { maxBodyBytes = MAX_BODY_BYTES, read = joined, optional = false }: JsonOptions = {},
): Promise<v.InferOutput<Schema>> {
  const bytes = optional ? await read(bodyPieces(c, maxBodyBytes)) : undefined;
  if (bytes?.length === 0) return validated(schema, {});
  if (!/^application\/([\w.-]+\+)?json$/.test(mediaTypeOf(c)))
    throw new Problem('unsupported-media-type', { detail: 'Send the body as application/json.' });
  const body = jsonOf(bytes ?? (await read(bodyPieces(c, maxBodyBytes))));
  if (Array.isArray(body))
    throw new Problem('malformed-request', { detail: 'Send a JSON object, not an array.' });
  return validated(schema, body);
}

/** @param part what to call it @throws Problem `malformed-request` */
export function jsonOf(bytes: Uint8Array, part = 'body'): unknown {
  if (!isBoundedJson(bytes)) {
    throw new Problem('malformed-request', {
      detail: `JSON may be ${MAX_JSON_DEPTH} levels deep and have ${MAX_JSON_VALUES} values at the most.`,
    });
  }
  const text = decoded(bytes, part);
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem('malformed-request', { detail: `Malformed JSON in request ${part}` });
  }
}

/** Validates the query. @throws Problem `malformed-request`, or `invalid-input` with the fields at fault */
export function queryParameters<Schema extends v.GenericSchema>(schema: Schema) {
  return validator('query', (query, c) => {
    requireUtf8Query(c);
    return validated(schema, query);
  });
}

/** The query parameters of a schema. @throws Problem `malformed-request`, or `invalid-input`, also for one that comes twice */
export function queryIn<Schema extends ObjectSchema>(c: Context, schema: Schema): v.InferOutput<Schema> {
  requireUtf8Query(c);
  const query = Object.keys(schema.entries).flatMap((name) => {
    const values = c.req.queries(name);
    return values ? [[name, values.length === 1 ? values[0] : values]] : [];
  });
  return validated(schema, Object.fromEntries(query));
}

/** The output of a schema. @throws Problem `invalid-input` with the first fields at fault, and how many they are */
export function validated<Schema extends v.GenericSchema>(
  schema: Schema,
  input: unknown,
): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, input);
  if (parsed.success) return parsed.output;
  const { issues } = parsed;
  const errors = issues
    .slice(0, MAX_ERRORS)
    .map((issue) => ({ path: shortened(v.getDotPath(issue) ?? ''), message: issue.message }));
  const detail = `${issues.length} fields are at fault; these are the first ${MAX_ERRORS}.`;
  throw new Problem('invalid-input', { errors, ...(issues.length > MAX_ERRORS && { detail }) });
}

function shortened(path: string): string {
  return path.length > MAX_PATH_CHARACTERS ? `${path.slice(0, MAX_PATH_CHARACTERS)}…` : path;
}
