/** Ada of the local stack, of whom the examples of the API's description speak. */
import { env } from 'cloudflare:workers';
import { parseKeyRing } from '../../src/domain/tokens/key-ring.ts';
import { signOwnerSession } from '../../src/domain/tokens/owner-session.ts';
import { ADA_ID } from '../../src/routes/docs/examples.ts';
import { LOCAL_ORIGIN } from './browser.ts';

/** Her token for a Worker on a developer's machine. */
export async function adasToken(): Promise<string> {
  const ring = parseKeyRing(env.SESSION_KEYS, 'HS256');
  const now = Math.floor(Date.now() / 1000);
  return signOwnerSession({ id: ADA_ID, epoch: 0 }, { ring, origin: LOCAL_ORIGIN, now });
}
