/** `/api/profiles/me/offline-pass`: owners make a code that lives for hours or days, and revoke all such codes. Mounted behind `requireOwner`. */
import { Hono } from 'hono';
import * as v from 'valibot';
import { OFFLINE_PASS_MAX_HOURS } from '../../domain/tokens/offline-code.ts';
import type { AppEnv } from '../context.ts';
import { jsonBody } from '../input.ts';
import { editOf, writeHeaders } from './preconditions.ts';

const HOURS = `Give whole hours from 1 to ${OFFLINE_PASS_MAX_HOURS}.`;

export const OfflinePassInput = v.strictObject({
  hours: v.pipe(
    v.number(HOURS),
    v.integer(HOURS),
    v.minValue(1, HOURS),
    v.maxValue(OFFLINE_PASS_MAX_HOURS, HOURS),
  ),
});

export const offlinePass = new Hono<AppEnv>()
  .post('/', jsonBody(OfflinePassInput), async (c) =>
    c.json(await c.var.services.offlinePasses.issue(c.var.owner, c.req.valid('json').hours), 201),
  )
  .delete('/', async (c) => {
    const published = await c.var.services.offlinePasses.revoke(editOf(c));
    return c.body(null, 204, writeHeaders(published));
  });
