/** A site whose Worker serves one test file alone, which may stop it. */
import { freePort, type Listening } from '../../dev/http.ts';
import { startWorker } from '../../dev/worker-process.ts';
import type { TestBindings } from './bindings.ts';

/** Starts the Worker, and waits until it answers; `dir` keeps its state. */
export async function serveOwnSite(
  bindings: TestBindings,
  dir: string,
): Promise<Pick<Listening, 'url' | 'close'>> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const { TEST_NEON_ENDPOINT, TEST_UPSTASH_URL, TEST_IDENTITY_PROVIDER, ...others } = bindings;
  const { TEST_CONTROL_URL: _, ...variables } = others;
  const direct = {
    ...variables,
    NEON_FETCH_ENDPOINT: TEST_NEON_ENDPOINT,
    UPSTASH_REDIS_REST_URL: TEST_UPSTASH_URL,
    PUBLIC_ORIGIN: url,
    OAUTH_DEV_ISSUER: TEST_IDENTITY_PROVIDER,
    RATE_LIMITS: 'off',
  };
  const worker = await startWorker(port, direct, dir);
  await worker.ready.catch(async (error) => {
    await worker.close();
    throw error;
  });
  return { url, close: () => worker.close() };
}
