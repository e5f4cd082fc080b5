/** Whatever comes in, the answer is the caller's fault or fine, never ours, and says nothing of what is inside. */
import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { startClean } from '../harness/worker.ts';
import { ask, askAs, createPerson } from './fixtures.ts';

const RUNS = { numRuns: 150 };
const INTERNALS =
  /neon|upstash|drizzle|select |postgres|redis|stack|\.ts\b|127\.0\.0\.1|TypeError|undefined/i;

let person: Awaited<ReturnType<typeof createPerson>>;

beforeAll(async () => {
  await startClean();
  person = await createPerson();
});

afterEach(() => {
  vi.restoreAllMocks();
});

/** Texts that people and attackers send: any characters, and pieces that mean something somewhere. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc
    .array(
      fc.constantFrom(
        '../',
        '%00',
        "'",
        '"',
        '<script>',
        'profile:',
        '\r\n',
        '\u202e',
        'null',
        '{}',
        '\\',
        '%',
      ),
    )
    .map((parts) => parts.join('')),
);

const inPath = (part: string) => encodeURIComponent(part.toWellFormed());

async function expectCallersFault(response: Response, fine: readonly number[]): Promise<void> {
  const body = await response.text();
  expect([...fine, 400, 401, 404, 413, 415]).toContain(response.status);
  if (response.status < 400) return;
  expect(response.headers.get('Content-Type')).toBe('application/problem+json');
  expect(body.replace(/"requestId":"[^"]*"/, '')).not.toMatch(INTERNALS);
}

describe('no answer is ours to blame for', () => {
  test.each(['', '/qr', '/qr-session', '/qr-session/qr', '/card/x', '/nothing'])(
    'any name in /api/public/:username%s',
    async (rest) => {
      await fc.assert(
        fc.asyncProperty(text.filter(Boolean), async (name) => {
          await expectCallersFault(await ask(`/api/public/${inPath(name)}${rest}`), [200]);
        }),
        RUNS,
      );
    },
  );

  test('any query of a QR picture', async () => {
    const parameter = fc.record({
      name: fc.constantFrom('format', 'size', 'fg', 'bg', 'source', 'x'),
      value: text,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(parameter, { maxLength: 6 }), async (parameters) => {
        const query = parameters.map(({ name, value }) => `${name}=${inPath(value)}`).join('&');
        await expectCallersFault(await ask(`/api/public/${person.username}/qr?${query}`), [200]);
      }),
      RUNS,
    );
  });

  test('any request headers that take part in an answer', async () => {
    const value = fc.string({ maxLength: 80 }).map((raw) => raw.replace(/[^\x20-\x7e]/g, ''));
    await fc.assert(
      fc.asyncProperty(value, value, value, async (etag, authorization, origin) => {
        const headers = { 'If-None-Match': etag, Authorization: authorization, Origin: origin };
        await expectCallersFault(await ask(`/api/public/${person.username}`, { headers }), [200, 304]);
        await expectCallersFault(await ask('/api/profiles/me', { headers }), []);
      }),
      RUNS,
    );
  });

  const anyJson = fc.oneof(fc.json({ maxDepth: 3 }), text);

  test.each([
    ['PUT', '/api/profiles/me'],
    ['POST', '/api/public/qr-session/verify'],
  ])('any body of %s %s', async (method, path) => {
    await fc.assert(
      fc.asyncProperty(anyJson, async (body) => {
        await expectCallersFault(await askAs(person.token, method, path, body.toWellFormed()), [200]);
      }),
      RUNS,
    );
  });

  test('any value in a field of the profile; what is accepted is what is read back', async () => {
    const field = fc.constantFrom('displayName', 'bio', 'pronouns', 'role', 'company', 'accentColor');
    const value = fc.oneof(text, fc.constant(null), fc.integer(), fc.boolean(), fc.array(text), fc.object());
    await fc.assert(
      fc.asyncProperty(field, value, async (name, given) => {
        const response = await askAs(person.token, 'PUT', '/api/profiles/me', { [name]: given });
        await expectCallersFault(response.clone(), [200]);
        if (response.status !== 200) return;
        const stored = (await response.json<Record<string, unknown>>())[name];
        const read = await (await ask(`/api/public/${person.username}`)).json<Record<string, unknown>>();
        expect(read[name]).toBe(stored);
      }),
      RUNS,
    );
  });
});
