/** Which process runs us: `wrangler` starts its build command through a shell, and tells it little of itself. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

interface Process {
  pid: number;
  /** The words of its command line. */
  args: string[];
}

/** The nearest process above this one that runs a program; undefined where there is none, or no way to see it. */
export function ancestorThatRuns(program: RegExp): Process | undefined {
  for (let pid = process.ppid; pid > 1; ) {
    const found = describe(pid);
    if (!found) return undefined;
    // A shell or `npx` has the same words in its command line: the program itself has them as a file that Node runs.
    if (found.args.some((word) => program.test(word))) return { pid, args: found.args };
    pid = found.parent;
  }
  return undefined;
}

function describe(pid: number): { parent: number; args: string[] } | undefined {
  if (existsSync('/proc/self/stat')) {
    // The second field is a name in parentheses, which may hold anything.
    const [, parent] = /\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    return { parent: Number(parent), args: readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0') };
  }
  if (process.platform === 'win32') return undefined;
  const options = ['-ww', '-o', 'ppid=', '-o', 'args=', '-p', String(pid)];
  const [, parent, args] =
    /^\s*(\d+)\s+(.*)/.exec(spawnSync('ps', options, { encoding: 'utf8' }).stdout) ?? [];
  return parent ? { parent: Number(parent), args: (args as string).split(' ') } : undefined;
}

/** Whether a process runs, or one of a group, by its negative number. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
