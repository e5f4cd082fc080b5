/** As much of DER (X.690) as a signed pass needs: writing values, and walking through a certificate (RFC 5280). */
import { concatenate } from '../png.ts';

export type Bytes = Uint8Array<ArrayBuffer>;

/** The bytes of a text. */
export const utf8 = (text: string) => new TextEncoder().encode(text) as Bytes;

export const TAG = {
  integer: 0x02,
  octets: 0x04,
  null: 0x05,
  oid: 0x06,
  utcTime: 0x17,
  sequence: 0x30,
  set: 0x31,
  /** `[0]`, constructed. */
  context0: 0xa0,
} as const;

/** One value: its tag, the length of its content, and the content. */
export function der(tag: number, ...content: readonly Bytes[]): Bytes {
  const { length } = concatenate(content);
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return concatenate([Uint8Array.of(tag, ...size), ...content]);
}

/** An object identifier in dots. */
export function oid(dotted: string): Bytes {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second, ...rest].flatMap((arc) => {
    const groups = [arc & 0x7f];
    for (let left = arc >>> 7; left > 0; left >>>= 7) groups.unshift((left & 0x7f) | 0x80);
    return groups;
  });
  return der(TAG.oid, Uint8Array.from(bytes));
}

/** A set, whose values stand in the order of their bytes (X.690 section 11.6). */
export function derSet(...values: readonly Bytes[]): Bytes {
  return der(TAG.set, ...values.toSorted(compare));
}

function compare(one: Bytes, other: Bytes): number {
  const at = one.findIndex((byte, i) => byte !== other[i]);
  return at < 0 ? 0 : (one[at] ?? 0) - (other[at] ?? -1);
}

/** A value that was read: the whole of it, and the bytes of its content. */
interface Read {
  tag: number;
  whole: Bytes;
  content: Bytes;
}

/** The values that stand one behind the other. @throws Error where the bytes are none */
export function readDer(bytes: Bytes): Read[] {
  const values: Read[] = [];
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at + 1] ?? 0;
    const sizeBytes = first < 0x80 ? 0 : first & 0x7f;
    const start = at + 2 + sizeBytes;
    const length =
      sizeBytes === 0 ? first : bytes.subarray(at + 2, start).reduce((sum, byte) => sum * 256 + byte, 0);
    const end = start + length;
    if (sizeBytes > 3 || end > bytes.length) throw new Error('not DER');
    values.push({ tag: bytes[at] ?? 0, whole: bytes.slice(at, end), content: bytes.slice(start, end) });
    at = end;
  }
  return values;
}

/** What signing and warning need of a certificate. */
export interface Certificate {
  whole: Bytes;
  serial: Bytes;
  issuer: Bytes;
  /** Milliseconds since the epoch. */
  notBefore: number;
  notAfter: number;
  /** Attributes of the subject by their dotted identifier. */
  subject(dotted: string): string | undefined;
}

/** Reads a certificate. @param pem `-----BEGIN CERTIFICATE-----…` @throws Error where it is none */
export function readCertificate(pem: string): Certificate {
  const whole = fromPem(pem, 'CERTIFICATE');
  const [certificate] = readDer(whole);
  const [body] = readDer(certificate?.content ?? new Uint8Array());
  const fields = readDer(body?.content ?? new Uint8Array());
  // The version is explicit in every certificate since 1996.
  const [, serial, , issuer, validity, subject] = fields;
  if (!serial || !issuer || !validity || !subject) throw new Error('not a certificate');
  const [notBefore = Number.NaN, notAfter = Number.NaN] = readDer(validity.content).map(({ content }) =>
    timeOf(new TextDecoder().decode(content)),
  );
  return {
    whole,
    serial: serial.whole,
    issuer: issuer.whole,
    notBefore,
    notAfter,
    subject: (dotted) => {
      const wanted = oid(dotted).join();
      for (const { content } of readDer(subject.content).flatMap((part) => readDer(part.content))) {
        const [id, value] = readDer(content);
        if (id?.whole.join() === wanted) return new TextDecoder().decode(value?.content);
      }
      return undefined;
    },
  };
}

/** UTCTime or GeneralizedTime (RFC 5280 section 4.1.2.5). */
function timeOf(text: string): number {
  const digits = text.length === 13 ? (text < '5' ? '20' : '19') + text : text;
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(digits) ?? [];
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
}

/** The bytes of a PEM block. @throws Error where there is none of that kind */
export function fromPem(pem: string, kind: 'CERTIFICATE' | 'PRIVATE KEY'): Bytes {
  const base64 = new RegExp(`-----BEGIN ${kind}-----([^-]+)-----END ${kind}-----`).exec(pem)?.[1];
  if (!base64) throw new Error(`has no block «BEGIN ${kind}»`);
  return Uint8Array.from(atob(base64.replace(/\s/g, '')), (character) => character.charCodeAt(0));
}
