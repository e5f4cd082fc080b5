/** `.pkpass` files: what is in them, and that openssl and pkijs find their signature right, and tampered ones wrong. */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contrast } from '../../../src/domain/color.ts';
import { applePass, applePassExpiry, passIdentity } from '../../../src/domain/wallets/apple-pass.ts';
import { readCertificate, readDer } from '../../../src/domain/wallets/der.ts';
import type { WalletCard } from '../../../src/domain/wallets/wallet-card.ts';
import { zipStored } from '../../../src/domain/wallets/zip.ts';
import { isSigned, passChain, signedAttributes } from '../../harness/pass-chain.ts';
import { unzip } from '../../harness/unzip.ts';

const NOW = Date.parse('2026-11-28T10:20:30.456Z');
const ADDRESS = 'https://devcard.example/u/ada';
const SECRET = 's'.repeat(32);

const ADA: WalletCard = {
  id: '00000001-0000-4000-8000-000000000001',
  code: `${ADDRESS}?source=qr`,
  profile: {
    username: 'ada',
    displayName: 'Ada Lovelace',
    bio: 'Notes "on" the engine\nand ünïcode 山',
    pronouns: null,
    role: 'Analyst',
    company: null,
    avatarUrl: null,
    accentColor: '#6366f1',
  },
};

let chain: Awaited<ReturnType<typeof passChain>>;
let folder: string;
beforeAll(async () => {
  chain = await passChain();
  folder = mkdtempSync(join(tmpdir(), 'pkpass-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function filesOf(card = ADA, service?: { url: string; token: string }) {
  const archive = await applePass({ ...chain, secret: SECRET }, card, {
    address: ADDRESS,
    service,
    now: NOW,
  });
  return { archive, files: unzip(archive) };
}

const textOf = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);

describe('the archive', () => {
  test('has the pass, icons, a logo, a manifest of SHA-1 sums and a signature', async () => {
    const { files } = await filesOf();
    expect([...files.keys()]).toEqual([
      ...['pass.json', 'icon.png', 'icon@2x.png', 'icon@3x.png', 'logo.png', 'logo@2x.png'],
      ...['manifest.json', 'signature'],
    ]);
    const manifest = JSON.parse(textOf(files.get('manifest.json')));
    for (const [name, sum] of Object.entries(manifest))
      expect(createHash('sha1').update(files.get(name)!).digest('hex'), name).toBe(sum);
    expect(Object.keys(manifest)).toEqual([...files.keys()].slice(0, -2));
    const size = (name: string) => new DataView(files.get(name)!.buffer).getUint32(16);
    expect(['icon.png', 'icon@2x.png', 'icon@3x.png'].map(size)).toEqual([29, 58, 87]);
  });

  test('is read by a program of others, which finds every checksum right', async () => {
    const { archive } = await filesOf();
    const file = join(folder, 'ada.pkpass');
    writeFileSync(file, archive);
    const script =
      'import sys,zipfile;z=zipfile.ZipFile(sys.argv[1]);print(z.testzip());print(len(z.namelist()))';
    expect(execFileSync('python3', ['-c', script, file]).toString()).toBe('None\n8\n');
  });
});

describe('pass.json', () => {
  test('says who it is, whose certificate it is, and the address', async () => {
    const { files } = await filesOf();
    expect(JSON.parse(textOf(files.get('pass.json')))).toEqual({
      formatVersion: 1,
      passTypeIdentifier: 'pass.example.devcard',
      teamIdentifier: 'TEAM123456',
      serialNumber: ADA.id,
      organizationName: 'DevCard',
      logoText: 'DevCard',
      description: 'Card of Ada Lovelace',
      foregroundColor: 'rgb(255, 255, 255)',
      labelColor: 'rgb(255, 255, 255)',
      backgroundColor: expect.stringMatching(/^rgb\(\d+, \d+, \d+\)$/),
      generic: {
        primaryFields: [{ key: 'name', value: 'Ada Lovelace' }],
        secondaryFields: [{ key: 'role', label: 'Role', value: 'Analyst' }],
        auxiliaryFields: [],
        backFields: [
          { key: 'address', label: 'Address', value: ADDRESS },
          { key: 'bio', label: 'About', value: ADA.profile.bio },
        ],
      },
      barcodes: [
        {
          format: 'PKBarcodeFormatQR',
          message: `${ADDRESS}?source=qr`,
          messageEncoding: 'iso-8859-1',
          altText: '@ada',
        },
      ],
      barcode: {
        format: 'PKBarcodeFormatQR',
        message: `${ADDRESS}?source=qr`,
        messageEncoding: 'iso-8859-1',
        altText: '@ada',
      },
    });
  });

  test.each(['#6366f1', '#ffffff', '#000000', '#ffd54f', '#777777'])(
    'is legible on %s',
    async (accentColor) => {
      const { files } = await filesOf({ ...ADA, profile: { ...ADA.profile, accentColor } });
      const { foregroundColor, backgroundColor } = JSON.parse(textOf(files.get('pass.json')));
      const hex = (css: string) =>
        `#${css
          .match(/\d+/g)!
          .map((channel) => Number(channel).toString(16).padStart(2, '0'))
          .join('')}`;
      expect(contrast(hex(foregroundColor), hex(backgroundColor))).toBeGreaterThanOrEqual(4.5);
    },
  );

  test('of an offline pass shows when it expires, and expires then', async () => {
    const expiresAt = '2026-11-29T10:20:30.000Z';
    const { files } = await filesOf({ ...ADA, code: 'https://devcard.example/c#123', expiresAt });
    expect(JSON.parse(textOf(files.get('pass.json')))).toMatchObject({
      expirationDate: expiresAt,
      generic: { auxiliaryFields: [{ key: 'expires', value: expiresAt, dateStyle: 'PKDateStyleMedium' }] },
      barcodes: [{ message: 'https://devcard.example/c#123' }],
    });
  });

  test('names its web service and token where there is one', async () => {
    const { files } = await filesOf(ADA, {
      url: 'https://devcard.example/wallet/apple',
      token: 't'.repeat(43),
    });
    expect(JSON.parse(textOf(files.get('pass.json')))).toMatchObject({
      webServiceURL: 'https://devcard.example/wallet/apple',
      authenticationToken: 't'.repeat(43),
    });
  });
});

describe('the signature', () => {
  /** What `openssl cms -verify` makes of it. */
  function openssl(manifest: Uint8Array, signature: Uint8Array) {
    const path = (name: string, content: Uint8Array | string) => {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    };
    return spawnSync('openssl', [
      ...['cms', '-verify', '-inform', 'DER', '-in', path('signature', signature), '-binary'],
      ...['-content', path('manifest.json', manifest), '-CAfile', path('root.pem', chain.root)],
      ...['-purpose', 'any', '-out', '/dev/null'],
    ]);
  }

  test('is right for openssl and for pkijs, through the intermediate to the root', async () => {
    const { files } = await filesOf();
    const [manifest, signature] = [files.get('manifest.json')!, files.get('signature')!];
    const { status, stderr } = openssl(manifest, signature);
    expect([stderr.toString(), status]).toEqual(['CMS Verification successful\n', 0]);
    expect(await isSigned(manifest, signature, chain.rootCertificate)).toBe(true);
  });

  test('says when it was made', async () => {
    const { files } = await filesOf();
    const time = signedAttributes(files.get('signature')!).get('1.2.840.113549.1.9.5') as { toDate(): Date };
    expect(time.toDate().toISOString()).toBe('2026-11-28T10:20:30.000Z');
  });

  test('of another manifest, a changed one or another root is wrong for both', async () => {
    const { files } = await filesOf();
    const signature = files.get('signature')!;
    const manifest = files.get('manifest.json')!;
    const tampered = manifest.map((byte, i) => (i === 20 ? byte ^ 1 : byte));
    expect(openssl(tampered, signature).status).not.toBe(0);
    expect(await isSigned(tampered, signature, chain.rootCertificate)).toBe(false);
    const broken = signature.map((byte, i) => (i === signature.length - 5 ? byte ^ 1 : byte));
    expect(openssl(manifest, broken).status).not.toBe(0);
    expect(await isSigned(manifest, broken, chain.rootCertificate)).toBe(false);
    const other = await passChain();
    expect(await isSigned(manifest, signature, other.rootCertificate)).toBe(false);
  });
});

describe('certificates', () => {
  test('name pass type, team and when they expire', () => {
    const certificate = readCertificate(chain.certificate);
    expect(passIdentity(certificate)).toEqual({ passTypeId: 'pass.example.devcard', teamId: 'TEAM123456' });
    expect(new Date(certificate.notBefore).toISOString()).toBe('2020-01-01T00:00:00.000Z');
    expect(new Date(applePassExpiry({ ...chain, secret: SECRET })).toISOString()).toBe(
      '2036-01-02T03:04:05.000Z',
    );
  });

  test('after 2049 have their years in four digits', async () => {
    const { certificate } = await passChain(new Date('2051-06-07T08:09:10Z'));
    expect(new Date(readCertificate(certificate).notAfter).toISOString()).toBe('2051-06-07T08:09:10.000Z');
  });

  test('that are none are refused', () => {
    expect(() => passIdentity(readCertificate(chain.root))).toThrow('is no certificate of a pass type');
    expect(() => readCertificate(chain.key)).toThrow('has no block «BEGIN CERTIFICATE»');
    expect(() => readDer(Uint8Array.of(0x30, 0x82, 0xff, 0xff, 1))).toThrow('not DER');
  });
});

test('an archive of an empty and of a large file', () => {
  const files = new Map([
    ['empty', new Uint8Array()],
    ['large', new Uint8Array(70_000).fill(7)],
  ]);
  expect(unzip(zipStored(files))).toEqual(files);
});
