/** `POST /u/:username/contact`: visitors leave their details. The form stands on the public page; it needs no script. */
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { type ContactDetails, USUAL_CONTACT_DAYS } from '../../domain/contacts/contact.ts';
import {
  ContactBody,
  type ContactField,
  readContact,
  type TypedContact,
} from '../../domain/contacts/contact-input.ts';
import { type FormStamp, MIN_FORM_SECONDS } from '../../domain/contacts/form-stamp.ts';
import type { KeyedRequest } from '../../domain/idempotency.ts';
import type { ProfileRecord } from '../../domain/name-record.ts';
import { Problem } from '../../domain/problem.ts';
import {
  CARD_BUTTON,
  contactFormPage,
  contactRefusedPage,
  contactSentPage,
  STAMP_FIELD,
  TRAP_FIELD,
} from '../../pages/contact-form.tsx';
import { digest } from '../../pages/digest.ts';
import { type PageParts, renderPage } from '../../pages/layout.tsx';
import { signInPage } from '../../pages/sign-in-page.tsx';
import { mediaTypeOf } from '../body.ts';
import type { AppEnv } from '../context.ts';
import { HTML } from '../docs/operation.ts';
import { formIn } from '../form.ts';
import { jsonIn } from '../input.ts';
import { idempotencyKey } from '../middleware/idempotency.ts';
import { sessionOf } from '../middleware/require-owner.ts';
import { requireSameOrigin } from '../middleware/same-origin.ts';
import { challenge, wantsPage } from '../problem-answer.ts';
import { isMoved, redirectToNewName } from '../public/moved.ts';
import { route } from '../route.ts';
import { textsFor } from './pages.ts';

/** Four short texts. */
const MAX_CONTACT_BYTES = 8 * 1024;

export const contact = [
  route('POST /u/:username/contact', {
    access: 'signIn',
    limit: 'contacts',
    docs: DESCRIBED && {
      id: 'leaveDetails',
      summary: 'Leave details with an owner, by the form on their page or with an `Idempotency-Key`',
      kind: 'page',
      answer: ['Message', HTML],
      status: 201,
      others: { 308: 'The user has another name now' },
      body: ContactBody,
      form: true,
      idempotent: true,
      problems: [
        'invalid-username',
        'unauthorized',
        'forbidden',
        'contacts-closed',
        'user-not-found',
        'contacts-full',
        'too-many-requests',
        'unavailable',
      ],
      example: {
        params: { username: 'devcard-demo' },
        body: { card: true, place: 'Royal Society' },
        answer: { message: 'Details sent' },
      },
    },
    handle: receive,
  }),
];

async function receive(c: Context<AppEnv, '/u/:username/contact'>): Promise<Response> {
  requireSameOrigin(c);
  const { contacts, publicProfiles } = c.var.services;
  const found = await publicProfiles.find(c.req.param('username'));
  if (isMoved(found)) return redirectToNewName(c, found, 308);
  const { record } = found;
  const text = textsFor(c);
  const { contactDays } = record;
  if (!contactDays || !contacts.isOn) return refused(c, record, new Problem('contacts-closed'));

  const { typed, isGift, isTrapped, stamp: sentStamp } = await sentIn(c);
  const stamp = await stampOf(c, record, sentStamp);
  const card = isGift ? await ownCard(c) : undefined;
  if (isGift && !card) return signInFirst(c, record);
  const input = readContact(typed, card);

  const isTooFast = !stamp || stamp.ageSeconds < MIN_FORM_SECONDS;
  if (!input.ok || (isTooFast && !card)) {
    const faults = input.ok ? new Map<ContactField, never>() : input.faults;
    if (!wantsPage(c)) throw unsent(faults.keys());
    const fresh = stamp ? sentStamp : ((await contacts.stamp(record)) ?? '');
    const draft = { typed, faults };
    return show(c, contactFormPage({ record: { ...record, contactDays }, text, stamp: fresh, draft }), 400);
  }
  const days = Math.min(stamp?.days ?? contactDays, contactDays);
  // A person sees no such field. What fills it in is told that all went well.
  if (!isTrapped) {
    try {
      await contacts.leave(record, input.details, days, await requestOf(c, sentStamp, input.details));
    } catch (error) {
      if (error instanceof Problem && /^contacts-/.test(error.code)) return refused(c, record, error);
      throw error;
    }
  }
  if (!wantsPage(c)) return c.json({ message: 'Details sent' }, 201);
  return show(c, contactSentPage(record, text, days), 201);
}

/** What a visitor sent: typed texts, or the wish to give their own card. */
interface Sent {
  typed: TypedContact;
  isGift: boolean;
  /** Whether the field is filled in that nobody sees. */
  isTrapped: boolean;
  stamp: string;
}

/** @throws Problem as `jsonIn` and `formIn` */
async function sentIn(c: Context<AppEnv>): Promise<Sent> {
  if (mediaTypeOf(c).endsWith('json')) {
    const { card, ...typed } = await jsonIn(c, ContactBody, { maxBodyBytes: MAX_CONTACT_BYTES });
    return { typed, isGift: card, isTrapped: false, stamp: '' };
  }
  const form = new Map(await formIn(c, MAX_CONTACT_BYTES));
  const text = (name: string) => String(form.get(name) ?? '').replaceAll('\r\n', '\n');
  const typed = { name: text('name'), reach: text('reach'), place: text('place'), note: text('note') };
  return {
    typed,
    isGift: form.has(CARD_BUTTON),
    isTrapped: text(TRAP_FIELD) !== '',
    stamp: text(STAMP_FIELD),
  };
}

/** An app that sends later what was typed without a network has no form of ours, but a key of its own. */
async function stampOf(
  c: Context<AppEnv>,
  record: ProfileRecord,
  stamp: string,
): Promise<FormStamp | undefined> {
  if (!stamp && idempotencyKey(c) !== undefined)
    return { days: USUAL_CONTACT_DAYS, ageSeconds: MIN_FORM_SECONDS };
  return c.var.services.contacts.readStamp(record, stamp);
}

/** The same details from the same form, or with the same key, are kept once. */
async function requestOf(c: Context<AppEnv>, stamp: string, details: ContactDetails): Promise<KeyedRequest> {
  const requestHash = await digest(JSON.stringify(details), 'base64url');
  const key = idempotencyKey(c) ?? `${stamp || crypto.randomUUID()} ${requestHash}`;
  return { keyHash: await digest(key, 'base64url'), requestHash };
}

/** The card of a visitor who is signed in. */
async function ownCard(c: Context<AppEnv>): Promise<Pick<ContactDetails, 'name' | 'reach'> | undefined> {
  const session = await sessionOf(c);
  return session && c.var.services.contacts.cardOf(session.owner);
}

/** The ways in, which lead back to where the form stands. */
async function signInFirst(c: Context<AppEnv>, { profile }: ProfileRecord): Promise<Response> {
  if (!wantsPage(c)) throw new Problem('unauthorized');
  const { offers } = c.var.services.signIn;
  return show(c, signInPage(textsFor(c), { offers, returnTo: `/u/${profile.username}` }), 401, {
    'WWW-Authenticate': challenge(c),
  });
}

function unsent(faults: Iterable<ContactField>): Problem {
  const fields = [...faults];
  const errors = fields.map((path) => ({ path, message: 'This is missing, too long, or leads nowhere.' }));
  return new Problem(
    'invalid-input',
    fields.length > 0 ? { errors } : { detail: 'Check this and send it again.' },
  );
}

async function refused(c: Context<AppEnv>, record: ProfileRecord, problem: Problem): Promise<Response> {
  if (!wantsPage(c)) throw problem;
  return show(c, contactRefusedPage(record, textsFor(c)), problem.status);
}

async function show(
  c: Context<AppEnv>,
  page: PageParts,
  status: number,
  more: Record<string, string> = {},
): Promise<Response> {
  const { html, headers } = await renderPage(page);
  return c.html(html, status as ContentfulStatusCode, { ...headers, ...more, 'Cache-Control': 'no-store' });
}
