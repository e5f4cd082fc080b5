/** The folder of the local stack: used by one process at a time, because PGlite's files bear no second. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Complaint, reasonOf } from './complaint.ts';
import { isRunning } from './parent-process.ts';

/** `.devcard` in the repository, unless DEVCARD_DATA_DIR names another. */
export const DATA_DIR =
  process.env.DEVCARD_DATA_DIR ?? fileURLToPath(new URL('../.devcard', import.meta.url));

/**
 * Takes the folder, emptied first if `reset`; answers how to give it back.
 * @param command who takes it, for the message to whoever comes second
 * @throws Complaint when it is in use
 */
export async function takeDataDir(
  dir: string,
  reset: boolean,
  command: string,
): Promise<() => Promise<void>> {
  const lock = join(dir, 'pid');
  const text = await readFile(lock, 'utf8').catch(() => '');
  const [, pid, holder] = /^(\d+)(?: (.+))?$/.exec(text) ?? [];
  if (pid && Number(pid) !== process.pid && isRunning(Number(pid)))
    throw new Complaint(
      `Another \`${holder ?? 'npm run dev'}\` (process ${pid}) uses ${dir}: stop it first. If that process is something else, delete ${lock}.`,
    );
  try {
    if (reset) await rm(dir, { recursive: true, force: true });
    await mkdir(dir, { recursive: true });
    await writeFile(lock, `${process.pid} ${command}`);
  } catch (error) {
    throw new Complaint(
      `${dir} cannot be used (${reasonOf(error)}): it must be a folder that you may write to.`,
    );
  }
  return () => rm(lock, { force: true });
}
