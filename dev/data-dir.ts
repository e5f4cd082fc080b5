/** The folder of the local stack: used by one process at a time, because PGlite's files bear no second. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Complaint, reasonOf } from './complaint.ts';

/** `.devcard` in the repository, unless DEVCARD_DATA_DIR names another. */
export const DATA_DIR =
  process.env.DEVCARD_DATA_DIR ?? fileURLToPath(new URL('../.devcard', import.meta.url));

/** Takes the folder, emptied first if `reset`; answers how to give it back. @throws Complaint when it is in use */
export async function takeDataDir(dir: string, reset: boolean): Promise<() => Promise<void>> {
  const lock = join(dir, 'pid');
  const holder = Number(await readFile(lock, 'utf8').catch(() => ''));
  if (holder && holder !== process.pid && isRunning(holder))
    throw new Complaint(
      `Another \`npm run dev\` (process ${holder}) uses ${dir}: stop it first. If that process is something else, delete ${lock}.`,
    );
  try {
    if (reset) await rm(dir, { recursive: true, force: true });
    await mkdir(dir, { recursive: true });
    await writeFile(lock, String(process.pid));
  } catch (error) {
    throw new Complaint(
      `${dir} cannot be used (${reasonOf(error)}): it must be a folder that you may write to.`,
    );
  }
  return () => rm(lock, { force: true });
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
