/** Children that outlive us: noted in a file while they run, and ended by the next start where `kill -9` ended us first. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Complaint } from './complaint.ts';
import { isRunning } from './parent-process.ts';

/** Notes a child: its id, and a part of its command line that nobody else's has. */
export type NoteChild = (pid: number, mark: string) => Promise<void>;

/** A child that leads a process group of its own. */
interface Noted {
  pid: number;
  /** A part of its command line that nobody else's has, such as a port with a folder. */
  mark: string;
}

const STOP_LIMIT_MS = 5_000;
const POLL_INTERVAL_MS = 50;

/** The notes of one data folder. */
export class ChildNotes {
  readonly #file: string;
  #noted: Noted[] = [];

  constructor(file: string) {
    this.#file = file;
  }

  /** Notes a child that has just been started. */
  async add(pid: number, mark: string): Promise<void> {
    this.#noted.push({ pid, mark });
    await mkdir(dirname(this.#file), { recursive: true });
    await writeFile(this.#file, JSON.stringify(this.#noted));
  }

  /** Drops the notes, once all children have been ended. */
  async clear(): Promise<void> {
    this.#noted = [];
    await rm(this.#file, { force: true });
  }

  /**
   * Ends what an earlier start left running. For when nobody else uses the folder.
   * @returns the ids of the processes that were ended
   * @throws Complaint naming a process that cannot be ended, and what to type
   */
  async endOrphans(): Promise<number[]> {
    const text = await readFile(this.#file, 'utf8').catch(() => '[]');
    const orphans = (parse(text) ?? []).filter(isStillOurs);
    for (const { pid } of orphans) await end(pid);
    await this.clear();
    return orphans.map(({ pid }) => pid);
  }
}

function parse(text: string): Noted[] | undefined {
  try {
    return JSON.parse(text);
  } catch {
    // It was being written when we were killed.
    return undefined;
  }
}

/** Whether the process, or what is left of its group, is the one that was noted: its number may have gone to another since. */
function isStillOurs({ pid, mark }: Noted): boolean {
  if (!Number.isInteger(pid) || pid <= 1 || !isRunning(-pid)) return false;
  // As long as the group has members, nobody else gets the number of its leader.
  return !isRunning(pid) || commandOf(pid).includes(mark);
}

/** The command line of a process, its words parted by single spaces; empty where that cannot be known. */
function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    // Not Linux.
  }
  try {
    return execFileSync('ps', ['-ww', '-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
}

async function end(pid: number): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    try {
      process.kill(-pid, signal);
    } catch {
      // It has ended by itself, or is another user's.
    }
    const deadline = Date.now() + STOP_LIMIT_MS;
    while (Date.now() < deadline) {
      if (!isRunning(-pid)) return;
      await new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL_MS));
    }
  }
  throw new Complaint(
    `Process ${pid} is left of an earlier \`npm run dev\` and cannot be ended: type \`kill -9 -${pid}\`, as its owner.`,
  );
}
