/** The curl sessions of README.md and docs/api.md against a stack started as `npm run dev` starts it: each answer is as printed there. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../../dev/http.ts';
import { makeKeys } from '../../dev/keys.ts';
import { migrate } from '../../dev/migrate.ts';
import { seed } from '../../dev/seed.ts';
import { startStack, type WorkerVariables, workerVariables } from '../../dev/stack.ts';
import { tokenFor } from '../../dev/token.ts';
import { startWorker } from '../../dev/worker-process.ts';

const README_ORIGIN = 'http://localhost:8787';
const START_LIMIT_MS = 90_000;

interface Step {
  command: string;
  answer: string;
}

const parts = new AsyncDisposableStack();
let origin: string;
let variables: WorkerVariables;

beforeAll(async () => {
  const dir = await mkdtemp(join(tmpdir(), 'devcard-readme-'));
  parts.defer(() => rm(dir, { recursive: true }));
  const stack = await startStack();
  parts.defer(() => stack.close());
  const port = await freePort();
  origin = `http://localhost:${port}`;
  variables = workerVariables(stack, origin, await makeKeys(0));
  await migrate(variables);
  await seed(variables);
  const worker = await startWorker(port, variables, dir);
  parts.defer(() => worker.close());
  await worker.ready;
}, START_LIMIT_MS);

afterAll(() => parts.disposeAsync());

test('every command gets the answer printed below it', async () => {
  const pages = ['README.md', 'docs/api.md'].map((page) =>
    readFile(new URL(`../../${page}`, import.meta.url), 'utf8'),
  );
  const steps = (await Promise.all(pages)).flatMap(stepsOf);
  expect(steps.filter(({ command }) => command.startsWith('curl')).length).toBeGreaterThanOrEqual(7);
  let token = '';
  for (const { command, answer } of steps) {
    if (command === 'TOKEN=$(npm run -s token -- devcard-demo)')
      token = await tokenFor('devcard-demo', variables);
    else expectAnswer(command, answer, await curl(command.replaceAll('$TOKEN', token)));
  }
});

/** The commands of the page's console blocks, each with what is printed below it. */
function stepsOf(page: string): Step[] {
  const blocks = [...page.matchAll(/```console\n(.*?)```/gs)].map(([, block]) => block as string);
  return blocks.flatMap((block) =>
    block
      .split(/^\$ /m)
      .slice(1)
      .map((text) => {
        const end = text.indexOf('\n');
        return { command: text.slice(0, end), answer: text.slice(end + 1).trim() };
      }),
  );
}

/** Does what these options of curl do: -i, -X, -H, -d. */
async function curl(command: string) {
  const words = [...command.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? '');
  const after = (option: string) => words.flatMap((word, i) => (words[i - 1] === option ? [word] : []));
  const url = words.find((word) => word.startsWith(README_ORIGIN)) as string;
  const response = await fetch(url.replace(README_ORIGIN, origin), {
    method: after('-X')[0] ?? 'GET',
    headers: Object.fromEntries(after('-H').map((header) => header.split(/: /) as [string, string])),
    ...(after('-d')[0] && { body: after('-d')[0] as string }),
  });
  return { response, text: await response.text(), showsHead: words.includes('-i') };
}

/** The page may leave headers out; those that it prints, and the body, must be as printed. */
function expectAnswer(
  command: string,
  printed: string,
  { response, text, showsHead }: Awaited<ReturnType<typeof curl>>,
) {
  const [head, body] = showsHead ? (printed.split('\n\n') as [string, string]) : ['', printed];
  const [status, ...headers] = head.split('\n');
  if (showsHead) expect(status, command).toContain(` ${response.status} `);
  for (const header of headers) {
    const [name, value] = header.split(/: (.*)/) as [string, string];
    expect(response.headers.get(name), `${command}: ${name}`).toMatch(asPrinted(value));
  }
  expect(text, command).toMatch(asPrinted(body.replaceAll(README_ORIGIN, origin)));
}

/** `…` stands for anything. */
function asPrinted(text: string): RegExp {
  return new RegExp(`^${text.split('…').map(RegExp.escape).join('.*')}$`, 's');
}
