import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseAuthorization } from './authorization-header.ts';
import { ProtocolFailure } from './protocol-failure.ts';

const [one, other] = ['a1'.repeat(32), 'b2'.repeat(32)];
const part = (keyId: string, between = ', ') =>
  ['AWS4-HMAC-SHA256 ', `Credential=${keyId}/20261128/eu-west-1/cognito-idp/aws4_request`, between]
    .concat(['SignedHeaders=host;x-amz-date;x-amz-target', between, 'Signature='])
    .join('');
const claimOf = (keyId: string, signature: string) => ({
  keyId,
  scope: {
    date: '20261128',
    region: 'eu-west-1',
    service: 'cognito-idp',
    terminator: 'aws4_request',
  },
  signedHeaders: ['host', 'x-amz-date', 'x-amz-target'],
  signature,
});

test('headers with the same beginning are told apart by their signatures, however often they come', () => {
  for (const between of [', ', ',', ',   ']) {
    for (const signature of [one, other, one]) {
      for (const keyId of ['first', 'second', 'first']) {
        assert.deepEqual(
          parseAuthorization(part(keyId, between) + signature),
          claimOf(keyId, signature),
        );
      }
    }
  }
});

test('what is not a signature is refused even after one that was', () => {
  parseAuthorization(part('key') + one);
  for (const wrong of [
    '',
    one.slice(1),
    `${one}0`,
    one.toUpperCase(),
    `${one.slice(1)} `,
    `x${one}`,
  ]) {
    assert.throws(() => parseAuthorization(part('key') + wrong), ProtocolFailure, wrong);
  }
});

test('a member whose name only ends like the signature’s is not taken for it', () => {
  const twice = (last: string) => `${part('key')}${one}, XSignature=${last}`;
  assert.equal(parseAuthorization(twice(one)).signature, one);
  assert.equal(parseAuthorization(twice(other)).signature, one);
});

test('the client chooses the order of the members', () => {
  const [head = '', credential = '', names = ''] = part('key').split(/ (?=Cred)|, /);
  const text = `${head} Signature=${one}, ${names}, ${credential}`;
  for (let time = 0; time < 2; time += 1) {
    assert.deepEqual(parseAuthorization(text), claimOf('key', one));
  }
});

test('the parser handles any number of different headers', () => {
  for (let at = 0; at < 2_500; at += 1) parseAuthorization(part(`key${at}`) + one);
  assert.deepEqual(parseAuthorization(part('key7') + other), claimOf('key7', other));
});
