/** What a killed start leaves running is ended by the next one, and nothing else is. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ChildNotes } from '../../dev/orphans.ts';
import { isRunning } from '../../dev/parent-process.ts';

let dir: string;
let file: string;
const started: ChildProcess[] = [];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'devcard-orphans-'));
  file = join(dir, 'children.json');
});

afterEach(async () => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  await rm(dir, { recursive: true, force: true });
});

/** A child in a group of its own that says when it is up; its command line ends with `mark`. */
async function child(mark: string, script = 'setInterval(() => {}, 1000)') {
  const all = `${script}; console.log('up')`;
  const process_ = spawn(process.execPath, ['-e', all, '--', ...mark.split(' ')], { detached: true });
  started.push(process_);
  const ended = once(process_, 'exit');
  const [text] = await once(process_.stdout, 'data');
  return { pid: process_.pid as number, ended, text: String(text) };
}

test('a noted child is ended, and the notes go with it', async () => {
  const { pid, ended } = await child('--port 8787 here');
  await new ChildNotes(file).add(pid, '--port 8787 here');
  expect(await new ChildNotes(file).endOrphans()).toEqual([pid]);
  await ended;
  expect(isRunning(pid)).toBe(false);
  expect(await new ChildNotes(file).endOrphans()).toEqual([]);
});

test('so is what is left of its group when it has ended itself', async () => {
  const script = `const { pid } = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' }); console.log(pid)`;
  const { pid, ended, text } = await child('leader', `${script}; setTimeout(() => process.exit(), 50)`);
  await ended;
  const grandchild = Number.parseInt(text, 10);
  expect(isRunning(grandchild)).toBe(true);
  await new ChildNotes(file).add(pid, 'leader');
  expect(await new ChildNotes(file).endOrphans()).toEqual([pid]);
  await expect.poll(() => isRunning(grandchild)).toBe(false);
});

test('a process that got the number since, or one that is gone, is left alone', async () => {
  const { pid } = await child('somebody else');
  const gone = await child('gone', 'setTimeout(() => process.exit(), 1)');
  await gone.ended;
  const notes = new ChildNotes(file);
  await notes.add(pid, '--port 8787 here');
  await notes.add(gone.pid, 'gone');
  expect(await new ChildNotes(file).endOrphans()).toEqual([]);
  expect(isRunning(pid)).toBe(true);
});

test('notes that were cut off, or say nonsense, end nobody', async () => {
  for (const text of [
    '[{"pid":',
    '[{"pid":1,"mark":""}]',
    '[{"pid":-1,"mark":""}]',
    '[{"pid":"x","mark":""}]',
  ]) {
    await writeFile(file, text);
    expect(await new ChildNotes(file).endOrphans()).toEqual([]);
  }
});

test('notes say what was started, in order', async () => {
  const notes = new ChildNotes(file);
  await notes.add(4_000_001, 'one');
  await notes.add(4_000_002, 'two');
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual([
    { pid: 4_000_001, mark: 'one' },
    { pid: 4_000_002, mark: 'two' },
  ]);
});
