/**
 * `npm run bench`: the production bundle in bare workerd beside what people would pick instead, in one run.
 * `--only HIT,JSON` measures these scenarios alone, `--check` fails when a bar is missed. Instead of
 * that, `--size` tells size and start-up, `--profile <path>` where the processor's time goes, `--growth` looks at a
 * million profiles, `--lighthouse` at the pages.
 */
import { parseArgs } from 'node:util';
import { Complaint, reportFailure } from '../dev/complaint.ts';
import { bundleWorker, startupCpuMs } from './bundle.ts';
import { compare, sizeVerdict } from './compare.ts';
import { growth } from './growth.ts';
import { lighthouse } from './lighthouse.ts';
import { stopOnSignal } from './processes.ts';
import { profile } from './profile.ts';
import type { Verdict } from './report.ts';
import { REACHED_GZIP_BYTES } from './scenarios.ts';

try {
  const { values: flags } = parseArgs({
    options: {
      check: { type: 'boolean' },
      only: { type: 'string' },
      size: { type: 'boolean' },
      profile: { type: 'string' },
      growth: { type: 'boolean' },
      lighthouse: { type: 'boolean' },
    },
  });
  await using parts = new AsyncDisposableStack();
  stopOnSignal(parts);
  const measured = () => {
    if (flags.size) return reportSize(parts);
    if (flags.profile) return profile(parts, flags.profile);
    if (flags.growth) return growth(parts);
    if (flags.lighthouse) return lighthouse(parts);
    return compare(parts, flags.only?.split(','));
  };
  const verdicts = await measured();
  for (const { cleared, text } of verdicts) console.log(`${cleared ? ' ✓' : ' ✗'} ${text}`);
  const missed = verdicts.filter(({ cleared }) => !cleared).length;
  if (verdicts.length > 0) console.log(`\n${verdicts.length - missed} of ${verdicts.length} bars cleared`);
  if ((flags.check || flags.growth || flags.lighthouse) && missed > 0) process.exitCode = 1;
} catch (error) {
  reportFailure(error);
}

/** Time is a report, because machines differ; size fails the command when it grows. */
async function reportSize(parts: AsyncDisposableStack): Promise<Verdict[]> {
  console.log(`Start-up: ${(await startupCpuMs(parts)).toFixed(1)} ms of processor time\n`);
  const bundle = await bundleWorker(parts);
  if (bundle.gzipBytes > REACHED_GZIP_BYTES)
    throw new Complaint(
      `The Worker's JavaScript has grown to ${bundle.gzipBytes} bytes, beyond ${REACHED_GZIP_BYTES}.`,
    );
  return [sizeVerdict(bundle)];
}
