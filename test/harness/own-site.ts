/** A site whose Worker serves one test file alone, which may stop it. */
import { freePort, type Listening } from '../../dev/http.ts';
import { startWorker } from '../../dev/worker-process.ts';
import { siteVariables, type TestBindings } from './bindings.ts';

/** Starts the Worker, and waits until it answers; `dir` keeps its state. */
export async function serveOwnSite(
  bindings: TestBindings,
  dir: string,
): Promise<Pick<Listening, 'url' | 'close'>> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const worker = await startWorker(port, siteVariables(bindings, url), dir);
  await worker.ready.catch(async (error) => {
    await worker.close();
    throw error;
  });
  return { url, close: () => worker.close() };
}
