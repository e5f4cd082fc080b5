/** Validates what requests bring. */
import { validator } from 'hono/validator';
import * as v from 'valibot';
import { Problem } from '../domain/problem.ts';

/**
 * Validates a JSON body.
 * @throws Problem `unsupported-media-type`, `malformed-request`, or `invalid-input` with the fields at fault
 */
export function jsonBody<Schema extends v.GenericSchema>(schema: Schema) {
  return validator('json', (body: v.InferInput<Schema>, c) => {
    // Hono hands over an empty object where it takes the media type for another one: by the same rule.
    const [mediaType = ''] = (c.req.header('Content-Type') ?? '').split(';');
    if (!/^application\/([\w.-]+\+)?json$/i.test(mediaType.trim())) {
      throw new Problem('unsupported-media-type', { detail: 'Send the body as application/json.' });
    }
    if (Array.isArray(body))
      throw new Problem('malformed-request', { detail: 'Send a JSON object, not an array.' });
    return validated(schema, body);
  });
}

/** More would help nobody. */
const MAX_ERRORS = 100;

/** The output of a schema. @throws Problem `invalid-input` with the fields at fault */
export function validated<Schema extends v.GenericSchema>(
  schema: Schema,
  input: unknown,
): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, input);
  if (parsed.success) return parsed.output;
  const errors = parsed.issues
    .slice(0, MAX_ERRORS)
    .map((issue) => ({ path: v.getDotPath(issue) ?? '', message: issue.message }));
  throw new Problem('invalid-input', { errors });
}
