/** What a test run provides: the Worker's variables, pointed at the wires, and doors that pass the wires by. */
import type { WorkerVariables } from '../../dev/stack.ts';

export interface TestBindings extends WorkerVariables {
  VIEW_BATCH_MS: string;
  SECURITY_CONTACT: string;
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
    bindings: TestBindings;
    /** See chance.ts. */
    seed: number;
  }
}
