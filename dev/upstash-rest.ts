/** A stand-in for Upstash's REST interface over any Redis: what @upstash/redis speaks to. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RedisEngine } from './engines/redis.ts';
import { RedisError, type Reply } from './engines/resp.ts';
import { type Listening, readText, serve } from './http.ts';

type Result = { result: unknown } | { error: string };

/** Serves `/` (one command), `/pipeline` and `/multi-exec` to callers who bear `token`. */
export function startUpstashRest(engine: RedisEngine, token: string): Promise<Listening> {
  return serve(async (request, response) => {
    const body = await readText(request);
    if (request.headers.authorization !== `Bearer ${token}`)
      return sendJson(response, 401, { error: 'WRONGPASS invalid or missing auth token' });
    try {
      sendJson(response, 200, await answer(engine, request, JSON.parse(body)));
    } catch (error) {
      if (error instanceof RedisError) return sendJson(response, 400, { error: error.message });
      if (error instanceof SyntaxError || error instanceof TypeError)
        return sendJson(response, 400, { error: 'ERR failed to parse command' });
      sendJson(response, 500, { error: `ERR ${(error as Error).message}` });
    }
  });
}

async function answer(engine: RedisEngine, { url, headers }: IncomingMessage, body: unknown[]) {
  const encode = headers['upstash-encoding'] === 'base64' ? toBase64 : (reply: Reply) => reply;
  const toResult = (reply: Reply): Result =>
    reply instanceof RedisError ? { error: reply.message } : { result: encode(reply) };
  switch (url) {
    case '/':
      return toResult(await engine.call(parseCommand(body)));
    case '/pipeline': {
      const replies = body.map(parseCommand).map((command) =>
        engine.call(command).catch((error) => {
          if (error instanceof RedisError) return error;
          throw error;
        }),
      );
      return (await Promise.all(replies)).map(toResult);
    }
    case '/multi-exec':
      return (await engine.transaction(body.map(parseCommand))).map(toResult);
    default:
      throw new RedisError(`ERR unknown path '${url}'`);
  }
}

/** The words of a command: JSON strings as they are, everything else as JSON. */
export function parseCommand(words: unknown): string[] {
  if (!Array.isArray(words) || words.length === 0) throw new TypeError('not a command');
  return words.map((word) => (typeof word === 'string' ? word : JSON.stringify(word)));
}

function toBase64(reply: Reply): unknown {
  if (Array.isArray(reply)) return reply.map(toBase64);
  return typeof reply === 'string' && reply !== 'OK' ? Buffer.from(reply).toString('base64') : reply;
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}
