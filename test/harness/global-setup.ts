/** Starts the stack and its wires once for a whole test run, on embedded engines or those of DATABASE_URL and REDIS_URL. */
import type { TestProject } from 'vitest/node';
import { startIdentityProvider } from '../../dev/identity-provider.ts';
import { makeKeys } from '../../dev/keys.ts';
import { migrate } from '../../dev/migrate.ts';
import { seed } from '../../dev/seed.ts';
import { type Stack, startStack, workerVariables } from '../../dev/stack.ts';
import type { TestBindings } from './bindings.ts';
import { Wire } from './wire.ts';
import { serveControls } from './wire-server.ts';

const ORIGIN = 'https://devcard.example';
const DEFAULT_SEED = 20_261_123;

export default async function setup(project: TestProject) {
  const { DATABASE_URL, REDIS_URL } = process.env;
  const stack = await startStack({ databaseUrl: DATABASE_URL, scratch: true, redisUrl: REDIS_URL });
  try {
    await requireEmpty(stack);
    const wires = {
      neon: new Wire('neon', stack.neonUrl),
      upstash: new Wire('upstash', stack.upstashUrl),
    };
    const direct = workerVariables(stack, ORIGIN, await makeKeys(0));
    const [neon, upstash, controls, identityProvider] = await Promise.all([
      wires.neon.listen(),
      wires.upstash.listen(),
      serveControls({ ...wires, stack: { seed: () => seed(direct) } }),
      startIdentityProvider(),
    ]);
    await migrate(direct);
    const bindings: TestBindings = {
      ...direct,
      // Tests that count views need not wait for a batch to fill.
      VIEW_BATCH_MS: '50',
      SECURITY_CONTACT: 'mailto:security@devcard.example',
      NEON_FETCH_ENDPOINT: `${neon.url}/sql`,
      UPSTASH_REDIS_REST_URL: upstash.url,
      TEST_NEON_ENDPOINT: direct.NEON_FETCH_ENDPOINT,
      TEST_UPSTASH_URL: direct.UPSTASH_REDIS_REST_URL,
      TEST_IDENTITY_PROVIDER: identityProvider.url,
      TEST_CONTROL_URL: controls.url,
    };
    project.provide('bindings', bindings);
    project.provide('seed', chosenSeed());
    console.log(`Engines: ${stack.postgres.name}, ${stack.redis.name}`);
    return async () => {
      for (const wire of Object.values(wires)) wire.clear();
      await Promise.all([neon.close(), upstash.close(), controls.close(), identityProvider.close()]);
      await stack.redis.call(['FLUSHDB']);
      await stack.close();
    };
  } catch (error) {
    await stack.close();
    throw error;
  }
}

/** Of chance.ts; workerd would not see the environment. */
function chosenSeed(): number {
  const { SEED = DEFAULT_SEED } = process.env;
  return SEED === 'random' ? Math.floor(Math.random() * 2 ** 31) : Number(SEED);
}

/** Tests empty the Redis database that they work in: never one with somebody's data. */
async function requireEmpty({ redis }: Stack): Promise<void> {
  const size = await redis.call(['DBSIZE']);
  if (size !== 0)
    throw new Error(
      `REDIS_URL names a database with ${size} keys; tests need an empty one: add a number, such as /15, to the URL.`,
    );
}
