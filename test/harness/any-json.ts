/** Arbitrary values by JSON Schema: mostly what the schema asks for, now and then something else at any place in it. */
import type { Schema } from '@cfworker/json-schema';
import fc from 'fast-check';

/** Texts that break what was not made for them. */
export const HOSTILE_TEXT = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 120 }),
  fc.string({ unit: 'grapheme', maxLength: 120 }),
  fc.constantFrom(
    '',
    ' ',
    '\u0000',
    '\ud800',
    '\u202e',
    '\r\nSet-Cookie: a=b',
    '__proto__',
    'constructor',
    "'; --",
    '<script>',
    '{}',
    '../..',
    '%',
    '%00',
    'javascript:alert(1)',
    '9'.repeat(400),
    'x'.repeat(2_100),
  ),
);

const HOSTILE_NUMBER = fc.oneof(
  fc.integer(),
  fc.double(),
  fc.constantFrom(-0, 2 ** 31, 2 ** 53, -(2 ** 63), 1e308),
);

const ANYTHING: fc.Arbitrary<unknown> = fc.oneof(
  HOSTILE_TEXT,
  HOSTILE_NUMBER,
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(null, true, [], {}, [[]], { toString: 1 }),
);

/** How often out of 10 a place holds what its schema asks for. */
const GOOD_WEIGHT = 9;
/** The same of examples, which have many places. */
const NEAR_WEIGHT = 200;

/** A value for a schema of the OpenAPI document, right or wrong. */
export function anyOf(schema: Schema): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: GOOD_WEIGHT, arbitrary: fitting(schema) }, { weight: 1, arbitrary: ANYTHING });
}

/** A value like this one, with something else at any place in it now and then. */
export function near(value: unknown): fc.Arbitrary<unknown> {
  const same = Array.isArray(value)
    ? fc.tuple(...value.map(near))
    : typeof value === 'object' && value !== null
      ? fc.record(Object.fromEntries(Object.entries(value).map(([name, one]) => [name, near(one)])))
      : fc.constant(value);
  return fc.oneof({ weight: NEAR_WEIGHT, arbitrary: same }, { weight: 1, arbitrary: ANYTHING });
}

/** What a schema asks for on its outside; its parts may be wrong. */
function fitting(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(fitting));
  switch (schema.type) {
    case 'string':
      return text(schema);
    case 'integer':
      return fc.integer({ min: schema.minimum ?? -10, max: schema.maximum ?? 10_000 });
    case 'number':
      return fc.integer({ min: -10, max: 10_000 });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(anyOf((schema.items ?? {}) as Schema), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 3, 3),
      });
    case 'object':
      return object(schema);
    default:
      return ANYTHING;
  }
}

function text({
  pattern,
  format,
  minLength = 0,
  maxLength = 40,
  examples,
}: Schema & { examples?: unknown[] }) {
  if (format === 'uuid') return fc.uuid();
  const made = pattern
    ? matching(new RegExp(pattern))
    : fc.oneof(
        fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, 40) }),
        fc.stringMatching(/^[a-z][a-z0-9]{2,11}$/),
        fc.webUrl(),
        fc.constant('x'.repeat(maxLength + 1)),
      );
  return examples ? fc.oneof(made, fc.constantFrom(...(examples as string[]))) : made;
}

/** fast-check knows no assertions: those are left to the filter. */
function matching(pattern: RegExp) {
  const source = pattern.source.replace(/\(\?<?[!=][^()]*\)/g, '');
  return fc.stringMatching(new RegExp(source)).filter((text) => pattern.test(text));
}

function object({ properties = {}, required = [] }: Schema): fc.Arbitrary<unknown> {
  const members = fc.record(
    Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, anyOf(one as Schema)])),
    { requiredKeys: required },
  );
  const withAnother = fc
    .tuple(members, HOSTILE_TEXT, ANYTHING)
    .map(([value, name, another]) => ({ ...value, [name]: another }));
  return fc.oneof({ weight: GOOD_WEIGHT, arbitrary: members }, { weight: 1, arbitrary: withAnother });
}
