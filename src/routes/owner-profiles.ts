/** `/api/profiles/me`: owners read and change their own profile. */
import { Hono } from 'hono';
import { ProfilePatch } from '../domain/profile-input.ts';
import { type AppEnv, jsonBody } from './http.ts';
import { signedIn } from './signed-in.ts';

export const ownerProfiles = new Hono<AppEnv>()
  .use(signedIn)
  .get('/me', async (c) => {
    const { version, ...profile } = await c.var.services.ownerProfiles.read(c.var.owner);
    return c.json(profile, 200, { ETag: `"${version}"` });
  })
  .put('/me', jsonBody(ProfilePatch), async (c) => {
    const { value, invalidation } = await c.var.services.ownerProfiles.update(
      c.var.owner,
      c.req.valid('json'),
    );
    const { version, ...profile } = value;
    return c.json(profile, 200, { ETag: `"${version}"`, 'X-Cache-Invalidation': invalidation });
  });
