/** The Worker's environment, parsed once at the door; a wrong or missing value is named, never printed. */
import * as v from 'valibot';
import { RATE_LIMITS, type RateLimitName } from './domain/rate-limits.ts';
import type { RateLimiter, StaticFiles } from './ports.ts';
import type { WalletCredentials } from './services/wallets.ts';
import { DEFAULT_SETTINGS, MAY_BE_ZERO, type Settings } from './settings.ts';
import { parseWallets } from './wallet-env.ts';

const URL_SCHEMES = ['http:', 'https:'];

const httpUrl = (what: string) =>
  v.pipe(
    v.string(`${what} is missing`),
    v.check(
      (text) => URL.canParse(text) && URL_SCHEMES.includes(new URL(text).protocol),
      `${what} is not an http(s) URL`,
    ),
  );

/** `wrangler.toml` has these variables empty, so that `wrangler dev` takes them from `.dev.vars`. */
const EMPTY = v.literal('');

/** A secret that is either there or not. */
const optionalText = v.optional(v.pipe(v.string('is no text'), v.nonEmpty('is empty')));

const EnvSchema = v.object(
  {
    DATABASE_URL: v.pipe(
      v.string('is missing'),
      v.check(
        (text) => /^postgres(ql)?:\/\/[^/]+@[^/]+\/./.test(text),
        'is not a postgres:// URL with user, host and database',
      ),
    ),
    NEON_FETCH_ENDPOINT: v.optional(v.union([EMPTY, httpUrl('the local SQL endpoint')])),
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
    CONTACTS_KEYS: optionalText,
    GITHUB_CLIENT_ID: optionalText,
    GITHUB_CLIENT_SECRET: optionalText,
    GOOGLE_CLIENT_ID: optionalText,
    GOOGLE_CLIENT_SECRET: optionalText,
    APP_CALLBACK: v.optional(
      v.pipe(v.string(), v.check(isAppUrl, 'is not a URL of an app such as devcard://oauth/callback')),
    ),
    OAUTH_DEV_ISSUER: v.optional(
      v.union([
        EMPTY,
        v.pipe(v.string(), v.check(isLoopback, 'is not an origin such as http://127.0.0.1:8788')),
      ]),
    ),
    TRUSTED_ISSUERS: v.optional(
      v.pipe(
        v.string(),
        v.transform((text) => text.split(/[\s,]+/).filter((one) => one !== '')),
        v.check(
          (origins) =>
            origins.every(
              (one) => URL.canParse(one) && new URL(one).origin === one && one.startsWith('https:'),
            ),
          'is not a list of origins such as https://cards.example.org, with commas between them',
        ),
      ),
      '',
    ),
    SECURITY_CONTACT: v.optional(
      v.pipe(
        v.string(),
        v.check(
          (text) => URL.canParse(text) && /^(?:https|mailto):[\x21-\x7e]+$/.test(text),
          'is not an address such as mailto:security@example.org or https://example.org/report',
        ),
      ),
    ),
    RATE_LIMITS: v.optional(v.literal('off', 'can only be off')),
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
  /** Origins of other deployments whose cards scanners of this one trust without asking. */
  trustedIssuers: readonly string[];
  /** Where vulnerabilities are reported (`https:` or `mailto:`). */
  securityContact: string | undefined;
  /** Private JWK sets as JSON text: ES256 for QR tokens, HS256 for owner sessions. */
  qrSigningKeys: string;
  sessionKeys: string;
  /** The same for sealing contacts (A256GCM); nobody can leave their details without. */
  contactsKeys: string | undefined;
  /** By the id of the provider; who is not in it is not offered. */
  oauthClients: OAuthClients;
  /** Where the deployment's app takes a token; none without an app. */
  appCallback: string | undefined;
  /** Set only where a stand-in answers for the providers. */
  oauthDevIssuer: string | undefined;
  /** Those that the platform has; none where limits are off. */
  rateLimiters: Partial<Record<RateLimitName, RateLimiter>>;
  /** The static files of this deployment, where they are bound. */
  assets: StaticFiles | undefined;
  wallets: WalletCredentials;
  settings: Settings;
}

type OAuthClients = { [Provider in 'github' | 'google']?: { clientId: string; clientSecret: string } };

/** How the stand-in for all providers knows us: no secret, since it answers on loopback only. */
export const DEV_OAUTH_CLIENT = { clientId: 'devcard-edge', clientSecret: 'development' };

/** Variables for a developer's machine alone: a deployment that has one does not start. */
const LOCAL_ONLY = ['OAUTH_DEV_ISSUER', 'RATE_LIMITS'] as const;

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
  const oauthClients = parseOAuthClients(env as Record<string, unknown>, faults);
  const wallets = parseWallets(env as Record<string, unknown>, faults);
  if (parsed.success && !isLoopback(parsed.output.PUBLIC_ORIGIN))
    for (const name of LOCAL_ONLY)
      if (parsed.output[name]) faults.push(`${name}: is for http://localhost only`);
  if (!parsed.success || faults.length > 0) throw new EnvError(`Configuration: ${faults.join('; ')}`);
  const { output } = parsed;
  return {
    databaseUrl: output.DATABASE_URL,
    neonFetchEndpoint: output.NEON_FETCH_ENDPOINT || undefined,
    upstashUrl: output.UPSTASH_REDIS_REST_URL,
    upstashToken: output.UPSTASH_REDIS_REST_TOKEN,
    origin: output.PUBLIC_ORIGIN,
    trustedIssuers: output.TRUSTED_ISSUERS,
    securityContact: output.SECURITY_CONTACT,
    qrSigningKeys: output.QR_SIGNING_KEYS,
    sessionKeys: output.SESSION_KEYS,
    contactsKeys: output.CONTACTS_KEYS,
    oauthClients: output.OAUTH_DEV_ISSUER
      ? { github: DEV_OAUTH_CLIENT, google: DEV_OAUTH_CLIENT }
      : oauthClients,
    appCallback: output.APP_CALLBACK,
    oauthDevIssuer: output.OAUTH_DEV_ISSUER || undefined,
    assets: (env as { ASSETS?: StaticFiles }).ASSETS,
    rateLimiters: output.RATE_LIMITS === 'off' ? {} : parseRateLimiters(env as Record<string, unknown>),
    wallets,
    settings,
  };
}

/** Whether nobody but this machine can reach an origin. */
function isLoopback(text: string): boolean {
  const url = URL.parse(text);
  return (
    url?.origin === text && url.protocol === 'http:' && ['localhost', '127.0.0.1'].includes(url.hostname)
  );
}

/** A scheme of an app's own, without a query or fragment: never a web site, and nothing that a browser would run. */
function isAppUrl(text: string): boolean {
  return (
    /^[a-z][a-z\d+.-]*:\/\/[\w./-]*$/.test(text) &&
    !/^(https?|file|ftp|wss?|blob|data|javascript):/.test(text)
  );
}

function parseOAuthClients(env: Record<string, unknown>, faults: string[]): OAuthClients {
  const clients: OAuthClients = {};
  for (const provider of ['github', 'google'] as const) {
    const names = [`${provider.toUpperCase()}_CLIENT_ID`, `${provider.toUpperCase()}_CLIENT_SECRET`] as const;
    const [clientId, clientSecret] = names.map((name) => env[name]);
    if (typeof clientId === 'string' && typeof clientSecret === 'string')
      clients[provider] = { clientId, clientSecret };
    else if (clientId !== undefined || clientSecret !== undefined)
      faults.push(`${names.join(' and ')}: belong together`);
  }
  return clients;
}

function parseRateLimiters(env: Record<string, unknown>): Config['rateLimiters'] {
  const limits = Object.entries(RATE_LIMITS).map(([name, { binding }]) => [name, env[binding]]);
  return Object.fromEntries(limits.filter(([, limiter]) => limiter !== undefined));
}

function parseSettings(env: Record<string, unknown>, faults: string[]): Settings {
  const settings: Record<string, number> = { ...DEFAULT_SETTINGS };
  for (const name of Object.keys(DEFAULT_SETTINGS)) {
    const given = env[name];
    if (given === undefined) continue;
    const least = MAY_BE_ZERO.includes(name) ? 0 : 1;
    if (/^\d{1,9}$/.test(String(given)) && Number(given) >= least) settings[name] = Number(given);
    else faults.push(`${name}: is not a whole number of at least ${least}`);
  }
  return settings as Settings;
}
