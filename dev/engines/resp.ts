/** A client of the Redis wire protocol (RESP2) that leaves commands and replies exactly as they are. */
import { connect, type Socket } from 'node:net';

/** What Redis answers: strings, integers, null, lists of those, or an error inside a list. */
export type Reply = string | number | null | RedisError | Reply[];

/** An error that Redis answered; `message` is its text, such as `WRONGTYPE Operation against …`. */
export class RedisError extends Error {
  override name = 'RedisError';
}

interface Waiting {
  resolve(reply: Reply): void;
  reject(error: Error): void;
}

const CONNECT_TIMEOUT_MS = 5_000;

/** One connection to `redis://[[user:]password@]host[:port][/db]`; replies come in the order of the calls. */
export class RespClient {
  #socket: Socket;
  #waiting: Waiting[] = [];
  #unread: Buffer = Buffer.alloc(0);
  #broken: Error | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.#read(chunk));
    socket.on('error', (error) => this.#fail(error));
    socket.on('close', () => this.#fail(new Error('Redis closed the connection')));
  }

  static async connect(url: string): Promise<RespClient> {
    const { hostname, port, username, password, pathname } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port || 6379) });
    await new Promise<void>((resolve, reject) => {
      socket.setTimeout(CONNECT_TIMEOUT_MS, () => socket.destroy(new Error('Redis did not answer')));
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    socket.setTimeout(0);
    const client = new RespClient(socket);
    if (password) {
      const credentials = username ? [username, password] : [password];
      await client.call(['AUTH', ...credentials.map(decodeURIComponent)]);
    }
    if (pathname.length > 1) await client.call(['SELECT', pathname.slice(1)]);
    return client;
  }

  /** Sends one command; rejects with a RedisError when Redis refuses it. */
  call(command: string[]): Promise<Reply> {
    if (this.#broken) return Promise.reject(this.#broken);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      const parts = command.map((part) => `$${Buffer.byteLength(part)}\r\n${part}\r\n`);
      this.#socket.write(`*${command.length}\r\n${parts.join('')}`);
    });
  }

  /** Whether the connection is gone: every further call would fail. */
  get isBroken(): boolean {
    return this.#broken !== undefined;
  }

  close(): void {
    this.#socket.destroy();
  }

  #read(chunk: Buffer): void {
    this.#unread = Buffer.concat([this.#unread, chunk]);
    for (;;) {
      const parsed = parseReply(this.#unread, 0);
      if (!parsed) return;
      this.#unread = this.#unread.subarray(parsed.end);
      const waiting = this.#waiting.shift();
      if (parsed.reply instanceof RedisError) waiting?.reject(parsed.reply);
      else waiting?.resolve(parsed.reply);
    }
  }

  #fail(error: Error): void {
    this.#broken ??= error;
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }
}

/** Reads one reply from `start` on; undefined when it has not arrived whole. */
function parseReply(buffer: Buffer, start: number): { reply: Reply; end: number } | undefined {
  const lineEnd = buffer.indexOf('\r\n', start);
  if (lineEnd < 0) return undefined;
  const line = buffer.toString('utf8', start + 1, lineEnd);
  let end = lineEnd + 2;
  switch (String.fromCharCode(buffer[start] ?? 0)) {
    case '+':
      return { reply: line, end };
    case '-':
      return { reply: new RedisError(line), end };
    case ':':
      return { reply: Number(line), end };
    case '$': {
      const length = Number(line);
      if (length < 0) return { reply: null, end };
      if (buffer.length < end + length + 2) return undefined;
      return { reply: buffer.toString('utf8', end, end + length), end: end + length + 2 };
    }
    case '*': {
      const length = Number(line);
      if (length < 0) return { reply: null, end };
      const reply: Reply[] = [];
      for (let i = 0; i < length; i++) {
        const item = parseReply(buffer, end);
        if (!item) return undefined;
        reply.push(item.reply);
        end = item.end;
      }
      return { reply, end };
    }
    default:
      throw new Error(`Redis answered something else than RESP2: ${line}`);
  }
}
