import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applicationAddress } from './application-address.ts';

const addressOf = (DefaultRedirectURI: string | undefined, ...CallbackURLs: string[]) =>
  applicationAddress({ settings: { DefaultRedirectURI, CallbackURLs } });

test('an application is at its owner’s default redirect', () => {
  assert.equal(addressOf('https://shop.example.com/in?x=1'), 'https://shop.example.com/in?x=1');
  assert.equal(addressOf('http://localhost:8401/'), 'http://localhost:8401/');
});

test('otherwise it is on the site of the first https callback', () => {
  const more = ['https://shop.example.com:8443/callback', 'https://other.example.com/'];
  assert.equal(
    addressOf(undefined, 'shop://in', 'http://localhost/x', ...more),
    'https://shop.example.com:8443',
  );
  assert.equal(addressOf('shop://in', ...more), 'https://shop.example.com:8443');
});

test('and nowhere without a web address', () => {
  for (const other of [
    'shop://in',
    'javascript:alert(1)',
    'data:text/html,x',
    'com.example:/in',
    'no address',
  ]) {
    assert.equal(addressOf(other, other), undefined, other);
  }
  assert.equal(addressOf(undefined), undefined);
  assert.equal(addressOf(undefined, 'http://localhost:3000/callback'), undefined);
});
