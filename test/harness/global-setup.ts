/** Once for a whole test run: serves lanes and the browser to the tests' processes. Nothing of them starts before a test asks. */
import type { BrowserServer } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { serve } from '../../dev/http.ts';
import { chromiumPath } from './chromium.ts';
import { LANES, Lane } from './lanes.ts';

export default async function setup(project: TestProject) {
  const lanes = Array.from({ length: LANES }, (_, number) => new Lane(number));
  let browser: Promise<BrowserServer> | undefined;
  const startBrowser = async () => {
    const { chromium } = await import('playwright-core');
    return chromium.launchServer({
      executablePath: chromiumPath() as string,
      args: ['--no-sandbox', '--disable-dev-shm-usage'],
    });
  };
  /** What a path answers; see lane-client.ts. */
  const answer = async (path: string): Promise<unknown> => {
    const [, part, number] = path.split('/');
    if (part === 'browser') {
      browser ??= startBrowser();
      return (await browser).wsEndpoint();
    }
    const lane = lanes[Number(number)];
    if (!lane) throw new Error(`There is no lane ${number}`);
    return part === 'site' ? lane.site() : lane.bindings();
  };
  const door = await serve(async (request, response) => {
    const [status, body] = await answer(request.url ?? '').then(
      (value) => [200, { value }],
      (error: Error) => [500, { error: error.message }],
    );
    response.writeHead(status as number, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  project.provide('lanes', door.url);
  return async () => {
    await door.close();
    await (await browser?.catch(() => undefined))?.close();
    await Promise.all(lanes.map((lane) => lane.close()));
  };
}
