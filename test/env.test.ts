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
    ['UPSTASH_BREAKER_FAILURES', '0'],
  ])('%s: %s', (name, value) => {
    const complaint = complaintOf({ ...GOOD, [name]: value });
    expect(complaint).toContain(name);
    expect(complaint).not.toContain('hidden-word');
    for (const other of Object.keys(GOOD)) if (other !== name) expect(complaint).not.toContain(other);
  });
});

describe('signing in', () => {
  test('a provider is there where both of its variables are', () => {
    const github = { GITHUB_CLIENT_ID: 'id', GITHUB_CLIENT_SECRET: 'secret' };
    expect(parseEnv(GOOD).oauthClients).toEqual({});
    expect(parseEnv({ ...GOOD, ...github }).oauthClients).toEqual({
      github: { clientId: 'id', clientSecret: 'secret' },
    });
    expect(complaintOf({ ...GOOD, GOOGLE_CLIENT_ID: 'id' })).toContain(
      'GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET: belong together',
    );
  });

  test.each(['http://localhost:8787', 'http://127.0.0.1:8787'])('a stand-in may answer at %s', (origin) => {
    const { oauthClients, oauthDevIssuer } = parseEnv({
      ...GOOD,
      PUBLIC_ORIGIN: origin,
      OAUTH_DEV_ISSUER: 'http://127.0.0.1:9',
    });
    expect(Object.keys(oauthClients)).toEqual(['github', 'google']);
    expect(oauthDevIssuer).toBe('http://127.0.0.1:9');
  });
});

describe('an app that takes tokens', () => {
  test('is named by a URL of its own scheme', () => {
    const APP_CALLBACK = 'devcard://oauth/callback';
    expect(parseEnv(GOOD).appCallback).toBeUndefined();
    expect(parseEnv({ ...GOOD, APP_CALLBACK }).appCallback).toBe(APP_CALLBACK);
  });

  test.each([
    'https://evil.example/',
    'HTTPS://evil.example/',
    'javascript://x/',
    'data://x',
    'devcard:x',
    'devcard://x?a=1',
    'devcard://x#a',
    '',
  ])('not by %j', (APP_CALLBACK) => {
    expect(complaintOf({ ...GOOD, APP_CALLBACK })).toContain('APP_CALLBACK');
  });
});

describe('other deployments that this one vouches for', () => {
  test('are a list of origins, empty unless set', () => {
    expect(parseEnv(GOOD).trustedIssuers).toEqual([]);
    const TRUSTED_ISSUERS = 'https://a.example, https://b.example:8443';
    expect(parseEnv({ ...GOOD, TRUSTED_ISSUERS }).trustedIssuers).toEqual([
      'https://a.example',
      'https://b.example:8443',
    ]);
  });

  test.each(['http://a.example', 'https://a.example/', 'a.example', 'https://a.example,javascript:x'])(
    'and nothing else: %j',
    (TRUSTED_ISSUERS) => {
      expect(complaintOf({ ...GOOD, TRUSTED_ISSUERS })).toContain('TRUSTED_ISSUERS');
    },
  );
});

test.each([
  ['mailto:security@example.org', true],
  ['https://example.org/report', true],
  ['http://example.org', false],
  ['security@example.org', false],
  ['mailto:a@example.org\nContact: mailto:b@example.org', false],
])('the contact for vulnerabilities: %j', (SECURITY_CONTACT, isRight) => {
  const env = { ...GOOD, SECURITY_CONTACT };
  if (isRight) expect(parseEnv(env).securityContact).toBe(SECURITY_CONTACT);
  else expect(complaintOf(env)).toContain('SECURITY_CONTACT');
});

describe('what is for a developer’s machine stops a deployment', () => {
  test.each([
    'https://cards.example',
    'http://cards.example',
    'https://localhost',
    'http://localhost.evil.example',
    'http://127.0.0.1.evil.example',
    'http://localhost@evil.example',
  ])('at %s', (PUBLIC_ORIGIN) => {
    for (const local of [{ OAUTH_DEV_ISSUER: 'http://127.0.0.1:9' }, { RATE_LIMITS: 'off' }])
      expect(complaintOf({ ...GOOD, PUBLIC_ORIGIN, ...local })).not.toBe('none');
  });

  test('empty, as wrangler.toml has them, they are not there', () => {
    expect(parseEnv({ ...GOOD, OAUTH_DEV_ISSUER: '', NEON_FETCH_ENDPOINT: '' })).toEqual(parseEnv(GOOD));
  });

  test.each(['http://evil.example', 'https://localhost:1', 'http://127.0.0.1:9/path'])(
    'and nobody but this machine can stand in: %j',
    (issuer) => {
      const env = { ...GOOD, PUBLIC_ORIGIN: 'http://localhost:8787', OAUTH_DEV_ISSUER: issuer };
      expect(complaintOf(env)).toContain('OAUTH_DEV_ISSUER');
    },
  );
});

describe('rate limits', () => {
  const LIMIT_READS = { limit: async () => ({ success: true }) };

  test('are those that the platform binds', () => {
    expect(parseEnv(GOOD).rateLimiters).toEqual({});
    expect(parseEnv({ ...GOOD, LIMIT_READS }).rateLimiters).toEqual({ reads: LIMIT_READS });
  });

  test('can be switched off on a developer’s machine', () => {
    const env = { ...GOOD, PUBLIC_ORIGIN: 'http://localhost:8787', LIMIT_READS };
    expect(parseEnv({ ...env, RATE_LIMITS: 'off' }).rateLimiters).toEqual({});
    expect(complaintOf({ ...env, RATE_LIMITS: 'on' })).toContain('RATE_LIMITS');
  });
});
