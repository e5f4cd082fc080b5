/** The forms of `/me`. Each is answered with the way back to where it stands, or with what is wrong with it. */
import { type Context, Hono } from 'hono';
import { ImportInput } from '../../domain/account-export.ts';
import type { ParsedLink } from '../../domain/links/parse-link.ts';
import { platformOf } from '../../domain/links/platform-guess.ts';
import { HAS_ALREADY, hasAlready } from '../../domain/links/same-link.ts';
import type { Edit } from '../../domain/owner.ts';
import type { CardChanges } from '../../domain/owner-cards.ts';
import { type FieldError, Problem } from '../../domain/problem.ts';
import {
  AccountRemoval,
  CardInput,
  LinkInput,
  ProfilePatch,
  ReorderInput,
} from '../../domain/profile-input.ts';
import { sturdyCode } from '../../domain/qr/encode.ts';
import { offlineCodeSegments } from '../../domain/tokens/offline-code.ts';
import type { EditorPart } from '../../pages/editor-page.tsx';
import { type FormValues, readFormVersion } from '../../pages/form.tsx';
import type { Published } from '../../services/owner-writes.ts';
import { decoded } from '../body.ts';
import type { AppEnv } from '../context.ts';
import { formIn } from '../form.ts';
import { jsonOf, validated } from '../input.ts';
import { requireOwner } from '../middleware/require-owner.ts';
import { forgetToken } from '../middleware/session-cookie.ts';
import { importedPart, MAX_IMPORT_BYTES } from '../owner/account.ts';
import { OfflinePassInput } from '../owner/offline-pass.ts';
import { formValues, ownData, showCode, showEditor } from './own-pages.tsx';

/** A form as it was sent: its fields, and the edit that insists on the version it was filled from. */
interface Sent {
  values: FormValues;
  edit: Edit;
  /** Of the thing in the path. */
  id: string;
}

type Saved = Pick<Published<unknown>, 'invalidation'>;

const OF_ANOTHER =
  'Nothing was saved: this was filled in for another account than the one that is signed in now. Save it again only if it belongs here.';

export const editorForms = new Hono<AppEnv>()
  .use(requireOwner)

  .post('/profile', (c) =>
    submitted(c, 'edit-profile', 'profile', ({ values, edit }) =>
      c.var.services.ownerEdits.updateProfile(
        edit,
        validated(ProfilePatch, texts(values, ProfilePatch.entries)),
      ),
    ),
  )

  .post('/links', (c) =>
    submitted(c, 'new-link', 'links', async ({ values, edit }) => {
      const link = linkOf(values);
      if (!values.again) await refuseSecond(c, link);
      return c.var.services.ownerEdits.addLink(edit, link);
    }),
  )
  .post('/links/order', (c) =>
    submitted(c, 'order', 'links', ({ values, edit }) => {
      const links = moved(values).map((id, displayOrder) => ({ id, displayOrder }));
      return c.var.services.ownerEdits.reorderLinks(edit, validated(ReorderInput, { links }).links);
    }),
  )
  .post('/links/:id', (c) =>
    submitted(c, `link-${c.req.param('id')}`, 'links', ({ values, edit, id }) =>
      c.var.services.ownerEdits.updateLink(edit, id, linkOf(values)),
    ),
  )
  .post('/links/:id/remove', (c) =>
    submitted(c, `link-${c.req.param('id')}`, 'links', ({ edit, id }) =>
      c.var.services.ownerEdits.removeLink(edit, id),
    ),
  )

  .post('/cards', (c) =>
    submitted(c, 'new-card', 'cards', ({ values, edit }) =>
      c.var.services.ownerEdits.addCard(edit, validated(CardInput, cardOf(values))),
    ),
  )
  .post('/cards/:id', (c) =>
    submitted(c, `card-${c.req.param('id')}`, 'cards', ({ values, edit, id }) =>
      c.var.services.ownerEdits.updateCard(edit, id, changesOf(values)),
    ),
  )
  .post('/cards/:id/default', (c) =>
    submitted(c, `card-${c.req.param('id')}`, 'cards', ({ edit, id }) =>
      c.var.services.ownerEdits.setDefaultCard(edit, id),
    ),
  )
  .post('/cards/:id/remove', (c) =>
    submitted(c, `card-${c.req.param('id')}`, 'cards', ({ edit, id }) =>
      c.var.services.ownerEdits.removeCard(edit, id),
    ),
  )

  .post('/offline-pass', (c) =>
    submitted(c, 'pass', 'offline', async ({ values }) => {
      const { hours } = validated(OfflinePassInput, { hours: Number(values.hours?.[0]) });
      const pass = await c.var.services.offlinePasses.issue(c.var.owner, hours);
      const [{ displayName }] = await ownData(c);
      const code = sturdyCode(offlineCodeSegments(pass.url));
      return showCode(c, { name: displayName, address: pass.url, pass, code }, 201);
    }),
  )
  .post('/offline-pass/revoke', (c) =>
    submitted(c, 'pass', 'offline', ({ edit }) => c.var.services.offlinePasses.revoke(edit)),
  )

  .post('/contacts', (c) =>
    submitted(c, 'contact-settings', 'contacts', ({ values, edit }) => {
      const contactsOpen = values.contactsOpen?.[0] === 'true';
      const contactDays = Number(values.contactDays?.[0]);
      return c.var.services.ownerEdits.updateProfile(
        edit,
        validated(ProfilePatch, { contactsOpen, contactDays }),
      );
    }),
  )

  .post('/import', (c) =>
    submitted(c, 'import', 'account', async ({ edit }) => {
      const everything = validated(ImportInput, await uploadedJson(c));
      return c.var.services.ownerAccount.import(edit, everything);
    }),
  )
  .post('/remove', (c) =>
    submitted(c, 'remove', 'account', async ({ values, edit }) => {
      const { username } = validated(AccountRemoval, texts(values, AccountRemoval.entries));
      await c.var.services.ownerAccount.remove(edit, username);
      forgetToken(c, 'devcard');
      return c.redirect('/', 303);
    }),
  );

/**
 * Saves what a form holds, and leads back to its part of the editor; what is wrong with it is shown there, with all
 * that was typed.
 * @param form its id on the page
 * @throws Problem where the reason is not in the form
 */
async function submitted(
  c: Context<AppEnv>,
  form: string,
  part: EditorPart,
  save: (sent: Sent) => Promise<Saved | Response>,
): Promise<Response> {
  const values = await formValues(c);
  const from = readFormVersion(values.version?.[0] ?? '');
  // Whoever has signed in as somebody else meanwhile: versions of two profiles may be the same number.
  const isOfAnother = from !== undefined && from.id !== c.var.owner.id;
  const edit = { owner: c.var.owner, versions: from === undefined ? [] : [from.version] };
  try {
    if (isOfAnother) throw new Problem('changed-meanwhile');
    const saved = await save({ values, edit, id: c.req.param('id') ?? '' });
    if (saved instanceof Response) return saved;
    const later = saved.invalidation === 'done' ? '' : '&later';
    const upgraded = /^\s*http:/i.test(values.address?.[0] ?? '') ? '&https' : '';
    return c.redirect(`/me?saved=${part}${later}${upgraded}#${part}`, 303);
  } catch (error) {
    if (!(error instanceof Problem) || !isAboutForm(error)) throw error;
    const draft = {
      form,
      values,
      errors: fieldErrors(error),
      complaint: isOfAnother ? OF_ANOTHER : complaintOf(error),
      isConflict: error.code === 'changed-meanwhile',
    };
    return showEditor(c, { draft }, error.status);
  }
}

/** Whether a failure has its reason in what was sent, or in what is there by now. */
function isAboutForm({ status }: Problem): boolean {
  return status < 500 && ![401, 413, 429].includes(status);
}

function fieldErrors({ code, title, errors = [] }: Problem): readonly FieldError[] {
  return code === 'username-taken' ? [{ path: 'username', message: `${title}.` }] : errors;
}

function complaintOf({ code, title, detail, errors }: Problem): string | null {
  switch (code) {
    case 'invalid-input':
      return errors?.length ? null : title;
    case 'username-taken':
      return null;
    case 'changed-meanwhile':
      return 'Nothing was saved: your card was changed in the meantime, in another tab or on another device. What you typed is still here, and what is saved now stands below it where it differs. Do it again if you still want it.';
    case 'link-not-found':
    case 'card-not-found':
      return `${title}: it was removed in the meantime.`;
    default:
      return `${title}. ${detail ?? ''}`;
  }
}

/** The first value of each of these fields that was sent. */
function texts(values: FormValues, fields: object): Record<string, string | undefined> {
  const sent = Object.keys(fields).filter((name) => values[name]);
  return Object.fromEntries(sent.map((name) => [name, values[name]?.[0]]));
}

/** @throws Problem `invalid-input` where the owner has the link already: adding it again is to be on purpose */
async function refuseSecond(c: Context<AppEnv>, link: ParsedLink): Promise<void> {
  const { platformLinks } = await c.var.services.ownerEdits.readProfile(c.var.owner);
  if (!hasAlready(platformLinks, link)) return;
  throw new Problem('invalid-input', { errors: [{ path: 'address', message: HAS_ALREADY }] });
}

/** A link as the form describes it: an address or handle, where that is, and what it is shown as. @throws Problem `invalid-input` */
function linkOf(values: FormValues) {
  const { address = '', platform, label } = texts(values, { address: 0, platform: 0, label: 0 });
  const known = values.instead?.[0] ?? (platform || platformOf(address));
  if (!known && address.trim()) {
    const message = 'Choose where this is, or paste the whole address.';
    throw new Problem('invalid-input', { errors: [{ path: 'platform', message }] });
  }
  const link = label?.trim() ? { username: label, url: address } : { username: address };
  try {
    return validated(LinkInput, { platform: known ?? 'custom', ...link });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const fieldOf: Record<string, string> =
      'url' in link ? { url: 'address', username: 'label' } : { username: 'address' };
    const errors = error.errors?.map(({ path, message }) => ({ path: fieldOf[path] ?? path, message }));
    throw new Problem(error.code, errors && { errors });
  }
}

function cardOf(values: FormValues) {
  return {
    ...texts(values, { title: 0, description: 0, visibility: 0 }),
    linkIds: values.linkIds ?? [],
  };
}

/** The form has no field for the QR code of a card: it stays as it is. @throws Problem `invalid-input` */
function changesOf(values: FormValues): CardChanges {
  const { qrEnabled: _, ...changes } = validated(CardInput, cardOf(values));
  return changes;
}

/** The order that was sent, with the link of the arrow that was pressed one place further. */
function moved({ order = [], up, down }: FormValues): readonly string[] {
  const ids = [...order];
  const from = ids.indexOf(up?.[0] ?? down?.[0] ?? '');
  const to = up ? from - 1 : from + 1;
  const [id, other] = [ids[from], ids[to]];
  if (id !== undefined && other !== undefined) [ids[from], ids[to]] = [other, id];
  return ids;
}

/** What an import reads of the file. @throws Problem `invalid-input` where it is no JSON, `malformed-request`, `too-large` */
async function uploadedJson(c: Context<AppEnv>): Promise<unknown> {
  const [, file] = (await formIn(c, MAX_IMPORT_BYTES)).find(([name]) => name === 'file') ?? [];
  const bytes = await importedPart(file instanceof File ? file.stream() : new Blob().stream());
  decoded(bytes, 'file');
  try {
    return jsonOf(bytes, 'file');
  } catch {
    const message = 'This is not a file that was downloaded here. Choose another one.';
    throw new Problem('invalid-input', { errors: [{ path: '', message }] });
  }
}
