/** What a test run provides: the Worker's variables, pointed at the wires, and doors that pass the wires by. */
import type { WorkerVariables } from '../../dev/stack.ts';

export interface TestBindings extends WorkerVariables {
  VIEW_BATCH_MS: string;
  SECURITY_CONTACT: string;
  UPSTASH_TIMEOUT_MS: string;
  NEON_TIMEOUT_MS: string;
  VIEW_READ_TIMEOUT_MS: string;
  /** The stand-ins themselves, for fixtures and checks that no wire should count. */
  TEST_NEON_ENDPOINT: string;
  TEST_UPSTASH_URL: string;
  /** Where the development identity provider listens. */
  TEST_IDENTITY_PROVIDER: string;
  /** See wire-client.ts. */
  TEST_CONTROL_URL: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the lanes are asked for; see lanes.ts. */
    lanes: string;
    /** See chance.ts. */
    seed: number;
  }
}

/** Variables of a Worker that browsers visit. No wire between: nobody counts there, and pages must not see what tests do to the wires. */
export function siteVariables(bindings: TestBindings, origin: string) {
  const { TEST_NEON_ENDPOINT, TEST_UPSTASH_URL, TEST_IDENTITY_PROVIDER, ...others } = bindings;
  const { TEST_CONTROL_URL: _, ...variables } = others;
  return {
    ...variables,
    NEON_FETCH_ENDPOINT: TEST_NEON_ENDPOINT,
    UPSTASH_REDIS_REST_URL: TEST_UPSTASH_URL,
    PUBLIC_ORIGIN: origin,
    OAUTH_DEV_ISSUER: TEST_IDENTITY_PROVIDER,
    RATE_LIMITS: 'off',
  };
}
