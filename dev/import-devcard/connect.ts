/** The connection to an existing DevCard's database. */
import pg from 'pg';
import { Complaint, reasonOf } from '../complaint.ts';

const CONNECTION_TIMEOUT_MS = 10_000;

/** Values stay the text that Postgres sent: times and numbers are read where they are used. */
const AS_TEXT = {
  getTypeParser: () => (text: string | Buffer) => text,
} as unknown as pg.CustomTypesConfig;

/** Connects. @throws Complaint, which does not repeat the address: it may hold a password */
export async function connectOld(url: string): Promise<pg.Client> {
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url))
    throw new Complaint('The old database must look like postgres://user:password@host/name.');
  // Prisma's own parameters, such as ?schema=public, mean nothing to Postgres.
  const address = new URL(url);
  for (const name of ['schema', 'connection_limit', 'pool_timeout', 'pgbouncer'])
    address.searchParams.delete(name);
  const client = new pg.Client({
    connectionString: address.href,
    connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
    types: AS_TEXT,
  });
  // A connection that drops fails the query under way; without this it would end the process, too.
  client.on('error', () => {});
  await client.connect().catch((error) => {
    throw new Complaint(`The old database does not answer (${reasonOf(error)}).`);
  });
  return client;
}
