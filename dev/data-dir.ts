/** The folder of the local stack: used by one process at a time, because PGlite's files bear no second. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Complaint, reasonOf } from './complaint.ts';
import { ChildNotes } from './orphans.ts';
import { isRunning } from './parent-process.ts';

/** `.devcard` in the repository, unless DEVCARD_DATA_DIR names another. */
export const DATA_DIR =
  process.env.DEVCARD_DATA_DIR ?? fileURLToPath(new URL('../.devcard', import.meta.url));

/** Ends what a start that was killed left running on a folder. @throws Complaint */
export async function endOrphansOf(dir: string): Promise<void> {
  if (await holderOf(dir)) return;
  const ended = await childNotes(dir).endOrphans();
  if (ended.length > 0)
    console.log(`Ended what an earlier start had left running (process ${ended.join(', ')}).`);
}

/** The notes of the children that work on a folder. */
export function childNotes(dir: string): ChildNotes {
  return new ChildNotes(join(dir, 'children.json'));
}

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
  const holder = await holderOf(dir);
  if (holder)
    throw new Complaint(
      `Another \`${holder.command}\` (process ${holder.pid}) uses ${dir}: stop it first. If that process is something else, delete ${lock}.`,
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

/** The process that uses a folder now, if one does. */
async function holderOf(dir: string): Promise<{ pid: number; command: string } | undefined> {
  const text = await readFile(join(dir, 'pid'), 'utf8').catch(() => '');
  const [, pid, command = 'npm run dev'] = /^(\d+)(?: (.+))?$/.exec(text) ?? [];
  const isHeld = pid && Number(pid) !== process.pid && isRunning(Number(pid));
  return isHeld ? { pid: Number(pid), command } : undefined;
}
