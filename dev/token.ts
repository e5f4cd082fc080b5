/** `npm run token -- <username>`: prints an owner's token for the running local stack. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { eq } from 'drizzle-orm';
import { parseKeyRing } from '../src/domain/tokens/key-ring.ts';
import { signOwnerSession } from '../src/domain/tokens/owner-session.ts';
import { usernames, users } from '../src/drivers/postgres/schema.ts';
import { Complaint, reportFailure } from './complaint.ts';
import { DATA_DIR } from './data-dir.ts';
import { openDatabase } from './migrate.ts';
import type { WorkerVariables } from './stack.ts';

const ENV_FILE = join(DATA_DIR, 'worker.env');

if (import.meta.main) {
  try {
    const [, , username] = process.argv;
    if (!username) throw new Complaint('Whose token? For example: npm run token -- devcard-demo');
    console.log(await tokenFor(username, await localVariables()));
  } catch (error) {
    reportFailure(error);
  }
}

/**
 * Signs a session of a user of the stack that these variables name.
 * @throws Complaint when the stack does not answer or has no such user
 */
export async function tokenFor(username: string, variables: WorkerVariables): Promise<string> {
  const owners = await openDatabase(variables)
    .select({ id: users.id, epoch: users.sessionEpoch })
    .from(usernames)
    .innerJoin(users, eq(users.id, usernames.userId))
    .where(eq(usernames.key, username.toLowerCase()))
    .catch(() => {
      throw new Complaint('The local stack does not answer: start it with `npm run dev`.');
    });
  const [owner] = owners;
  if (!owner) throw new Complaint(`The local stack has no user «${username}».`);
  return signOwnerSession(owner, {
    ring: parseKeyRing(variables.SESSION_KEYS, 'HS256'),
    origin: variables.PUBLIC_ORIGIN,
    now: Math.floor(Date.now() / 1000),
  });
}

async function localVariables(): Promise<WorkerVariables> {
  const text = await readFile(ENV_FILE, 'utf8').catch(() => {
    throw new Complaint('There is no local stack yet: start it with `npm run dev`.');
  });
  return parseEnv(text) as unknown as WorkerVariables;
}
