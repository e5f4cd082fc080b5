/** axe-core on a page: what it finds, as short texts. */
import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const axeSource = readFileSync(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/** Every violation, or those of some rules, with the elements at fault; none on a page that is as it should be. */
export async function axeViolations(page: Page, rules?: string[]): Promise<string[]> {
  // Through the debugger, which the page's Content-Security-Policy does not bind.
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(
    (runOnly) =>
      (globalThis as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run(
        runOnly ? { runOnly } : {},
      ),
    rules,
  );
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  );
}
