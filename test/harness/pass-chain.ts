/** Certificates as Apple gives them out, of a root that is made in the test: by pkijs, in Node and in workerd. */
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';

const ALGORITHM = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: Uint8Array.of(1, 0, 1),
};
const COMMON_NAME = '2.5.4.3';
const ORGANIZATIONAL_UNIT = '2.5.4.11';
const USER_ID = '0.9.2342.19200300.100.1.1';
const BASIC_CONSTRAINTS = '2.5.29.19';

// Its types lag behind those of the platform.
const engine = new pkijs.CryptoEngine({ name: 'tests', crypto }) as unknown as pkijs.ICryptoEngine;
pkijs.setEngine('tests', engine);

interface Issued {
  certificate: pkijs.Certificate;
  keys: CryptoKeyPair;
}

let serial = 1_000;

/** @param subject attributes by their dotted identifier */
async function issue(
  subject: Record<string, string>,
  issuer: Issued | undefined,
  { from, to }: { from: Date; to: Date },
): Promise<Issued> {
  const keys = (await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])) as CryptoKeyPair;
  const certificate = new pkijs.Certificate();
  serial += 1;
  certificate.version = 2;
  certificate.serialNumber = new asn1js.Integer({ value: serial });
  for (const [type, value] of Object.entries(subject))
    certificate.subject.typesAndValues.push(
      new pkijs.AttributeTypeAndValue({ type, value: new asn1js.Utf8String({ value }) }),
    );
  certificate.issuer = issuer?.certificate.subject ?? certificate.subject;
  certificate.notBefore.value = from;
  // UTCTime ends with 2049 (RFC 5280 section 4.1.2.5).
  certificate.notAfter = new pkijs.Time({ type: to.getUTCFullYear() < 2050 ? 0 : 1, value: to });
  certificate.extensions = [
    new pkijs.Extension({
      extnID: BASIC_CONSTRAINTS,
      critical: true,
      extnValue: new pkijs.BasicConstraints({ cA: !subject[USER_ID] }).toSchema().toBER(false),
    }),
  ];
  await certificate.subjectPublicKeyInfo.importKey(keys.publicKey);
  await certificate.sign((issuer?.keys ?? keys).privateKey, 'SHA-256');
  return { certificate, keys };
}

function pem(kind: string, bytes: ArrayBuffer): string {
  const base64 = btoa(String.fromCharCode(...new Uint8Array(bytes)));
  return `-----BEGIN ${kind}-----\n${base64.replace(/.{64}/g, '$&\n')}\n-----END ${kind}-----\n`;
}

const pemOf = ({ certificate }: Issued) => pem('CERTIFICATE', certificate.toSchema(true).toBER(false));

/** A new private key as PEM, with its public key. */
export async function newRsaKey() {
  const keys = (await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])) as CryptoKeyPair;
  return {
    privateKey: pem('PRIVATE KEY', (await crypto.subtle.exportKey('pkcs8', keys.privateKey)) as ArrayBuffer),
    publicKey: pem('PUBLIC KEY', (await crypto.subtle.exportKey('spki', keys.publicKey)) as ArrayBuffer),
  };
}

/** What a deployer has from Apple, and the root behind it. @param to when the pass certificate expires */
export async function passChain(to = new Date('2036-01-02T03:04:05Z')) {
  const years = { from: new Date('2020-01-01T00:00:00Z'), to: new Date('2049-01-01T00:00:00Z') };
  const root = await issue({ [COMMON_NAME]: 'Test Root CA' }, undefined, years);
  const intermediate = await issue({ [COMMON_NAME]: 'Test WWDR' }, root, years);
  const subject = {
    [USER_ID]: 'pass.example.devcard',
    [COMMON_NAME]: 'Pass Type ID: pass.example.devcard',
    [ORGANIZATIONAL_UNIT]: 'TEAM123456',
  };
  const leaf = await issue(subject, intermediate, { from: years.from, to });
  return {
    certificate: pemOf(leaf),
    key: pem('PRIVATE KEY', (await crypto.subtle.exportKey('pkcs8', leaf.keys.privateKey)) as ArrayBuffer),
    intermediate: pemOf(intermediate),
    root: pemOf(root),
    rootCertificate: root.certificate,
  };
}

/** Whether a detached signature is of a content, by a signer whom the root knows: as pkijs sees it. */
export async function isSigned(
  content: Uint8Array<ArrayBuffer>,
  signature: Uint8Array<ArrayBuffer>,
  root: pkijs.Certificate,
): Promise<boolean> {
  const info = pkijs.ContentInfo.fromBER(signature.slice().buffer);
  const signed = new pkijs.SignedData({ schema: info.content });
  return signed
    .verify({ signer: 0, data: content.slice().buffer, trustedCerts: [root], checkChain: true })
    .catch(() => false);
}

/** The signed attributes of a signature, by their dotted identifier. */
export function signedAttributes(signature: Uint8Array<ArrayBuffer>): Map<string, unknown> {
  const info = pkijs.ContentInfo.fromBER(signature.slice().buffer);
  const [signer] = new pkijs.SignedData({ schema: info.content }).signerInfos;
  return new Map(signer?.signedAttrs?.attributes.map(({ type, values }) => [type, values[0]]));
}
