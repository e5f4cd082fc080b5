/** What somebody types at a terminal, which here is a stream that calls itself one. */
import { PassThrough } from 'node:stream';
import { afterEach, expect, test, vi } from 'vitest';
import { Answers } from '../../dev/answers.ts';

afterEach(() => vi.unstubAllEnvs());

function terminal() {
  vi.stubEnv('CI', '');
  // The suite itself may run on a database that is named there.
  vi.stubEnv('DATABASE_URL', undefined);
  const input = Object.assign(new PassThrough(), { isTTY: true });
  const output = new PassThrough();
  const answers = new Answers({ input, output });
  return { input, answers, shown: () => String(output.read() ?? '') };
}

test('a secret is not shown while it is typed, and what is no secret is', async () => {
  const { input, answers, shown } = terminal();
  const token = answers.of('SOME_TOKEN', 'Token');
  input.write('hush-hush\r');
  expect(await token).toBe('hush-hush');
  expect(shown()).toMatch(/Token \(not shown\): .*\n$/s);
  const origin = answers.of('SOME_ORIGIN', 'Address');
  input.write('https://cards.example\r');
  expect(await origin).toBe('https://cards.example');
  const text = shown();
  answers.close();
  expect(text).toContain('Address: ');
  expect(text).toContain('https://cards.example');
});

test('no correction brings a secret back', async () => {
  const { input, answers, shown } = terminal();
  const token = answers.of('DATABASE_URL', 'Database');
  input.write('hush-husj\x7fh\r');
  expect(await token).toBe('hush-hush');
  expect(shown()).not.toContain('hus');
  const again = answers.of('DATABASE_URL', 'Database');
  // The key that goes back to what was typed before.
  input.write('\x1b[A\r');
  expect(await again).toBe('');
  answers.close();
});

test('who has left is asked no more', async () => {
  const { input, answers } = terminal();
  const token = answers.of('SOME_TOKEN', 'Token');
  input.write('\x04');
  expect(await token).toBe('');
  expect(await answers.of('SOME_ORIGIN', 'Address')).toBe('');
});

test('who sits nowhere is asked nothing', async () => {
  const { answers, shown } = terminal();
  vi.stubEnv('CI', 'true');
  expect(await answers.of('SOME_TOKEN', 'Token')).toBe('');
  vi.stubEnv('SOME_TOKEN', ' given ');
  expect(await answers.of('SOME_TOKEN', 'Token')).toBe('given');
  expect(shown()).toBe('');
});
