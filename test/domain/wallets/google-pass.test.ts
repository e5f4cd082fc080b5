/** Links to Google Wallet: verified by a library that is not ours, within a schema written from Google's reference. */
import jsonwebtoken from 'jsonwebtoken';
import * as v from 'valibot';
import { beforeAll, describe, expect, test } from 'vitest';
import { Problem } from '../../../src/domain/problem.ts';
import { googleSaveLink } from '../../../src/domain/wallets/google-pass.ts';
import { requireLegible, type WalletCard } from '../../../src/domain/wallets/wallet-card.ts';
import { newRsaKey } from '../../harness/pass-chain.ts';

const NOW = 1_796_000_000;
const ADDRESS = 'https://devcard.example/u/ada';

/** As developers.google.com/wallet/generic/rest/v1 has it: identifiers, LocalizedString, Barcode, TimeInterval, colours. */
const id = v.pipe(v.string(), v.regex(/^\d+\.[A-Za-z0-9._-]+$/));
const localized = v.strictObject({
  defaultValue: v.strictObject({
    language: v.pipe(v.string(), v.regex(/^[a-z]{2}(-[A-Z]{2})?$/)),
    value: v.pipe(v.string(), v.nonEmpty()),
  }),
});
const GenericObject = v.strictObject({
  id,
  classId: id,
  state: v.picklist(['ACTIVE', 'COMPLETED', 'EXPIRED', 'INACTIVE']),
  cardTitle: localized,
  header: localized,
  subheader: v.optional(localized),
  textModulesData: v.optional(
    v.array(v.strictObject({ id: v.string(), header: v.string(), body: v.string() })),
  ),
  hexBackgroundColor: v.pipe(v.string(), v.regex(/^#[0-9a-f]{6}$/)),
  barcode: v.strictObject({
    type: v.literal('QR_CODE'),
    value: v.pipe(v.string(), v.nonEmpty()),
    alternateText: v.string(),
  }),
  validTimeInterval: v.optional(
    v.strictObject({ end: v.strictObject({ date: v.pipe(v.string(), v.isoTimestamp()) }) }),
  ),
});
const SaveToken = v.strictObject({
  iss: v.pipe(v.string(), v.email()),
  aud: v.literal('google'),
  typ: v.literal('savetowallet'),
  iat: v.pipe(v.number(), v.integer()),
  origins: v.array(v.string()),
  payload: v.strictObject({
    genericClasses: v.pipe(v.array(v.strictObject({ id })), v.length(1)),
    genericObjects: v.pipe(v.array(GenericObject), v.length(1)),
  }),
});

const ADA: WalletCard = {
  id: '00000001-0000-4000-8000-000000000001',
  code: `${ADDRESS}?source=qr`,
  profile: {
    username: 'ada',
    displayName: 'Ada Lovelace',
    bio: null,
    pronouns: null,
    role: 'Analyst',
    company: 'Engines Ltd',
    avatarUrl: null,
    accentColor: '#ffd54f',
  },
};

let key: Awaited<ReturnType<typeof newRsaKey>>;
beforeAll(async () => {
  key = await newRsaKey();
});

async function linkOf(card: WalletCard) {
  const wallet = {
    issuerId: '3388000000022',
    email: 'wallet@p.iam.gserviceaccount.com',
    privateKey: key.privateKey,
  };
  const link = await googleSaveLink(wallet, card, NOW);
  const token = link.url.replace('https://pay.google.com/gp/v/save/', '');
  const options = { algorithms: ['RS256' as const], audience: 'google', ignoreExpiration: true };
  const claims = v.parse(SaveToken, jsonwebtoken.verify(token, key.publicKey, options));
  return { ...link, token, claims, object: claims.payload.genericObjects[0]! };
}

describe('the link', () => {
  test('holds the card, signed', async () => {
    const { claims, object, leftOut, url, token } = await linkOf(ADA);
    expect(JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString())).toEqual({
      alg: 'RS256',
      typ: 'JWT',
    });
    expect(claims).toMatchObject({ iss: 'wallet@p.iam.gserviceaccount.com', iat: NOW });
    expect(claims.payload.genericClasses).toEqual([{ id: '3388000000022.devcard' }]);
    expect(object).toEqual({
      id: `3388000000022.${ADA.id}`,
      classId: '3388000000022.devcard',
      state: 'ACTIVE',
      cardTitle: { defaultValue: { language: 'en', value: 'DevCard' } },
      header: { defaultValue: { language: 'en', value: 'Ada Lovelace' } },
      subheader: { defaultValue: { language: 'en', value: 'Analyst' } },
      textModulesData: [{ id: 'company', header: 'Company', body: 'Engines Ltd' }],
      hexBackgroundColor: '#ffd54f',
      barcode: { type: 'QR_CODE', value: `${ADDRESS}?source=qr`, alternateText: '@ada' },
    });
    expect(leftOut).toEqual([]);
    expect(url.length).toBeLessThanOrEqual(1800);
  });

  test('of another key is refused, and so is a changed one', async () => {
    const { token } = await linkOf(ADA);
    const other = await newRsaKey();
    expect(() => jsonwebtoken.verify(token, other.publicKey)).toThrow('invalid signature');
    const [header, payload, signature] = token.split('.') as [string, string, string];
    const changed = Buffer.from(Buffer.from(payload, 'base64url').toString().replace('Ada', 'Eve'));
    const forged = [header, changed.toString('base64url'), signature].join('.');
    expect(() => jsonwebtoken.verify(forged, key.publicKey)).toThrow('invalid signature');
  });

  test('names the same object after an edit, so that a second save takes its place', async () => {
    const first = await linkOf(ADA);
    const second = await linkOf({
      ...ADA,
      profile: { ...ADA.profile, username: 'grace', displayName: 'Grace' },
    });
    expect(second.object.id).toBe(first.object.id);
  });

  test.each([
    ['Latin letters', 'x', ['company', 'role']],
    ['Japanese', '山', ['company', 'role']],
    ['letters of four bytes', '𝒜', ['company', 'role']],
  ])('of the longest texts in %s stays short and says what is left out', async (_, letter, least) => {
    const long = letter.repeat(100);
    const card = { ...ADA, profile: { ...ADA.profile, displayName: long, role: long, company: long } };
    const { url, leftOut, object } = await linkOf(card);
    expect(url.length).toBeLessThanOrEqual(1800);
    expect(['', 'company', ...least, 'name']).toEqual(expect.arrayContaining(leftOut));
    expect(!!object.textModulesData).toBe(!leftOut.includes('company'));
    expect(!!object.subheader).toBe(!leftOut.includes('role'));
  });

  test('of an offline pass expires with it', async () => {
    const expiresAt = '2026-11-29T10:20:30.000Z';
    const { object } = await linkOf({
      ...ADA,
      code: `https://devcard.example/c#${'1'.repeat(400)}`,
      expiresAt,
    });
    expect(object.validTimeInterval).toEqual({ end: { date: expiresAt } });
    expect(object.barcode.value).toBe(`https://devcard.example/c#${'1'.repeat(400)}`);
  });

  test('of an offline pass that does not fit is refused with the reason', async () => {
    const card = { ...ADA, code: `https://devcard.example/c#${'1'.repeat(1000)}` };
    await expect(linkOf(card)).rejects.toThrow('A link to Google Wallet holds 1800 characters');
  });
});

test('a code of more characters than a wallet can show is refused', () => {
  expect(requireLegible({ code: 'x'.repeat(560) })).toBeUndefined();
  expect(() => requireLegible({ code: 'x'.repeat(561) })).toThrow(Problem);
});
