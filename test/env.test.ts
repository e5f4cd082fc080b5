/** The environment: what is missing or wrong is named, all at once, and never shown. */
import { describe, expect, test } from 'vitest';
import { EnvError, parseEnv } from '../src/env.ts';
import { DEFAULT_SETTINGS } from '../src/settings.ts';

const GOOD = {
  DATABASE_URL: 'postgres://user:hidden-word@ep-x.example/neondb',
  UPSTASH_REDIS_REST_URL: 'https://x.upstash.example',
  UPSTASH_REDIS_REST_TOKEN: 'hidden-token',
  PUBLIC_ORIGIN: 'https://cards.example',
  QR_SIGNING_KEYS: '{"keys":[]}',
  SESSION_KEYS: '{"keys":[]}',
};

function complaintOf(env: object): string {
  try {
    parseEnv(env);
  } catch (error) {
    expect(error).toBeInstanceOf(EnvError);
    return (error as Error).message;
  }
  return 'none';
}

test('a whole environment becomes a configuration with the default settings', () => {
  expect(parseEnv(GOOD)).toMatchObject({
    databaseUrl: GOOD.DATABASE_URL,
    neonFetchEndpoint: undefined,
    upstashUrl: GOOD.UPSTASH_REDIS_REST_URL,
    origin: 'https://cards.example',
    settings: DEFAULT_SETTINGS,
  });
});

test('settings are overridden by variables of their names', () => {
  expect(parseEnv({ ...GOOD, UPSTASH_TIMEOUT_MS: '250', ISOLATE_TTL_MS: 0 }).settings).toEqual({
    ...DEFAULT_SETTINGS,
    UPSTASH_TIMEOUT_MS: 250,
    ISOLATE_TTL_MS: 0,
  });
});

test('everything that is missing is named at once', () => {
  const complaint = complaintOf({});
  for (const name of Object.keys(GOOD)) expect(complaint).toContain(name);
});

describe('what is wrong is named and not shown', () => {
  test.each([
    ['DATABASE_URL', 'mysql://user:hidden-word@host/db'],
    ['DATABASE_URL', 'postgres://nobody'],
    ['UPSTASH_REDIS_REST_URL', 'redis://hidden-word'],
    ['UPSTASH_REDIS_REST_TOKEN', ''],
    ['PUBLIC_ORIGIN', 'https://hidden-word.example/'],
    ['PUBLIC_ORIGIN', 'hidden-word.example'],
    ['NEON_FETCH_ENDPOINT', 'hidden-word'],
    ['UPSTASH_TIMEOUT_MS', 'hidden-word'],
    ['UPSTASH_TIMEOUT_MS', '-1'],
    ['NEON_TIMEOUT_MS', '1.5'],
  ])('%s: %s', (name, value) => {
    const complaint = complaintOf({ ...GOOD, [name]: value });
    expect(complaint).toContain(name);
    expect(complaint).not.toContain('hidden-word');
    for (const other of Object.keys(GOOD)) if (other !== name) expect(complaint).not.toContain(other);
  });
});
