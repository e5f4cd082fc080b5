/** Processes that this one started, and those that they started: none of them outlives it. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';

/** From now on, the end of this process is the end of its descendants, also where a signal ends it (except SIGKILL). */
export function endWithDescendants(): void {
  process.on('exit', () => {
    for (const pid of descendants())
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It has ended by itself.
      }
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => process.exit(128 + constants.signals[signal]));
}

function descendants(): number[] {
  const parents = parentsOfAll();
  const found = [process.pid];
  // What is added is looked at in turn.
  for (const above of found) for (const [pid, parent] of parents) if (parent === above) found.push(pid);
  return found.slice(1);
}

/** The parent of each process; of none where they cannot be seen. */
function parentsOfAll(): [pid: number, parent: number][] {
  if (existsSync('/proc/self/stat'))
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((pid) => {
        try {
          // The second field is a name in parentheses, which may hold anything.
          const [, parent] = /\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
          return [[Number(pid), Number(parent)]];
        } catch {
          return [];
        }
      });
  if (process.platform === 'win32') return [];
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  return [...stdout.matchAll(/(\d+) +(\d+)/g)].map(([, pid, parent]) => [Number(pid), Number(parent)]);
}
