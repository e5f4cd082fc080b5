/** Starts the Worker of a site that browsers visit. */
import { freePort } from '../../dev/http.ts';
import { startWorker, type WorkerProcess } from '../../dev/worker-process.ts';
import { siteVariables, type TestBindings } from './bindings.ts';

/** Two wranglers that start at the same moment may choose the same inner port («Address already in use»): one of them ends. */
const ATTEMPTS = 4;

/** Waits until the Worker answers; `dir` keeps its state. @param more variables besides those of every site */
export async function startSiteWorker(
  bindings: TestBindings,
  dir: string,
  more: Record<string, string> = {},
) {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const origin = `http://localhost:${port}`;
    const worker: WorkerProcess = await startWorker(
      port,
      { ...siteVariables(bindings, origin), ...more },
      dir,
    );
    try {
      await worker.ready;
      return { origin, worker };
    } catch (error) {
      await worker.close();
      if (attempt === ATTEMPTS) throw error;
    }
  }
}
