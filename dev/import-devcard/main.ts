/** `npm run import-devcard -- postgres://old [--dry-run] [--limit n] [--report folder]`: see docs/moving.md. */
import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openDatabase } from '../../src/drivers/postgres/database.ts';
import { upstashRecordCache } from '../../src/drivers/upstash/record-cache.ts';
import { DEFAULT_SETTINGS } from '../../src/settings.ts';
import { checkDatabaseUrl } from '../checks.ts';
import { Complaint, reportFailure } from '../complaint.ts';
import { connectOld } from './connect.ts';
import { importPeople } from './import.ts';
import { NewDatabase } from './new-database.ts';
import { OldDatabase } from './old-database.ts';
import { progressLine, summary } from './report.ts';

/** Longer than a page's wait for an answer: nobody looks at an import. */
const TIMEOUT_MS = 30_000;
const PROGRESS_MS = 1_000;

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      'dry-run': { type: 'boolean', default: false },
      limit: { type: 'string' },
      report: { type: 'string', default: '.' },
    },
  });
  const [oldUrl] = positionals;
  if (!oldUrl || positionals.length > 1)
    throw new Complaint(
      'Which database? npm run import-devcard -- postgres://user:password@host/name [--dry-run]',
    );
  if (values.limit !== undefined && !/^[1-9]\d{0,8}$/.test(values.limit))
    throw new Complaint('--limit takes a number of people, such as 100.');
  await runImport(oldUrl, {
    dryRun: values['dry-run'],
    limit: values.limit === undefined ? undefined : Number(values.limit),
    folder: values.report,
  });
} catch (error) {
  reportFailure(error);
}

async function runImport(
  oldUrl: string,
  given: { dryRun: boolean; limit: number | undefined; folder: string },
) {
  const { DATABASE_URL = '', NEON_FETCH_ENDPOINT } = process.env;
  const { UPSTASH_REDIS_REST_URL, UPSTASH_REDIS_REST_TOKEN } = process.env;
  checkDatabaseUrl(DATABASE_URL);
  if (!UPSTASH_REDIS_REST_URL || !UPSTASH_REDIS_REST_TOKEN)
    throw new Complaint(
      'UPSTASH_REDIS_REST_URL and UPSTASH_REDIS_REST_TOKEN are missing: caches forget imported names.',
    );
  const cache = upstashRecordCache({
    url: UPSTASH_REDIS_REST_URL,
    token: UPSTASH_REDIS_REST_TOKEN,
    timeoutMs: TIMEOUT_MS,
    fenceTtlSeconds: DEFAULT_SETTINGS.FENCE_TTL_SECONDS,
  });
  const to = new NewDatabase(
    openDatabase({ databaseUrl: DATABASE_URL, fetchEndpoint: NEON_FETCH_ENDPOINT, timeoutMs: TIMEOUT_MS }),
  );
  const started = Date.now();
  const stamp = new Date(started).toISOString().slice(0, 19).replaceAll(':', '');
  const file = join(given.folder, `devcard-import-${stamp}`);
  const details = `${file}.jsonl`;
  // It holds names and addresses.
  await writeFile(details, '', { mode: 0o600 });
  const client = await connectOld(oldUrl);
  try {
    const from = await OldDatabase.open(client);
    let shown = 0;
    const tally = await importPeople({
      from,
      to,
      dryRun: given.dryRun,
      limit: given.limit,
      forget: (names) => cache.invalidate(names),
      report: (lines) => appendFile(details, lines),
      progress(tally) {
        const now = Date.now();
        if (now - shown < PROGRESS_MS) return;
        shown = now;
        console.error(progressLine(tally, now - started));
      },
    });
    const text = summary(tally, { dryRun: given.dryRun, elapsedMs: Date.now() - started, details });
    await writeFile(`${file}.txt`, text, { mode: 0o600 });
    console.log(text);
  } finally {
    await client.end();
  }
}
