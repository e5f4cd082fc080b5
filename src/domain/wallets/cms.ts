/**
 * Detached signatures as CMS SignedData (RFC 5652): one RSA signer with SHA-256, its certificate and the next one, and
 * the time of signing, which is all that Wallet looks at. 60 lines here; the libraries for it are hundreds of kilobytes.
 */
import { type Bytes, type Certificate, der, derSet, fromPem, oid, TAG, utf8 } from './der.ts';

const OID = {
  data: oid('1.2.840.113549.1.7.1'),
  signedData: oid('1.2.840.113549.1.7.2'),
  contentType: oid('1.2.840.113549.1.9.3'),
  messageDigest: oid('1.2.840.113549.1.9.4'),
  signingTime: oid('1.2.840.113549.1.9.5'),
  sha256: oid('2.16.840.1.101.3.4.2.1'),
  rsa: oid('1.2.840.113549.1.1.1'),
};
const ONE = der(TAG.integer, Uint8Array.of(1));
const NULL = der(TAG.null);
const SHA_256 = der(TAG.sequence, OID.sha256, NULL);
const RSA = der(TAG.sequence, OID.rsa, NULL);

const ALGORITHM = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };

/** A private key for signing. @param pem PKCS #8 */
export function importSigner(pem: string): Promise<CryptoKey> {
  return crypto.subtle.importKey('pkcs8', fromPem(pem, 'PRIVATE KEY'), ALGORITHM, false, ['sign']);
}

interface Signer {
  key: CryptoKey;
  certificate: Certificate;
  /** Of whoever issued it. */
  intermediate: Certificate;
}

/** The signature of a content that travels beside it. @param now milliseconds since the epoch, before 2050 */
export async function signDetached(
  content: Bytes,
  { key, certificate, intermediate }: Signer,
  now: number,
): Promise<Bytes> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', content));
  // `2026-11-28T10:20:30.000Z` as `261128102030Z`.
  const time = utf8(`${new Date(now).toISOString().slice(2, 19).replace(/\D/g, '')}Z`);
  const attributes = derSet(
    der(TAG.sequence, OID.contentType, derSet(OID.data)),
    der(TAG.sequence, OID.signingTime, derSet(der(TAG.utcTime, time))),
    der(TAG.sequence, OID.messageDigest, derSet(der(TAG.octets, digest))),
  );
  const signature = new Uint8Array(await crypto.subtle.sign(ALGORITHM.name, key, attributes));
  // Signed as a set, sent under the tag [0] (RFC 5652 section 5.4).
  const sent = attributes.slice();
  sent[0] = TAG.context0;
  const signer = der(
    TAG.sequence,
    ONE,
    der(TAG.sequence, certificate.issuer, certificate.serial),
    SHA_256,
    sent,
    RSA,
    der(TAG.octets, signature),
  );
  const signed = der(
    TAG.sequence,
    ONE,
    derSet(SHA_256),
    der(TAG.sequence, OID.data),
    der(TAG.context0, certificate.whole, intermediate.whole),
    derSet(signer),
  );
  return der(TAG.sequence, OID.signedData, der(TAG.context0, signed));
}
