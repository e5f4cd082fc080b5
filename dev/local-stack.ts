/** The local stack with everything that a Worker needs of it: engines, keys, a sign-in provider, migrated and seeded. */
import { join } from 'node:path';
import { Complaint } from './complaint.ts';
import { DATA_DIR } from './data-dir.ts';
import { findRedisServer } from './engines/redis.ts';
import { startIdentityProvider } from './identity-provider.ts';
import { ensureDevKeys } from './keys.ts';
import { migrate } from './migrate.ts';
import type { NoteChild } from './orphans.ts';
import { seed } from './seed.ts';
import { startStack, type WorkerVariables, workerVariables } from './stack.ts';

/** Does one part of the work and says so. */
type Step = <T>(what: string, work: () => Promise<T>) => Promise<T>;

/** The servers that the user names: real engines in place of the embedded ones. @throws Complaint when they are elsewhere */
export function namedEngines() {
  const { DATABASE_URL, REDIS_URL } = process.env;
  for (const [name, address] of Object.entries({ DATABASE_URL, REDIS_URL })) {
    const host = URL.parse(address ?? '')?.hostname ?? '';
    // The demo is for toys: a variable that a deployment's commands left behind must not bring it into a real database.
    // A name without a dot is a neighbour's, such as a container's.
    if (/\./.test(host) && !/^127\./.test(host))
      throw new Complaint(
        `${name} leads to ${host}: \`npm run dev\` would migrate it and add demo people. Unset it, or name a server on this machine.`,
      );
  }
  return { databaseUrl: DATABASE_URL, redisUrl: REDIS_URL };
}

/**
 * Starts the stack in the data folder, which the caller has taken.
 * @param parts what has started, to be closed by the caller
 * @param note told of each server that is started
 * @returns the variables of a Worker at `origin`
 */
export async function startLocalStack(
  parts: AsyncDisposableStack,
  origin: string,
  step: Step,
  note: NoteChild,
): Promise<WorkerVariables> {
  const engines = namedEngines();
  const stack = await step('Starting the engines', () =>
    startStack({ ...engines, dataDir: join(DATA_DIR, 'postgres'), redisServer: findRedisServer(), note }),
  );
  parts.defer(() => stack.close());
  console.log(`  ${stack.postgres.name}, ${stack.redis.name}`);

  const identityProvider = await startIdentityProvider();
  parts.defer(() => identityProvider.close());
  const { RATE_LIMITS } = process.env;
  const variables = {
    ...workerVariables(stack, origin, await ensureDevKeys(DATA_DIR)),
    OAUTH_DEV_ISSUER: identityProvider.url,
    ...(RATE_LIMITS && { RATE_LIMITS }),
  };
  await step('Migrating the database', () => migrate(variables));
  await step('Adding the demo users', () => seed(variables));
  return variables;
}
