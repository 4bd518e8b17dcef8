import assert from 'node:assert/strict';
import { test } from 'node:test';
import { redirectUrlProblem } from './redirect-urls.ts';

test('people are sent to https, to this very computer, and to apps of their own scheme', () => {
  for (const address of [
    'https://shop.example.com/welcome?from=mail',
    'http://localhost:8401',
    'http://127.0.0.1/in',
    'http://[::1]:3000/',
    'shop://in',
    'com.example.shop:/in',
  ]) {
    assert.equal(redirectUrlProblem(address), '', address);
  }
});

test('other addresses are refused before the server does it', () => {
  for (const [address, why] of [
    ['shop.example.com', /whole address/],
    ['/welcome', /whole address/],
    ['javascript:alert(1)', /whole address/],
    ['https://shop.example.com/a b', /whole address/],
    [String.raw`https:\\shop.example.com`, /whole address/],
    [`https://shop.example.com/${'x'.repeat(1024)}`, /whole address/],
    ['https://shop.example.com/#welcome', /Leave out the #/],
    ['https://ada:secret@shop.example.com/', /user name/],
    ['http://shop.example.com/', /Use https/],
  ] as const) {
    assert.match(redirectUrlProblem(address), why, address);
  }
});
