/** Nobody can take a name that begins an address of the service. */
import { expect, test } from 'vitest';
import { createApp } from '../../src/app.ts';
import { checkUsername, isPossibleUsername } from '../../src/domain/usernames.ts';
import type { Services } from '../../src/routes/context.ts';

const app = createApp({
  origin: 'https://devcard.example',
  services: {} as Services,
  log: () => undefined,
});
const FIRST_SEGMENTS = new Set(app.routes.map(({ path }) => path.split(/[/.*]/)[1] ?? ''));

test.each([...FIRST_SEGMENTS].filter(isPossibleUsername))('%s', (segment) => {
  expect(checkUsername(segment).ok).toBe(false);
});

test('there are such names', () => {
  expect([...FIRST_SEGMENTS]).toEqual(expect.arrayContaining(['api', 'files', 'auth', 'readyz']));
});
