/** How a test file in Node asks for what its lane has; see lanes.ts. */
import { inject } from 'vitest';
import type { TestBindings } from './bindings.ts';
import { askLanes, type ServedSite } from './lanes.ts';

/** The lane of the process or thread that runs this file: as many run at once as there are lanes. */
const lane = () => Number(process.env.VITEST_POOL_ID) - 1;

/** The variables of a Worker on this lane. */
export const laneBindings = () => askLanes<TestBindings>(inject('lanes'), `bindings/${lane()}`);

/** The site of this lane. */
export const laneSite = () => askLanes<ServedSite>(inject('lanes'), `site/${lane()}`);

/** Where the one Chromium of this run listens. */
export const sharedBrowser = () => askLanes<string>(inject('lanes'), 'browser');
