import { createPublicKey, sign, type KeyObject } from 'node:crypto';

/** What a certificate says. */
export interface CertificateFacts {
  readonly commonName: string;
  /** At most 20 bytes. */
  readonly serial: Buffer;
  readonly fromMs: number;
  readonly validYears: number;
}

/**
 * A certificate of an RSA key that the key itself signs with SHA-256, as base64 of its DER form, without armour. It proves nothing: whoever
 * trusts the key was given it. Source: RFC 5280, 4.1; RFC 8017, A.2.
 */
export function selfSignedCertificate(
  privateKey: KeyObject,
  { commonName, serial, fromMs, validYears }: CertificateFacts,
): string {
  const from = new Date(fromMs);
  const until = new Date(fromMs);
  until.setUTCFullYear(until.getUTCFullYear() + validYears);
  const name = sequence(set(sequence(OID.commonName, der(TAG.utf8, Buffer.from(commonName)))));
  const content = sequence(
    der(TAG.version, der(TAG.integer, Buffer.from([2]))),
    positive(serial),
    signedBy,
    name,
    sequence(time(from), time(until)),
    name,
    createPublicKey(privateKey).export({ format: 'der', type: 'spki' }),
  );
  const signature = sign('sha256', content, privateKey);
  const bits = der(TAG.bits, Buffer.concat([Buffer.from([0]), signature]));
  return sequence(content, signedBy, bits).toString('base64');
}

const TAG = { integer: 0x02, bits: 0x03, utf8: 0x0c, utcTime: 0x17, time: 0x18, version: 0xa0 };

/** One element: its tag, its length, its content. Source: X.690, 8.1. */
function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 0x80 ? [length] : lengthBytes(length);
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function lengthBytes(length: number): number[] {
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return [0x80 + bytes.length, ...bytes];
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts));
}

function set(...parts: readonly Buffer[]): Buffer {
  return der(0x31, Buffer.concat(parts));
}

/** A number above zero: a leading zero byte where its first bit is set, and none beside that. */
function positive(bytes: Buffer): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0);
  const shortest = first < 0 ? Buffer.from([1]) : bytes.subarray(first);
  const isHigh = (shortest[0] ?? 0) >= 0x80;
  return der(TAG.integer, isHigh ? Buffer.concat([Buffer.from([0]), shortest]) : shortest);
}

/** Until 2049 with two digits of the year. Source: RFC 5280, 4.1.2.5. */
function time(date: Date): Buffer {
  const text = date
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(/[-:T]/g, '');
  return date.getUTCFullYear() < 2050
    ? der(TAG.utcTime, Buffer.from(text.slice(2)))
    : der(TAG.time, Buffer.from(text));
}

const OID = {
  commonName: Buffer.from('0603550403', 'hex'),
  sha256WithRsa: Buffer.from('06092a864886f70d01010b', 'hex'),
};

const signedBy = sequence(OID.sha256WithRsa, Buffer.from('0500', 'hex'));
