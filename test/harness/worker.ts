/** What tests of the Worker use beside the Worker itself; they run in workerd. */
import { env } from 'cloudflare:workers';
import { vi } from 'vitest';
import { connectWires } from './wire-client.ts';

declare global {
  namespace Cloudflare {
    /** The bindings of a test run beside those of wrangler.toml (see bindings.ts). */
    interface Env {
      TEST_NEON_ENDPOINT: string;
      TEST_UPSTASH_URL: string;
      TEST_IDENTITY_PROVIDER: string;
      TEST_CONTROL_URL: string;
    }
  }
}

/** The wires between the Worker and the stand-ins: counts, faults, gates. */
export const { neon, upstash } = connectWires(env.TEST_CONTROL_URL);

/** Runs SQL on the engine itself, past the wire. Rows are objects with values as JSON gives them. */
export async function sql<Row = Record<string, unknown>>(
  query: string,
  params: unknown[] = [],
): Promise<Row[]> {
  const response = await fetch(env.TEST_NEON_ENDPOINT, {
    method: 'POST',
    headers: { 'neon-connection-string': env.DATABASE_URL },
    body: JSON.stringify({ query, params }),
  });
  const { rows, message } = await response.json<{ rows: Row[]; message?: string }>();
  if (!response.ok) throw new Error(message);
  return rows;
}

/** Runs one Redis command on the engine itself, past the wire. */
export async function redis(...command: (string | number)[]): Promise<unknown> {
  const response = await fetch(env.TEST_UPSTASH_URL, {
    method: 'POST',
    headers: { authorization: `Bearer ${env.UPSTASH_REDIS_REST_TOKEN}` },
    body: JSON.stringify(command),
  });
  const { result, error } = await response.json<{ result: unknown; error?: string }>();
  if (error !== undefined) throw new Error(error);
  return result;
}

/** Adds the people of the local stack (dev/seed.ts). */
export async function seedDemo(): Promise<void> {
  const response = await fetch(`${env.TEST_CONTROL_URL}/stack/seed`, { method: 'POST', body: '[]' });
  if (!response.ok) throw new Error(await response.text());
}

/** Waits until a check passes, for what nobody announces; a busy machine takes its time. */
export function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: 30_000, interval: 20 });
}

/** Empties both engines and sets the wires back: for `beforeEach`. */
export async function startClean(): Promise<void> {
  await Promise.all([neon.clear(), upstash.clear()]);
  await Promise.all([sql('truncate users, settled_identities cascade'), redis('FLUSHDB')]);
  await Promise.all([neon.reset(), upstash.reset()]);
}
