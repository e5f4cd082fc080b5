/** JSON is bounded before it is parsed, and members that nobody reads are left out of it, whatever they hold. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isBoundedJson, MAX_JSON_DEPTH, MAX_JSON_VALUES, MemberFilter } from '../../src/domain/json-scan.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

/** @param size of the pieces in which it comes */
function filtered(json: string, names: readonly string[], size = 1e9): string {
  const whole = bytes(json);
  const filter = new MemberFilter(names);
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < whole.length; at += size) pieces.push(filter.filter(whole.subarray(at, at + size)));
  return new TextDecoder().decode(new Uint8Array(pieces.flatMap((piece) => [...piece])));
}

describe('members that nobody reads', () => {
  test('are 0, the others are as they were, in whatever pieces the object comes', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('a', 'b', 'c', 'ü', '"', '\\', ':'), fc.jsonValue()),
        fc.constantFrom<string[]>(['a'], ['a', 'b'], []),
        fc.constantFrom(undefined, 2),
        fc.integer({ min: 1, max: 20 }),
        (object, names, indent, size) => {
          const expected = Object.fromEntries(
            Object.entries(object).map(([name, value]) => [name, names.includes(name) ? value : 0]),
          );
          expect(JSON.parse(filtered(JSON.stringify(object, null, indent), names, size))).toEqual(
            JSON.parse(JSON.stringify(expected)),
          );
        },
      ),
    );
  });

  test.each(['', '[1,[2]]', '"a:b"', '{', '{"a"', '{"a":1}x', '{}}', '{"a":"'])(
    '%j is no object with others, and stays as it is',
    (json) => {
      expect(filtered(json, ['a'])).toBe(json);
    },
  );

  test('leave nothing behind, however deep they are', () => {
    expect(filtered(`{"a":1,"b":${'['.repeat(1e5)}${']'.repeat(1e5)},"c":2}`, ['a', 'c'])).toBe(
      '{"a":1,"b":0,"c":2}',
    );
  });
});

describe('what may be parsed', () => {
  test.each([
    ['[]', 'deep', '['.repeat(MAX_JSON_DEPTH), '['.repeat(MAX_JSON_DEPTH + 1)],
    ['{}', 'deep', '{"a":'.repeat(MAX_JSON_DEPTH), '{"a":'.repeat(MAX_JSON_DEPTH + 1)],
    ['elements', 'many', `[${'1,'.repeat(MAX_JSON_VALUES - 2)}`, `[${'1,'.repeat(MAX_JSON_VALUES)}`],
    [
      '[] in a list',
      'many',
      `[${'[],'.repeat(MAX_JSON_VALUES / 2 - 1)}`,
      `[${'[],'.repeat(MAX_JSON_VALUES / 2)}`,
    ],
    ['members', 'many', `{${'"a":1,'.repeat(MAX_JSON_VALUES - 2)}`, `{${'"a":1,'.repeat(MAX_JSON_VALUES)}`],
  ])('%s: so %s and no more', (_, __, most, more) => {
    expect(isBoundedJson(bytes(most))).toBe(true);
    expect(isBoundedJson(bytes(more))).toBe(false);
  });

  test('what stands in a text counts for nothing', () => {
    expect(isBoundedJson(bytes(JSON.stringify({ a: `"\\"${'[,{'.repeat(5_000)}` })))).toBe(true);
  });
});
