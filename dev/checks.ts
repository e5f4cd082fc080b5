/** Whether the services that a deployment needs answer to what it was given. No value is ever printed. */
import { neon, neonConfig } from '@neondatabase/serverless';
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

/** Asks each service. @throws Complaint naming the variable at fault */
export async function checkServices(variables: ServiceVariables, neonEndpoint?: string): Promise<void> {
  const { DATABASE_URL, UPSTASH_REDIS_REST_URL, UPSTASH_REDIS_REST_TOKEN, PUBLIC_ORIGIN } = variables;
  if (!URL.canParse(PUBLIC_ORIGIN) || new URL(PUBLIC_ORIGIN).origin !== PUBLIC_ORIGIN)
    throw new Complaint(
      'PUBLIC_ORIGIN must be an origin such as https://cards.example, without a final slash.',
    );
  await checkNeon(DATABASE_URL, neonEndpoint);
  await checkUpstash(UPSTASH_REDIS_REST_URL, UPSTASH_REDIS_REST_TOKEN);
}

async function checkNeon(url: string, endpoint: string | undefined): Promise<void> {
  // The driver would print what it cannot parse, and with it perhaps a password.
  if (!/^postgres(ql)?:\/\/.+@.+\/.+/.test(url) || !URL.canParse(url))
    throw new Complaint('DATABASE_URL must look like postgres://user:password@host/name.');
  if (endpoint) neonConfig.fetchEndpoint = endpoint;
  try {
    await neon(url, { fetchOptions: { signal: AbortSignal.timeout(LIMIT_MS) } })`SELECT 1`;
  } catch {
    throw new Complaint('DATABASE_URL: Neon does not answer to it. Copy the connection string again.');
  }
}

async function checkUpstash(url: string, token: string): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: '["PING"]',
    signal: AbortSignal.timeout(LIMIT_MS),
  }).catch(() => {
    throw new Complaint('UPSTASH_REDIS_REST_URL: nothing answers there. Copy the REST URL again.');
  });
  if (response.status === 401) throw new Complaint('UPSTASH_REDIS_REST_TOKEN: Upstash refuses it.');
  const { result } = (await response.json().catch(() => ({}))) as { result?: string };
  if (result !== 'PONG') throw new Complaint('UPSTASH_REDIS_REST_URL: this is not the REST URL of a Redis.');
}
