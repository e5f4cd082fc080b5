/** What the drill breaks, and what docs/operations.md promises for it. */
import { type DrillPostgres, type DrillRedis, ROLE } from './servers.ts';

/** The servers to break. */
export interface Servers {
  postgres: DrillPostgres;
  redis: DrillRedis;
}

export interface Fault {
  name: string;
  begin(servers: Servers): Promise<void> | void;
  end(servers: Servers): Promise<void> | void;
  /** The time limit that one request may wait for, of src/settings.ts. */
  limitMs: number;
  /** Whether readers get 503 even where nobody changed the profile. */
  failsReads?: boolean;
}

const UPSTASH_LIMIT_MS = 500;
const NEON_LIMIT_MS = 5_000;

const disconnect = (postgres: DrillPostgres) =>
  postgres.admin(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${ROLE}'`);

/** Signs the Worker's role out, so that it meets what was changed about signing in. */
async function changeRole({ postgres }: Servers, change: string): Promise<void> {
  await postgres.admin(`ALTER ROLE ${ROLE} ${change}`);
  await disconnect(postgres);
}

/** The first is none: what follows is compared with it. */
export const FAULTS: readonly Fault[] = [
  { name: 'none', begin: () => undefined, end: () => undefined, limitMs: UPSTASH_LIMIT_MS },
  {
    name: 'Redis hangs',
    begin: ({ redis }) => redis.pause(),
    end: ({ redis }) => redis.resume(),
    limitMs: UPSTASH_LIMIT_MS,
  },
  {
    name: 'Redis killed',
    begin: ({ redis }) => redis.kill(),
    end: ({ redis }) => redis.start(),
    limitMs: UPSTASH_LIMIT_MS,
  },
  {
    name: 'Redis read-only',
    // A replica whose master is not there goes on answering reads.
    begin: ({ redis }) => redis.admin('REPLICAOF', '127.0.0.1', '1'),
    end: ({ redis }) => redis.admin('REPLICAOF', 'NO', 'ONE'),
    limitMs: UPSTASH_LIMIT_MS,
  },
  {
    name: 'Redis full',
    begin: ({ redis }) => redis.admin('CONFIG', 'SET', 'maxmemory', '1'),
    end: ({ redis }) => redis.admin('CONFIG', 'SET', 'maxmemory', '0'),
    limitMs: UPSTASH_LIMIT_MS,
  },
  {
    name: 'Postgres hangs',
    begin: ({ postgres }) => postgres.pause(),
    end: ({ postgres }) => postgres.resume(),
    limitMs: NEON_LIMIT_MS,
  },
  {
    name: 'Postgres killed',
    begin: ({ postgres }) => postgres.kill(),
    end: ({ postgres }) => postgres.start(),
    limitMs: NEON_LIMIT_MS,
  },
  {
    name: 'Postgres read-only',
    begin: ({ postgres }) => setting(postgres, 'default_transaction_read_only', 'on'),
    end: ({ postgres }) => setting(postgres, 'default_transaction_read_only', 'off'),
    limitMs: NEON_LIMIT_MS,
  },
  {
    name: 'Postgres full',
    // As a disk without space answers (53100).
    async begin({ postgres }) {
      await postgres.admin(`CREATE OR REPLACE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql
        AS $$ BEGIN RAISE EXCEPTION 'no space' USING ERRCODE = '53100'; END $$`);
      await postgres.admin('CREATE TRIGGER full_disk BEFORE UPDATE ON users EXECUTE FUNCTION full_disk()');
    },
    end: async ({ postgres }) => void (await postgres.admin('DROP TRIGGER full_disk ON users')),
    limitMs: NEON_LIMIT_MS,
  },
  {
    name: 'role locked',
    begin: (servers) => changeRole(servers, 'NOLOGIN'),
    end: (servers) => changeRole(servers, 'LOGIN'),
    limitMs: NEON_LIMIT_MS,
  },
  {
    name: 'connections exhausted',
    begin: (servers) => changeRole(servers, 'CONNECTION LIMIT 0'),
    end: (servers) => changeRole(servers, 'CONNECTION LIMIT -1'),
    limitMs: NEON_LIMIT_MS,
  },
  {
    name: 'both killed',
    begin: async ({ postgres, redis }) => void (await Promise.all([postgres.kill(), redis.kill()])),
    end: async ({ postgres, redis }) => void (await Promise.all([postgres.start(), redis.start()])),
    limitMs: NEON_LIMIT_MS,
    failsReads: true,
  },
];

async function setting(postgres: DrillPostgres, name: string, value: string): Promise<void> {
  await postgres.admin(`ALTER SYSTEM SET ${name} = ${value}`);
  await postgres.admin('SELECT pg_reload_conf()');
}
