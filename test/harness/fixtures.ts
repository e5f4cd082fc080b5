/** People and requests of the Worker's tests. */
import { env, exports } from 'cloudflare:workers';
import { vi } from 'vitest';
import { parseKeyRing } from '../../src/domain/tokens/key-ring.ts';
import { signOwnerSession } from '../../src/domain/tokens/owner-session.ts';
import { neon, sql } from './worker.ts';

let people = 0;

/** A name that no other test of this isolate has used: the isolate tier outlives a test. */
export function freshName(): string {
  people += 1;
  return `Person-${people}-${crypto.randomUUID().slice(0, 8)}`;
}

/** A card owner with two links, in Postgres. */
export async function createPerson(username = freshName()) {
  const id = crypto.randomUUID();
  await sql(
    `WITH person AS (INSERT INTO users (id, username, display_name, bio, email) VALUES ($1, $2, 'Ada Lovelace', 'Notes', 'ada@private.example')),
      name AS (INSERT INTO usernames (key, user_id) VALUES (lower($2), $1))
     INSERT INTO platform_links (user_id, platform, username, url, display_order) VALUES
       ($1, 'github', 'ada', 'https://github.com/ada', 1), ($1, 'npm', 'ada', 'https://www.npmjs.com/~ada', 0)`,
    [id, username],
  );
  return { id, username, token: await ownerToken(id) };
}

/** An owner's token as the Worker signs it. */
export async function ownerToken(id: string, epoch = 0, origin = env.PUBLIC_ORIGIN): Promise<string> {
  const ring = parseKeyRing(env.SESSION_KEYS, 'HS256');
  return signOwnerSession({ id, epoch }, { ring, origin, now: Math.floor(Date.now() / 1000) });
}

/** Asks the Worker through its front door. */
export function ask(path: string, init?: RequestInit): Promise<Response> {
  return exports.default.fetch(new URL(path, env.PUBLIC_ORIGIN).href, init);
}

/** Asks as an owner, with a JSON body if there is one. */
export function askAs(token: string, method: string, path: string, body?: unknown): Promise<Response> {
  return ask(path, {
    method,
    headers: {
      Authorization: `Bearer ${token}`,
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
}

/** Fields of a form; a list has several of its name. */
export type Fields = Record<string, string | readonly string[]>;

/** Sends a form as an owner. */
export function submitAs(token: string, path: string, fields: Fields): Promise<Response> {
  const body = new URLSearchParams(
    Object.entries(fields).flatMap(([name, value]) => [value].flat().map((each) => [name, each])),
  );
  const headers = { Authorization: `Bearer ${token}`, Accept: 'text/html' };
  return ask(path, { method: 'POST', headers, body, redirect: 'manual' });
}

/** Moves the Worker's clock, and only it: Redis keeps its own time. */
export function passSeconds(seconds: number): void {
  vi.setSystemTime(Date.now() + seconds * 1000);
}

/** Stops the clock; `vi.useRealTimers()` in `afterEach` lets it go again. */
export function stopClock(): void {
  vi.useFakeTimers({ toFake: ['Date'] });
}

/** More than the isolate tier keeps a copy, so that the next request asks Upstash. */
export const PAST_ISOLATE_TIER_SECONDS = 6;

/** Sends requests so that their writes reach Postgres at the same moment. @param part a text in each write's statement */
export async function atOnce(part: string, requests: (() => Promise<Response>)[]): Promise<Response[]> {
  // A connection for each, open beforehand: else the first write is over before the second connection is there.
  await Promise.all(requests.map(() => sql('SELECT pg_sleep(0.03)')));
  const gate = await neon.gate({ at: 'request', match: part });
  const answers = Promise.all(requests.map((request) => request()));
  await neon.held(gate, requests.length);
  await neon.release(gate);
  return answers;
}
