/** A site whose Worker serves one test file alone, which may stop it. */
import type { Listening } from '../../dev/http.ts';
import type { TestBindings } from './bindings.ts';
import { startSiteWorker } from './site-worker.ts';

/** Starts the Worker, and waits until it answers; `dir` keeps its state. */
export async function serveOwnSite(
  bindings: TestBindings,
  dir: string,
): Promise<Pick<Listening, 'url' | 'close'>> {
  const { origin, worker } = await startSiteWorker(bindings, dir);
  return { url: origin, close: () => worker.close() };
}
