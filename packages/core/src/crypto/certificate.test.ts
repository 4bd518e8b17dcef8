import assert from 'node:assert/strict';
import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { selfSignedCertificate } from './certificate.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

const read = (serial: string, fromMs: number, commonName = 'eu-west-1_abc') =>
  new X509Certificate(
    Buffer.from(
      selfSignedCertificate(privateKey, {
        commonName,
        serial: Buffer.from(serial, 'hex'),
        fromMs,
        validYears: 10,
      }),
      'base64',
    ),
  );

test('a certificate is read by others, names the pool, and is signed by its own key', () => {
  const made = read('7f01', Date.UTC(2026, 10, 23, 9, 5, 7, 250));
  assert.equal(made.subject, 'CN=eu-west-1_abc');
  assert.equal(made.issuer, made.subject);
  assert.equal(made.serialNumber, '7F01');
  assert.equal(made.validFromDate.getTime(), Date.UTC(2026, 10, 23, 9, 5, 7));
  assert.equal(made.validToDate.getTime(), Date.UTC(2036, 10, 23, 9, 5, 7));
  assert.equal(made.verify(publicKey), true);
  assert.equal(made.checkPrivateKey(privateKey), true);
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
  assert.equal(made.verify(other.publicKey), false);
});

test('serial numbers are positive and short, long names and years after 2049 are written right', () => {
  assert.equal(read('ff00', 0).serialNumber, 'FF00');
  assert.equal(read('0000ff', 0).serialNumber, 'FF');
  assert.equal(read('0000', 0).serialNumber, '01');
  const late = read('01', Date.UTC(2045, 0, 1), 'x'.repeat(200));
  assert.equal(late.validToDate.getTime(), Date.UTC(2055, 0, 1));
  assert.equal(late.subject, `CN=${'x'.repeat(200)}`);
});
