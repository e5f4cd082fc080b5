// The load generator, in a process of its own: takes jobs from its parent, drives autocannon, answers with numbers.
import autocannon from 'autocannon';

/** autocannon looks at the clock so often, in ms. */
const TICK_MS = 20;

/** How far each list of paths has been walked: a slice goes on where the last one stopped. */
const places = new Map();

process.on('message', async ({ name, url, paths, method, headers, body, status, connections, requests }) => {
  const times = [];
  const wrong = new Map();
  let place = places.get(name) ?? 0;
  const request = { method, headers, body, path: paths[0] };
  if (paths.length > 1)
    request.setupRequest = (request) => ({ ...request, path: paths[place++ % paths.length] });

  const run = autocannon({ url, connections, amount: requests, sampleInt: TICK_MS, requests: [request] });
  run.on('response', (_client, code, _bytes, ms) => {
    times.push(ms);
    if (code !== status) wrong.set(code, (wrong.get(code) ?? 0) + 1);
  });
  const { errors } = await run;
  places.set(name, place);
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
  process.send({ requests: times.length, p50: at(0.5), p99: at(0.99), wrong: [...wrong], errors });
});
