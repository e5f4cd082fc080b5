/** Whoever ends a command from outside ends what it has started. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { expect, test } from 'vitest';
import { isRunning } from '../../dev/parent-process.ts';

/** Starts a child in a group of its own, as wrangler is started, which starts another; says the ids of both. */
const SCRIPT = `
import { spawn } from 'node:child_process';
import { endWithDescendants } from './dev/descendants.ts';
endWithDescendants();
const forever = 'setInterval(() => {}, 1000)';
const grandchild = "const { pid } = require('node:child_process').spawn(process.execPath, ['-e', '" + forever + "'], { stdio: 'ignore' }); console.log(pid);";
const child = spawn(process.execPath, ['-e', grandchild + forever], { detached: true });
child.stdout.on('data', (pid) => console.log(child.pid + ' ' + pid));
`;

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s', async (signal) => {
  const command = spawn(process.execPath, ['--input-type=module', '-e', SCRIPT]);
  const [text] = await once(command.stdout, 'data');
  const pids = String(text).trim().split(' ').map(Number);
  expect(pids.map(isRunning)).toEqual([true, true]);
  const ended = once(command, 'exit');
  command.kill(signal);
  expect(await ended).toEqual([128 + constants.signals[signal], null]);
  await expect.poll(() => pids.map(isRunning)).toEqual([false, false]);
});
