/** The local stack behind `wrangler dev`, as a process of its own; it ends with the last `wrangler` that uses it. */
import { readdirSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { reportFailure } from './complaint.ts';
import { childNotes, DATA_DIR, endOrphansOf, takeDataDir } from './data-dir.ts';
import { writeEnvFile } from './env-file.ts';
import { startLocalStack } from './local-stack.ts';
import { isRunning } from './parent-process.ts';
import { STACK_ENV, USERS_DIR } from './wrangler-dev.ts';

const LOOK_INTERVAL_MS = 1000;

const quit = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => quit.abort());

try {
  await using parts = new AsyncDisposableStack();
  await endOrphansOf(DATA_DIR);
  parts.defer(await takeDataDir(DATA_DIR, false, 'wrangler dev'));
  const children = childNotes(DATA_DIR);
  parts.defer(() => children.clear());
  // What it says belongs to a stack that is over.
  await rm(STACK_ENV, { force: true });
  const step = <T>(what: string, work: () => Promise<T>) => {
    console.log(`${what} …`);
    return work();
  };
  const origin = `http://localhost:${process.argv[2]}`;
  const variables = await startLocalStack(parts, origin, step, (pid, mark) => children.add(pid, mark));
  await writeEnvFile(STACK_ENV, variables);
  while (hasUsers() && !quit.signal.aborted)
    await new Promise((resolve) => setTimeout(resolve, LOOK_INTERVAL_MS));
} catch (error) {
  reportFailure(error);
}

/** Whether one of those who use the stack still runs; forgets the others. */
function hasUsers(): boolean {
  const users = readdirSync(USERS_DIR);
  const gone = users.filter((pid) => !isRunning(Number(pid)));
  for (const pid of gone) rmSync(join(USERS_DIR, pid));
  return gone.length < users.length;
}
