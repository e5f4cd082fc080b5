/** A proxy between the Worker and one stand-in: it records requests, and breaks or holds them when told to. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Listening, readText, serve } from '../../dev/http.ts';
import { parseCommand } from '../../dev/upstash-rest.ts';
import type { Fault, Gate, RecordedRequest, Statement, WireControls, WireName } from './wire-protocol.ts';

/** Only a test that fails waits so long; a busy machine takes its time. */
const WAIT_LIMIT_MS = 30_000;

interface OpenGate extends Gate {
  held: number;
  opened: PromiseWithResolvers<void>;
}

interface Answer {
  status: number;
  type: string;
  body: Buffer;
}

export class Wire implements WireControls {
  readonly #name: WireName;
  readonly #target: string;
  #requests: RecordedRequest[] = [];
  #faults: (Fault & { struck: number })[] = [];
  #gates: OpenGate[] = [];
  #hanging = new Set<ServerResponse>();
  #changed = Promise.withResolvers<void>();

  /** @param target the stand-in's URL, without a path */
  constructor(name: WireName, target: string) {
    this.#name = name;
    this.#target = target;
  }

  /** Starts to listen; the same paths as at the stand-in. */
  listen(): Promise<Listening> {
    return serve((request, response) => this.#pass(request, response));
  }

  count(match?: string): number {
    return this.requests(match).length;
  }

  requests(match = ''): RecordedRequest[] {
    return this.#requests.filter(({ text }) => text.includes(match));
  }

  commands(): string[][] {
    return this.#requests.flatMap(({ commands }) => commands);
  }

  queries(): string[] {
    return this.#requests.flatMap(({ queries }) => queries.map(({ query }) => query));
  }

  settled(count: number, match?: string): Promise<void> {
    return this.#until(
      () => this.requests(match).filter(({ done }) => done).length >= count,
      `${count} finished requests${match ? ` with «${match}»` : ''}`,
    );
  }

  reset(): void {
    this.#requests = [];
  }

  fault(fault: Fault): void {
    this.#faults.push({ ...fault, struck: 0 });
  }

  gate(gate: Gate): number {
    return this.#gates.push({ ...gate, held: 0, opened: Promise.withResolvers() }) - 1;
  }

  held(gate: number, count = 1): Promise<void> {
    return this.#until(() => this.#gateNumber(gate).held >= count, `${count} requests held at gate ${gate}`);
  }

  release(gate: number): void {
    this.#gateNumber(gate).opened.resolve();
  }

  clear(): void {
    this.#faults = [];
    for (const { opened } of this.#gates) opened.resolve();
    this.#gates = [];
    for (const response of this.#hanging) response.destroy();
    this.#hanging.clear();
  }

  async #pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readText(request);
    const record = this.#record(request, body);
    try {
      await this.#hold('request', record.text);
      const fault = this.#faultFor(record.text);
      if (fault?.kind === 'refuse') return resetConnection(response);
      if (fault?.kind === 'hang') return await this.#hang(response);
      if (fault?.kind === 'delay') await delay(response, fault.ms ?? 0);
      const answer = fault?.kind === 'status' ? this.#errorAnswer(fault) : await this.#forward(request, body);
      await this.#hold('answer', record.text);
      send(response, answer, fault);
      if (response.writableEnded) record.status = answer.status;
    } catch (error) {
      send(response, { status: 502, type: 'text/plain', body: Buffer.from(String(error)) });
    } finally {
      record.done = true;
      this.#announce();
    }
  }

  #record({ method = '', url = '' }: IncomingMessage, body: string): RecordedRequest {
    const { commands, queries, text } =
      this.#name === 'upstash' ? readCommands(url, body) : readQueries(body);
    const record = { method, path: url, text, commands, queries, done: false };
    this.#requests.push(record);
    this.#announce();
    return record;
  }

  async #hold(at: Gate['at'], text: string): Promise<void> {
    const gate = this.#gates.find(
      (gate) =>
        gate.at === at &&
        gate.held < (gate.times ?? Number.POSITIVE_INFINITY) &&
        text.includes(gate.match ?? ''),
    );
    if (!gate) return;
    gate.held++;
    this.#announce();
    await gate.opened.promise;
  }

  #faultFor(text: string): Fault | undefined {
    const fault = this.#faults.find(
      ({ match = '', times = Number.POSITIVE_INFINITY, struck }) => struck < times && text.includes(match),
    );
    if (fault) fault.struck++;
    return fault;
  }

  #hang(response: ServerResponse): Promise<void> {
    this.#hanging.add(response);
    return new Promise((resolve) => response.once('close', resolve));
  }

  async #forward({ method = 'GET', url = '/', headers }: IncomingMessage, body: string): Promise<Answer> {
    const { host: _, connection: __, 'content-length': ___, 'transfer-encoding': ____, ...kept } = headers;
    const response = await fetch(this.#target + url, {
      method,
      headers: kept as Record<string, string>,
      ...(method === 'POST' && { body }),
    });
    return {
      status: response.status,
      type: response.headers.get('content-type') ?? 'text/plain',
      body: Buffer.from(await response.arrayBuffer()),
    };
  }

  #errorAnswer({ sqlState, status = sqlState ? 400 : 500 }: Fault): Answer {
    const member = this.#name === 'upstash' ? 'error' : 'message';
    const text = status === 401 ? 'WRONGPASS invalid or missing auth token' : `injected status ${status}`;
    return {
      status,
      type: 'application/json',
      body: Buffer.from(JSON.stringify({ [member]: text, ...(sqlState && { code: sqlState }) })),
    };
  }

  #gateNumber(gate: number): OpenGate {
    const found = this.#gates[gate];
    if (!found) throw new Error(`There is no gate ${gate} on the ${this.#name} wire (cleared?)`);
    return found;
  }

  #announce(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }

  async #until(isTrue: () => boolean, what: string): Promise<void> {
    const limit = AbortSignal.timeout(WAIT_LIMIT_MS);
    const expired = new Promise<void>((resolve) => limit.addEventListener('abort', () => resolve()));
    while (!isTrue()) {
      if (limit.aborted) {
        const seen = this.#requests
          .map(({ text, done }) => `\n- ${done ? '' : '(under way) '}${text}`)
          .join('');
        throw new Error(`Waited in vain for ${what} on the ${this.#name} wire. It saw:${seen || ' nothing'}`);
      }
      await Promise.race([this.#changed.promise, expired]);
    }
  }
}

/** Waits, unless the other side gives up before. */
async function delay(response: ServerResponse, ms: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  response.once('close', resolve);
  await promise;
  clearTimeout(timer);
}

function send(response: ServerResponse, { status, type, body }: Answer, fault?: Fault): void {
  const half = body.subarray(0, Math.floor(body.length / 2));
  switch (fault?.kind) {
    case 'lost':
      resetConnection(response);
      return;
    case 'cut':
      response.writeHead(status, { 'content-type': type, 'content-length': body.length });
      response.write(half, () => resetConnection(response));
      return;
    case 'truncated':
      response.writeHead(status, { 'content-type': type }).end(half);
      return;
    case 'garbage':
      response.writeHead(200, { 'content-type': type }).end('<html>not what you expected</html>');
      return;
    default:
      response.writeHead(status, { 'content-type': type }).end(body);
  }
}

/** Ends the connection with a TCP reset. */
function resetConnection(response: ServerResponse): void {
  response.socket?.resetAndDestroy();
}

function readCommands(path: string, body: string) {
  const parsed = tryJson(body);
  const lists = path === '/' ? [parsed] : Array.isArray(parsed) ? parsed : [];
  const commands = lists.map((words) => {
    const [name = '', ...args] = parseCommand(words);
    return [name.toUpperCase(), ...args];
  });
  return { commands, queries: [], text: commands.map((words) => words.join(' ')).join('\n') };
}

function readQueries(body: string) {
  const parsed = tryJson(body) as { queries?: Partial<Statement>[] } & Partial<Statement>;
  const queries = (parsed?.queries ?? [parsed]).map(({ query = '', params = [] }) => ({ query, params }));
  const text = queries.map(({ query, params }) => `${query} ${JSON.stringify(params)}`).join('\n');
  return { commands: [], queries, text };
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
