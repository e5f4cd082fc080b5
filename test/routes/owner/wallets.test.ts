/** `/api/profiles/me/wallet/…`: passes of a deployment with credentials, nothing of one without, and the warning before they expire. */
import { env } from 'cloudflare:workers';
import jsonwebtoken from 'jsonwebtoken';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { bootstrap } from '../../../src/bootstrap.ts';
import { parseEnv } from '../../../src/env.ts';
import { askAs, createPerson, stopClock } from '../../harness/fixtures.ts';
import { isSigned, newRsaKey, passChain } from '../../harness/pass-chain.ts';
import { unzip } from '../../harness/unzip.ts';
import { startClean } from '../../harness/worker.ts';

const EXPIRY = new Date('2036-01-02T03:04:05Z');
const MONTH_MS = 30 * 86_400_000;

let chain: Awaited<ReturnType<typeof passChain>>;
let google: Awaited<ReturnType<typeof newRsaKey>>;
let secrets: Record<string, string>;

beforeAll(async () => {
  chain = await passChain(EXPIRY);
  google = await newRsaKey();
  secrets = {
    GOOGLE_WALLET_ISSUER_ID: '3388000000022',
    GOOGLE_WALLET_KEY: JSON.stringify({
      client_email: 'wallet@p.iam.gserviceaccount.com',
      private_key: google.privateKey,
    }),
    APPLE_PASS_CERTIFICATE: chain.certificate,
    APPLE_PASS_KEY: chain.key,
    APPLE_WWDR_CERTIFICATE: chain.intermediate,
    APPLE_PASS_SECRET: 's'.repeat(43),
  };
});

beforeEach(async () => {
  stopClock();
  await startClean();
});

afterEach(() => {
  vi.useRealTimers();
});

/** Asks a deployment that has credentials of both wallets. */
async function askWith(token: string | undefined, path: string): Promise<Response> {
  const headers: Record<string, string> = token ? { Authorization: `Bearer ${token}` } : {};
  return bootstrap({ ...env, ...secrets }).fetch(new Request(`${env.PUBLIC_ORIGIN}${path}`, { headers }));
}

const WALLET = '/api/profiles/me/wallet';

describe('Google Wallet', () => {
  test('is a link with a signed object of the owner’s own', async () => {
    const { id, username, token } = await createPerson();
    const response = await askWith(token, `${WALLET}/google`);
    expect([response.status, response.headers.get('Cache-Control')]).toEqual([200, 'no-store']);
    const link = (await response.json()) as { url: string };
    expect(link).toEqual({ url: expect.any(String), leftOut: [], expiresAt: null });
    const [, jwt = ''] = link.url.split('https://pay.google.com/gp/v/save/');
    const claims = jsonwebtoken.verify(jwt, google.publicKey, { algorithms: ['RS256'], audience: 'google' });
    expect(claims).toMatchObject({
      payload: {
        genericObjects: [
          {
            id: `3388000000022.${id}`,
            header: { defaultValue: { value: 'Ada Lovelace' } },
            barcode: { value: `${env.PUBLIC_ORIGIN}/u/${username}?source=qr` },
          },
        ],
      },
    });
  });
});

describe('Apple Wallet', () => {
  test('is a signed pass to download', async () => {
    const { id, username, token } = await createPerson();
    const response = await askWith(token, `${WALLET}/apple`);
    expect([response.status, response.headers.get('Content-Type')]).toEqual([
      200,
      'application/vnd.apple.pkpass',
    ]);
    expect(response.headers.get('Content-Disposition')).toBe(
      `attachment; filename="devcard-${username}.pkpass"`,
    );
    const files = unzip(new Uint8Array(await response.arrayBuffer()));
    const pass = JSON.parse(new TextDecoder().decode(files.get('pass.json')));
    expect(pass).toMatchObject({
      serialNumber: id,
      barcodes: [{ message: `${env.PUBLIC_ORIGIN}/u/${username}?source=qr` }],
    });
    const isRight = await isSigned(
      files.get('manifest.json')!,
      files.get('signature')!,
      chain.rootCertificate,
    );
    expect(isRight).toBe(true);
  });

  test('carries an offline pass where the owner asks for it, with its expiry, or says why it cannot', async () => {
    const { token } = await createPerson();
    const response = await askWith(token, `${WALLET}/apple?hours=24`);
    const body = new Uint8Array(await response.arrayBuffer());
    if (response.status === 400) {
      expect(JSON.parse(new TextDecoder().decode(body))).toMatchObject({ errors: [{ path: 'hours' }] });
      return;
    }
    const pass = JSON.parse(new TextDecoder().decode(unzip(body).get('pass.json')));
    expect(pass.barcodes[0].message).toMatch(/\/c#\d+$/);
    expect(pass.expirationDate).toBe(
      new Date(Math.floor(Date.now() / 1000) * 1000 + 86_400_000).toISOString(),
    );
  });

  test.each(['0', '169', '1.5', 'x', ''])('?hours=%s is refused', async (hours) => {
    const { token } = await createPerson();
    const response = await askWith(token, `${WALLET}/apple?hours=${hours}`);
    expect([response.status, await response.json()]).toMatchObject([400, { errors: [{ path: 'hours' }] }]);
  });
});

describe('a deployment without credentials', () => {
  test.each(['google', 'apple'])('has no pass of %s', async (wallet) => {
    const { token } = await createPerson();
    const response = await askAs(token, 'GET', `${WALLET}/${wallet}`);
    expect([response.status, await response.json()]).toMatchObject([404, { code: 'not-found' }]);
  });

  test('says nothing of certificates', async () => {
    const { token } = await createPerson();
    expect(await (await askAs(token, 'GET', '/readyz')).json()).not.toHaveProperty('warnings');
  });
});

test.each([
  ['a day more than 30 days before', EXPIRY.getTime() - MONTH_MS - 86_400_000, undefined],
  ['30 days before', EXPIRY.getTime() - MONTH_MS, ['The certificate of Apple Wallet expires on 2036-01-02.']],
  ['afterwards', EXPIRY.getTime() + 1, ['The certificate of Apple Wallet expired on 2036-01-02.']],
])('/readyz warns of the certificate %s', async (_, at, warnings) => {
  vi.setSystemTime(at);
  const report = (await (await askWith(undefined, '/readyz')).json()) as { warnings?: string[] };
  expect(report.warnings).toEqual(warnings);
});

test('the environment names what is missing or malformed', () => {
  const faultsOf = (changed: Record<string, string>) => {
    try {
      parseEnv({ ...env, ...secrets, ...changed });
      return 'accepted';
    } catch (error) {
      return (error as Error).message;
    }
  };
  expect(faultsOf({})).toBe('accepted');
  expect(faultsOf({ APPLE_PASS_KEY: '' })).toBe('Configuration: APPLE_PASS_KEY: is missing');
  expect(faultsOf({ APPLE_PASS_CERTIFICATE: 'x' })).toBe(
    'Configuration: APPLE_PASS_CERTIFICATE: is malformed',
  );
  expect(faultsOf({ GOOGLE_WALLET_KEY: '{}' })).toBe(
    'Configuration: GOOGLE_WALLET_KEY: is not the JSON of a service account',
  );
});
