/** The JSON that routes answer, as schemas: the compiler holds them to the types that the services return. */
import * as v from 'valibot';
import type { PublicCard } from '../src/domain/name-record.ts';
import type { OwnLink, OwnProfile, OwnProfileWithLinks } from '../src/domain/owner.ts';
import type { OwnCard } from '../src/domain/owner-cards.ts';
import type { PublicProfile } from '../src/domain/profile.ts';
import type { QrSession } from '../src/services/qr-sessions.ts';
import type { ReadinessReport } from '../src/services/readiness.ts';

const optional = v.nullable(v.string());
const id = v.pipe(v.string(), v.uuid());

const fields = {
  username: v.string(),
  displayName: v.string(),
  bio: optional,
  pronouns: optional,
  role: optional,
  company: optional,
  avatarUrl: optional,
  accentColor: v.string(),
};

const ownLink = v.strictObject({
  id,
  platform: v.string(),
  username: v.string(),
  url: v.string(),
  displayOrder: v.number(),
}) satisfies v.GenericSchema<OwnLink>;

const publicLink = v.strictObject({ ...ownLink.entries, followed: v.literal(false) });
const ownProfile = { ...fields, id, email: optional, theme: v.string() };
const state = v.strictObject({ status: v.picklist(['ok', 'failing']), latencyMs: v.number() });

/** Bodies of successful answers, by the name that they have in the description. */
export const ANSWERS = {
  PublicProfile: v.strictObject({
    ...fields,
    links: v.array(publicLink),
  }) satisfies v.GenericSchema<PublicProfile>,
  PublicCard: v.strictObject({
    id,
    title: v.string(),
    owner: v.strictObject(fields),
    links: v.array(publicLink),
  }) satisfies v.GenericSchema<PublicCard>,
  QrSession: v.strictObject({
    token: v.string(),
    tokenType: v.literal('JWT'),
    expiresIn: v.number(),
    expiresAt: v.pipe(v.string(), v.isoTimestamp()),
    offlineUrl: v.string(),
  }) satisfies v.GenericSchema<QrSession>,
  VerifiedQr: v.strictObject({
    outcome: v.picklist(['fresh', 'expired', 'revoked', 'unknown-key', 'not-authentic']),
    authentic: v.boolean(),
    issuedAt: optional,
    expiresAt: optional,
    card: v.nullable(v.looseObject({ username: v.string() })),
  }),
  KeySet: v.looseObject({ keys: v.array(v.looseObject({ kty: v.string(), kid: v.string() })) }),
  AccessToken: v.strictObject({
    accessToken: v.string(),
    tokenType: v.literal('Bearer'),
    expiresIn: v.number(),
  }),
  OwnProfile: v.strictObject(ownProfile) satisfies v.GenericSchema<Omit<OwnProfile, 'version'>>,
  OwnProfileWithLinks: v.strictObject({
    ...ownProfile,
    platformLinks: v.array(ownLink),
    defaultCardId: optional,
  }) satisfies v.GenericSchema<Omit<OwnProfileWithLinks, 'version'>>,
  OwnLink: ownLink,
  OwnCard: v.strictObject({
    id,
    title: v.string(),
    description: optional,
    visibility: v.picklist(['PUBLIC', 'UNLISTED', 'PRIVATE']),
    isDefault: v.boolean(),
    links: v.array(ownLink),
  }) satisfies v.GenericSchema<OwnCard>,
  Message: v.strictObject({ message: v.string() }),
  Health: v.strictObject({ status: v.literal('ok') }),
  Readiness: v.strictObject({
    status: v.picklist(['ok', 'degraded', 'unavailable']),
    neon: state,
    upstash: state,
  }) satisfies v.GenericSchema<ReadinessReport>,
  /** Objects whose members are described where they are made. */
  Json: v.looseObject({}),
  /** RFC 9457 */
  Problem: v.strictObject({
    type: v.string(),
    title: v.string(),
    status: v.number(),
    detail: v.optional(v.string()),
    code: v.string(),
    requestId: v.string(),
    error: v.string(),
    errors: v.optional(v.array(v.strictObject({ path: v.string(), message: v.string() }))),
  }),
};

export type AnswerName = keyof typeof ANSWERS;
