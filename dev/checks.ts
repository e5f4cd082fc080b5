/** Whether the services that a deployment needs answer to what it was given. No value is ever printed. */
import { NeonDbError, neon, neonConfig } from '@neondatabase/serverless';
import { PROVIDERS, type ProviderId } from '../src/drivers/oauth/providers.ts';
import { Complaint } from './complaint.ts';

/** After this a service counts as not there. */
const LIMIT_MS = 10_000;

/** What an operator gives a deployment. */
export interface ServiceVariables {
  DATABASE_URL: string;
  UPSTASH_REDIS_REST_URL: string;
  UPSTASH_REDIS_REST_TOKEN: string;
  PUBLIC_ORIGIN: string;
}

/** The order in which they are asked for, each with where it is found. */
export const SERVICE_VARIABLES: Record<keyof ServiceVariables, string> = {
  DATABASE_URL: 'Neon: connection string (postgres://…)',
  UPSTASH_REDIS_REST_URL: 'Upstash: REST URL (https://…)',
  UPSTASH_REDIS_REST_TOKEN: 'Upstash: REST token',
  PUBLIC_ORIGIN: 'The address of your deployment (https://…, no final slash)',
};

/** @throws Complaint */
export function checkOrigin({ PUBLIC_ORIGIN }: Pick<ServiceVariables, 'PUBLIC_ORIGIN'>): void {
  if (!/^https:/.test(PUBLIC_ORIGIN) || URL.parse(PUBLIC_ORIGIN)?.origin !== PUBLIC_ORIGIN)
    throw new Complaint(
      'PUBLIC_ORIGIN must be an origin such as https://cards.example, without a final slash.',
    );
}

/** The driver would print what it cannot parse, and with it perhaps a password. @throws Complaint */
export function checkDatabaseUrl(url: string): void {
  if (!/^postgres(ql)?:\/\/.+@.+\/.+/.test(url) || !URL.canParse(url))
    throw new Complaint('DATABASE_URL must look like postgres://user:password@host/name.');
}

/** Runs a statement. @param endpoint of a stand-in for Neon's @throws Complaint */
export async function checkNeon(
  { DATABASE_URL: url }: Pick<ServiceVariables, 'DATABASE_URL'>,
  endpoint?: string,
): Promise<void> {
  checkDatabaseUrl(url);
  if (endpoint) neonConfig.fetchEndpoint = endpoint;
  try {
    await neon(url, { fetchOptions: { signal: AbortSignal.timeout(LIMIT_MS) } })`SELECT 1`;
  } catch (error) {
    const isRefused = error instanceof NeonDbError && !error.sourceError;
    throw new Complaint(
      `DATABASE_URL: Neon ${isRefused ? 'refuses its user, password or database' : 'cannot be reached at its host'}. Copy the connection string again.`,
    );
  }
}

/** Writes a key for a second: Upstash has a read-only token too. @throws Complaint */
export async function checkUpstash({
  UPSTASH_REDIS_REST_URL: url,
  UPSTASH_REDIS_REST_TOKEN: token,
}: Omit<ServiceVariables, 'DATABASE_URL' | 'PUBLIC_ORIGIN'>): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify(['SET', 'devcard:setup', '1', 'EX', 1]),
    signal: AbortSignal.timeout(LIMIT_MS),
  }).catch(() => {
    throw new Complaint('UPSTASH_REDIS_REST_URL: nothing answers there. Copy the REST URL again.');
  });
  if (response.status === 401) throw new Complaint('UPSTASH_REDIS_REST_TOKEN: Upstash refuses it.');
  const answer = (await response.json().catch(() => ({}))) as { result?: string; error?: string };
  if (answer.error?.startsWith('NOPERM'))
    throw new Complaint('UPSTASH_REDIS_REST_TOKEN: this is the read-only token. Copy the other one.');
  if (answer.result !== 'OK')
    throw new Complaint('UPSTASH_REDIS_REST_URL: this is not the REST URL of a Redis.');
}

/** An operator's registration with a sign-in provider. */
interface Client {
  clientId: string;
  clientSecret: string;
  redirectUri: string;
}

/**
 * Asks a provider to exchange a code that never was: it refuses a client that it does not know before it looks at codes.
 * OAUTH_DEV_ISSUER answers in its place, as it does for the Worker.
 * @throws Complaint naming the variables at fault
 */
export async function checkClient(id: ProviderId, { clientId, clientSecret, redirectUri }: Client) {
  const { name, urls } = PROVIDERS[id];
  const { OAUTH_DEV_ISSUER } = process.env;
  const variables = `${id.toUpperCase()}_CLIENT_ID and ${id.toUpperCase()}_CLIENT_SECRET`;
  const answer = await fetch(OAUTH_DEV_ISSUER ? `${OAUTH_DEV_ISSUER}/${id}/token` : urls.token, {
    method: 'POST',
    headers: { Accept: 'application/json' },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: clientId,
      client_secret: clientSecret,
      redirect_uri: redirectUri,
      code: 'none',
    }),
    signal: AbortSignal.timeout(LIMIT_MS),
  }).catch(() => {
    throw new Complaint(`${variables}: ${name} cannot be reached.`);
  });
  const { error } = (await answer.json().catch(() => ({}))) as { error?: string };
  if (error === 'redirect_uri_mismatch')
    throw new Complaint(`${variables}: ${name} does not know the callback URL ${redirectUri}.`);
  // GitHub's word, and that of RFC 6749 section 5.2.
  if (error !== 'bad_verification_code' && error !== 'invalid_grant')
    throw new Complaint(`${variables}: ${name} refuses them.`);
}
