/** `npm run dev`: the local stack, migrated and seeded, and the Worker on it. Ctrl-C stops everything. */
import { createServer } from 'node:net';
import { relative } from 'node:path';
import { Complaint, reportFailure } from './complaint.ts';
import { childNotes, DATA_DIR, endOrphansOf, takeDataDir } from './data-dir.ts';
import { namedEngines, startLocalStack } from './local-stack.ts';
import { startWorker } from './worker-process.ts';

const DEFAULT_PORT = 8787;

const quit = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => quit.abort());

try {
  await using parts = new AsyncDisposableStack();
  await start(parts);
} catch (error) {
  if (quit.signal.aborted) console.log('Stopped.');
  else reportFailure(error);
}

/** Starts one part after the other; resolves when the user quits. */
async function start(parts: AsyncDisposableStack): Promise<void> {
  const reset = wantsReset(process.argv.slice(2));
  await endOrphansOf(DATA_DIR);
  const port = await freePortOf(process.env.PORT);
  namedEngines();
  const started = performance.now();
  parts.defer(await takeDataDir(DATA_DIR, reset, 'npm run dev'));
  const children = childNotes(DATA_DIR);
  parts.defer(() => children.clear());
  const note = (pid: number, mark: string) => children.add(pid, mark);

  const origin = `http://localhost:${port}`;
  const variables = await startLocalStack(parts, origin, step, note);
  const worker = await step('Starting the Worker', async () => {
    const worker = await startWorker(port, variables, DATA_DIR, note);
    parts.defer(() => worker.close());
    await Promise.race([worker.ready, quitting()]);
    return worker;
  });

  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`
DevCard Edge is up after ${seconds} s: ${origin}
The demo's profile: ${origin}/u/devcard-demo
Sign in as anybody: ${origin}/auth/github

  curl -i ${origin}/api/public/devcard-demo
  curl ${origin}/api/public/devcard-demo/qr-session
  curl ${origin}/.well-known/jwks.json

Data stays in ${relative(process.cwd(), DATA_DIR)}; \`npm run dev -- --reset\` starts afresh. Ctrl-C stops everything.
`);
  await Promise.race([worker.ended.then(() => endedAlone()), quitting()]);
}

/** @throws Complaint at any other argument than --reset */
function wantsReset(args: string[]): boolean {
  const unknown = args.find((arg) => arg !== '--reset');
  if (unknown)
    throw new Complaint(`«${unknown}» is unknown: \`npm run dev\` takes --reset and nothing else.`);
  return args.length > 0;
}

function endedAlone(): never {
  throw new Complaint('wrangler dev has ended, and the stack with it.');
}

function quitting(): Promise<never> {
  return new Promise((_, reject) => {
    quit.signal.addEventListener('abort', () => reject(quit.signal.reason), { once: true });
  });
}

/** Does one part of the work and says so; nothing begins once the user has quit. */
async function step<T>(what: string, work: () => Promise<T>): Promise<T> {
  quit.signal.throwIfAborted();
  console.log(`${what} …`);
  return work();
}

/** @throws Complaint when it is no port or taken */
async function freePortOf(text: string | undefined): Promise<number> {
  const port = Number(text || DEFAULT_PORT);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Complaint(`PORT is «${text}»: it must be a number from 1 to 65535.`);
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Complaint(
              `Port ${port} is taken: stop what listens there, or choose another: PORT=${port + 1} npm run dev`,
            )
          : error,
      ),
    );
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve()));
  });
  return port;
}
