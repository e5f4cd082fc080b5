/** The Worker's environment, parsed once at the door; a wrong or missing value is named, never printed. */
import * as v from 'valibot';
import { DEFAULT_SETTINGS, type Settings } from './settings.ts';

const URL_SCHEMES = ['http:', 'https:'];

const httpUrl = (what: string) =>
  v.pipe(
    v.string(`${what} is missing`),
    v.check(
      (text) => URL.canParse(text) && URL_SCHEMES.includes(new URL(text).protocol),
      `${what} is not an http(s) URL`,
    ),
  );

const EnvSchema = v.object(
  {
    DATABASE_URL: v.pipe(
      v.string('is missing'),
      v.check(
        (text) => /^postgres(ql)?:\/\/[^/]+@[^/]+\/./.test(text),
        'is not a postgres:// URL with user, host and database',
      ),
    ),
    NEON_FETCH_ENDPOINT: v.optional(httpUrl('the local SQL endpoint')),
    UPSTASH_REDIS_REST_URL: httpUrl('the REST URL of the Upstash database'),
    UPSTASH_REDIS_REST_TOKEN: v.pipe(v.string('is missing'), v.nonEmpty('is empty')),
    PUBLIC_ORIGIN: v.pipe(
      httpUrl('the public origin'),
      v.check(
        (text) => URL.canParse(text) && new URL(text).origin === text,
        'is not an origin such as https://example.org (no path, no final slash)',
      ),
    ),
    QR_SIGNING_KEYS: v.pipe(v.string('is missing'), v.nonEmpty('is empty')),
    SESSION_KEYS: v.pipe(v.string('is missing'), v.nonEmpty('is empty')),
  },
  'is missing',
);

/** Configuration as the inside of the Worker sees it. */
export interface Config {
  databaseUrl: string;
  /** Set only where a stand-in answers for Neon's HTTP endpoint. */
  neonFetchEndpoint: string | undefined;
  upstashUrl: string;
  upstashToken: string;
  /** The public origin of this deployment: issuer of tokens, base of URLs in QR codes. */
  origin: string;
  /** Private JWK sets as JSON text: ES256 for QR tokens, HS256 for owner sessions. */
  qrSigningKeys: string;
  sessionKeys: string;
  settings: Settings;
}

/** The environment lacks something or something in it is wrong; the message names every such variable. */
export class EnvError extends Error {
  override name = 'EnvError';
}

/**
 * Checks the bindings of the Worker.
 * @throws EnvError naming each wrong or missing variable, without its value
 */
export function parseEnv(env: object): Config {
  const parsed = v.safeParse(EnvSchema, env);
  const faults = parsed.success
    ? []
    : parsed.issues.map((issue) => `${issue.path?.[0].key}: ${issue.message}`);
  const settings = parseSettings(env as Record<string, unknown>, faults);
  if (!parsed.success || faults.length > 0) throw new EnvError(`Configuration: ${faults.join('; ')}`);
  const { output } = parsed;
  return {
    databaseUrl: output.DATABASE_URL,
    neonFetchEndpoint: output.NEON_FETCH_ENDPOINT,
    upstashUrl: output.UPSTASH_REDIS_REST_URL,
    upstashToken: output.UPSTASH_REDIS_REST_TOKEN,
    origin: output.PUBLIC_ORIGIN,
    qrSigningKeys: output.QR_SIGNING_KEYS,
    sessionKeys: output.SESSION_KEYS,
    settings,
  };
}

function parseSettings(env: Record<string, unknown>, faults: string[]): Settings {
  const settings: Record<string, number> = { ...DEFAULT_SETTINGS };
  for (const name of Object.keys(DEFAULT_SETTINGS)) {
    const given = env[name];
    if (given === undefined) continue;
    if (/^\d{1,9}$/.test(String(given))) settings[name] = Number(given);
    else faults.push(`${name}: is not a whole number`);
  }
  return settings as Settings;
}
