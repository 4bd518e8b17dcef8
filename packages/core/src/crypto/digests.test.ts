import assert from 'node:assert/strict';
import { createHmac, createSecretKey } from 'node:crypto';
import { test } from 'node:test';
import { codeMac, type CodeBinding } from './code-mac.ts';
import { equalInConstantTime } from './constant-time.ts';
import { secretHash, secretHashMatches } from './secret-hash.ts';
import { hashToken } from './token-hash.ts';

test('values of any kind and length compare by their bytes', () => {
  assert.ok(equalInConstantTime('abc', Buffer.from('abc')));
  assert.ok(equalInConstantTime('', Buffer.alloc(0)));
  assert.ok(!equalInConstantTime('abc', 'abcd'));
  assert.ok(!equalInConstantTime('abc', 'abd'));
  assert.ok(!equalInConstantTime(Buffer.alloc(32), Buffer.alloc(31)));
});

test('a token is stored as its SHA-256', () => {
  assert.equal(hashToken('abc'), 'ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0');
});

test('SECRET_HASH is the base64 HMAC over user name and client id', () => {
  const expected = createHmac('sha256', 'shh').update('Ünal26cb2c60kq').digest('base64');
  assert.equal(secretHash('shh', 'Ünal', '26cb2c60kq'), expected);
  assert.ok(secretHashMatches(expected, 'shh', 'Ünal', '26cb2c60kq'));
});

test('SECRET_HASH of another name, client, secret or spelling does not match', () => {
  const given = secretHash('secret', 'alice', 'client');
  assert.ok(!secretHashMatches(given, 'secret', 'Alice', 'client'));
  assert.ok(!secretHashMatches(given, 'secret', 'alice', 'client2'));
  assert.ok(!secretHashMatches(given, 'secret2', 'alice', 'client'));
  assert.ok(!secretHashMatches('', 'secret', 'alice', 'client'));
  assert.ok(!secretHashMatches(given.replace('=', ''), 'secret', 'alice', 'client'));
});

test('the MAC of a code changes with everything that it is bound to', () => {
  const key = createSecretKey(Buffer.alloc(32, 1));
  const binding: CodeBinding = {
    purpose: 'confirm-sign-up',
    poolId: 'local_abc',
    userSub: 'sub',
    clientId: '',
    attribute: 'email',
    rowId: 'row',
  };
  const macs = new Set([codeMac(key, binding, '123456')]);
  for (const member of Object.keys(binding)) {
    macs.add(codeMac(key, { ...binding, [member]: 'other' }, '123456'));
  }
  macs.add(codeMac(key, binding, '123457'));
  macs.add(codeMac(createSecretKey(Buffer.alloc(32, 2)), binding, '123456'));
  // Moving a character from one part to the next must not produce the same bytes.
  macs.add(codeMac(key, { ...binding, rowId: 'row1' }, '23456'));
  assert.equal(macs.size, 10);
  assert.equal(codeMac(key, { ...binding }, '123456'), [...macs][0]);
});
