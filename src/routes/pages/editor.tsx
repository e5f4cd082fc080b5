/** `/me`: the owner's editor, a look at the card before it is saved, and its code to hold up. */
import { type Context, Hono } from 'hono';
import { recordAfter } from '../../domain/own-record.ts';
import { Problem } from '../../domain/problem.ts';
import { ProfilePatch } from '../../domain/profile-input.ts';
import type { EditorPart } from '../../pages/editor-page.tsx';
import { profilePage } from '../../pages/profile-page.tsx';
import { addressOnPage } from '../../pages/qr.tsx';
import { requireUtf8Query } from '../body.ts';
import type { AppEnv } from '../context.ts';
import { validated } from '../input.ts';
import { requireOwner } from '../middleware/require-owner.ts';
import { requireSameOrigin } from '../middleware/same-origin.ts';
import { ownData, showCode, showEditor, showOwnPage } from './own-pages.tsx';
import { scriptPath } from './page-files.ts';
import { codeLook, textsFor } from './pages.ts';

const PARTS: readonly EditorPart[] = ['profile', 'links', 'cards', 'offline', 'contacts', 'account'];

export const editor = new Hono<AppEnv>()
  .use('/me', requireOwner)
  .get('/me', (c) => {
    const { saved, later, https } = c.req.query();
    const part = PARTS.find((one) => one === saved);
    return showEditor(c, {
      saved: part && { part, isShown: later === undefined, isUpgraded: https !== undefined },
    });
  })

  .get('/me/preview', requireOwner, async (c) => {
    // Only inside the editor: an address from elsewhere must not put words onto somebody's card.
    requireSameOrigin(c);
    const [profile, { cards }] = await ownData(c);
    const record = recordAfter(profile, cards, possiblePatch(c));
    const page = profilePage(record, {
      text: textsFor(c),
      origin: c.var.origin,
      scriptPath: await scriptPath('buttons'),
      tag: String(profile.version),
      // Nothing can be sent from here.
      contactStamp: c.var.services.contacts.isOn ? '' : undefined,
    });
    const head = (
      <>
        {page.head}
        <base target="_blank" />
      </>
    );
    return showOwnPage(c, { ...page, head, policy: { 'frame-ancestors': "'self'" } });
  })

  .get('/me/code', requireOwner, async (c) => {
    const [{ username, displayName, qrStyle }, { cards }] = await ownData(c);
    const cardId = c.req.query('card');
    const card = cards.find(
      ({ id, visibility, qrEnabled }) => id === cardId && visibility !== 'PRIVATE' && qrEnabled,
    );
    if (cardId !== undefined && !card) throw new Problem('card-not-found');
    const address = `${c.var.origin}/u/${username}${card ? `/card/${card.id}` : ''}`;
    const name = card ? `${card.title} – ${displayName}` : displayName;
    const shown = addressOnPage(address, await codeLook(c, qrStyle, displayName));
    const picturePath = card ? undefined : `/api/public/${username}/qr`;
    return showCode(c, { name, address, ...shown, picturePath });
  });

/** What the form would change; a field that could not be saved stays as it is. */
function possiblePatch(c: Context<AppEnv>) {
  requireUtf8Query(c);
  const query = c.req.query();
  const fields = Object.keys(ProfilePatch.entries).filter((field) => field in query);
  const input = Object.fromEntries(fields.map((field) => [field, query[field]]));
  try {
    return validated(ProfilePatch, input);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    for (const { path } of error.errors ?? []) delete input[path];
    return validated(ProfilePatch, input);
  }
}
