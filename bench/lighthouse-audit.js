// Runs Lighthouse on one page after another: its parent sends what to look at and gets scores and weights back.
import { launch } from 'chrome-launcher';
import lighthouse, { desktopConfig } from 'lighthouse';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];

process.on('message', async ({ chromePath, url, isDesktop }) => {
  // With a profile of its own, deleted afterwards: nothing is in its cache.
  const chrome = await launch({
    chromePath,
    chromeFlags: FLAGS,
    ignoreDefaultFlags: true,
    logLevel: 'error',
  });
  try {
    const { lhr } = await lighthouse(
      url,
      { port: chrome.port, onlyCategories: CATEGORIES, logLevel: 'error' },
      isDesktop ? desktopConfig : undefined,
    );
    process.send(lhr.runtimeError ? { failure: lhr.runtimeError.message } : summaryOf(lhr));
  } catch (error) {
    process.send({ failure: String(error) });
  } finally {
    chrome.kill();
  }
});

function summaryOf({ categories, audits, lighthouseVersion, environment }) {
  const { items = [] } = audits['network-requests'].details;
  return {
    version: lighthouseVersion,
    chrome: /Chrome\/([\d.]+)/.exec(environment.hostUserAgent)?.[1],
    scores: CATEGORIES.map((id) => Math.round(categories[id].score * 100)),
    lcpMs: audits['largest-contentful-paint'].numericValue,
    cls: audits['cumulative-layout-shift'].numericValue,
    bytes: items.reduce((sum, { transferSize }) => sum + transferSize, 0),
    requests: items.length,
    short: CATEGORIES.flatMap((id) =>
      categories[id].auditRefs
        .filter(({ id, weight }) => weight > 0 && audits[id].score !== null && audits[id].score < 0.9)
        .map(({ id }) => `${id} ${audits[id].displayValue ?? ''}`.trim()),
    ),
  };
}
