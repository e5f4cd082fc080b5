/** `/api/profiles/me/offline-pass`: owners make a code that lives for hours or days, and revoke all such codes. Mounted behind `requireOwner`. */
import { type Context, Hono } from 'hono';
import * as v from 'valibot';
import { Problem } from '../../domain/problem.ts';
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
  /** With the links of one card alone. */
  cardId: v.optional(v.string()),
});

/** Signs a pass of the whole profile, or of one card. @throws Problem `card-not-found` */
async function issuePass(c: Context<AppEnv>, { hours, cardId }: v.InferOutput<typeof OfflinePassInput>) {
  const { offlinePasses, ownerEdits } = c.var.services;
  if (cardId === undefined) return offlinePasses.issue(c.var.owner, hours);
  const { cards } = await ownerEdits.listCards(c.var.owner);
  const card = cards.find(({ id }) => id === cardId);
  if (!card) throw new Problem('card-not-found');
  return offlinePasses.issue(
    c.var.owner,
    hours,
    card.links.map(({ id }) => id),
  );
}

export const offlinePass = new Hono<AppEnv>()
  .post('/', jsonBody(OfflinePassInput), async (c) => c.json(await issuePass(c, c.req.valid('json')), 201))
  .delete('/', async (c) => {
    const published = await c.var.services.offlinePasses.revoke(editOf(c));
    return c.body(null, 204, writeHeaders(published));
  });
