import assert from 'node:assert/strict';
import { test } from 'node:test';
import { redirectUrlProblem } from './redirect-urls.ts';

test('people are sent to https, to this very computer, and to apps of their own scheme', () => {
  for (const [url, problem] of [
    ['https://shop.example.com/welcome?from=mail', undefined],
    ['http://localhost:8401', undefined],
    ['http://127.0.0.1/in', undefined],
    ['http://[::1]:3000/', undefined],
    ['shop://in', undefined],
    ['com.example.shop:/in', undefined],
    ['', 'no-url'],
    ['shop.example.com', 'no-url'],
    ['/welcome', 'no-url'],
    ['JaVaScRiPt:alert(1)', 'no-url'],
    ['view-source:https://shop.example.com', 'no-url'],
    ['https://shop.example.com/a b', 'no-url'],
    ['https://shop.example.com/\n', 'no-url'],
    [String.raw`https://shop.example.com\@evil.example/`, 'no-url'],
    [`https://shop.example.com/${'x'.repeat(1024)}`, 'no-url'],
    ['https://shop.example.com/#', 'fragment'],
    ['https://ada:secret@shop.example.com/', 'user'],
    ['HTTPS://ada@shop.example.com/', 'user'],
    ['http://shop.example.com/', 'http'],
    ['http://localhost.example.com/', 'http'],
  ] as const) {
    assert.equal(redirectUrlProblem(url), problem, url);
  }
});
