/** `/api/profiles/me`: owners read and change their own profile, and what belongs to it. */
import { Hono } from 'hono';
import { ProfilePatch } from '../../domain/profile-input.ts';
import type { AppEnv } from '../context.ts';
import { jsonBody } from '../input.ts';
import { requireOwner } from '../middleware/require-owner.ts';
import { ownerAccount } from './account.ts';
import { ownerLinks } from './links.ts';
import { offlinePass } from './offline-pass.ts';
import { editOf, versionTag, writeHeaders } from './preconditions.ts';

export const ownerProfile = new Hono<AppEnv>()
  .use(requireOwner)
  .get('/', async (c) => {
    const { version, ...profile } = await c.var.services.ownerEdits.readProfile(c.var.owner);
    return c.json(profile, 200, versionTag(version));
  })
  .put('/', jsonBody(ProfilePatch), async (c) => {
    const published = await c.var.services.ownerEdits.updateProfile(editOf(c), c.req.valid('json'));
    const { version, ...profile } = published.value;
    return c.json(profile, 200, writeHeaders(published));
  })
  .route('/', ownerAccount)
  .route('/links', ownerLinks)
  .route('/offline-pass', offlinePass);
