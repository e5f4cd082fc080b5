/** `npm run bench -- --profile <path>`: where the processor's time goes while one path is asked for again and again. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { freePort } from '../dev/http.ts';
import { bundleWorker, type CpuProfile } from './bundle.ts';
import { startSeededStack } from './engines.ts';
import { markdown } from './markdown.ts';
import { CONNECTIONS, HEADERS, LOAD, type LoadResult } from './measure.ts';
import { installOnDemand } from './packages.ts';
import { ask, defer } from './processes.ts';
import type { Verdict } from './report.ts';
import { startWorkerd } from './workerd.ts';

const ORIGIN = 'https://devcard.example';
const FILE = 'bench.cpuprofile';
const WARM_UP_REQUESTS = 5_000;
const REQUESTS = 20_000;
const SAMPLING_MICROSECONDS = 200;
const ROWS = 30;

/** Names stay readable in the bundle that is looked at, which is else the one of production. */
export async function profile(parts: AsyncDisposableStack, path: string): Promise<Verdict[]> {
  installOnDemand();
  const bundle = await bundleWorker(parts, 'src/index.ts', { minify: false });
  const { variables } = await startSeededStack(parts, ORIGIN);
  const inspectorPort = await freePort();
  const { url } = await startWorkerd(parts, bundle, { ...variables }, [
    `--inspector-addr=127.0.0.1:${inspectorPort}`,
  ]);
  const { status } = await fetch(url + path, { headers: HEADERS });
  const load = fork(LOAD, { execPath: process.execPath });
  defer(parts, load);
  const job = {
    name: path,
    url,
    paths: [path],
    method: 'GET',
    headers: HEADERS,
    status,
    connections: CONNECTIONS,
  };

  const inspector = await connectInspector(parts, inspectorPort);
  await inspector('Profiler.enable');
  await inspector('Profiler.setSamplingInterval', { interval: SAMPLING_MICROSECONDS });
  await ask(load, { ...job, requests: WARM_UP_REQUESTS });
  await inspector('Profiler.start');
  const { requests } = await ask<LoadResult>(load, { ...job, requests: REQUESTS });
  const { profile } = (await inspector('Profiler.stop')) as { profile: CpuProfile };
  await writeFile(FILE, JSON.stringify(profile));
  console.log(
    `${path} (${status}), ${requests} requests; µs per request by the function that they were spent in\n`,
  );
  console.log(selfTimes(profile, requests));
  console.log(`\nThe whole of it is in ${FILE}: open it in the DevTools of a browser.`);
  return [];
}

/** Self times, longest first. The profiler itself and the messages to it make all of them longer. */
function selfTimes({ nodes, samples, timeDeltas }: CpuProfile, requests: number): string {
  const names = new Map(
    nodes.map(({ id, callFrame }) => [
      id,
      `${callFrame.functionName || '(native)'}:${callFrame.lineNumber + 1}`,
    ]),
  );
  const times = new Map<string, number>();
  for (const [i, sample] of samples.entries()) {
    const name = names.get(sample) as string;
    if (name.startsWith('(idle)')) continue;
    times.set(name, (times.get(name) ?? 0) + (timeDeltas[i] as number));
  }
  const total = [...times.values()].reduce((sum, time) => sum + time, 0);
  const rows = [...times]
    .sort(([, a], [, b]) => b - a)
    .slice(0, ROWS)
    .map(([name, time]) => [name, (time / requests).toFixed(1), `${((100 * time) / total).toFixed(1)} %`]);
  return markdown(['function:line', 'µs', 'share'], rows, 1);
}

/** A session of the Chrome DevTools Protocol. */
async function connectInspector(parts: AsyncDisposableStack, port: number) {
  const [target] = await (await fetch(`http://127.0.0.1:${port}/json`)).json();
  const socket = new WebSocket(target.webSocketDebuggerUrl.replace('localhost', '127.0.0.1'));
  await once(socket, 'open');
  parts.defer(() => socket.close());
  const waiting = new Map<number, (result: unknown) => void>();
  socket.addEventListener('message', ({ data }) => {
    const { id, result } = JSON.parse(data);
    waiting.get(id)?.(result);
  });
  let last = 0;
  return (method: string, params = {}) =>
    new Promise<unknown>((resolve) => {
      last += 1;
      waiting.set(last, resolve);
      socket.send(JSON.stringify({ id: last, method, params }));
    });
}
