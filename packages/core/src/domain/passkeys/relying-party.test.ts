import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isOriginOf, relyingPartyIdOf } from './relying-party.ts';

test('the relying party is the configured one, otherwise the host of the public URL', () => {
  const cases: readonly [string | undefined, string, string | undefined][] = [
    ['auth.example.com', 'http://localhost:8400', 'auth.example.com'],
    ['Auth.Example.com', 'http://localhost:8400', 'auth.example.com'],
    [undefined, 'https://pool.example.com', 'pool.example.com'],
    [undefined, 'http://localhost:8400', 'localhost'],
    [undefined, 'http://127.0.0.1:8400', 'localhost'],
    [undefined, 'http://[::1]:8400', 'localhost'],
    ['localhost', 'https://pool.example.com', 'localhost'],
    // An address, a name of one label, something that is no name at all.
    [undefined, 'https://192.0.2.1', undefined],
    [undefined, 'http://[2001:db8::1]', undefined],
    ['192.0.2.1', 'https://pool.example.com', undefined],
    ['127.0.0.1', 'https://pool.example.com', undefined],
    ['com', 'https://pool.example.com', undefined],
    [undefined, 'http://poolhouse:8400', undefined],
    ['', 'https://pool.example.com', undefined],
    ['a..example', 'https://pool.example.com', undefined],
    ['.example.com', 'https://pool.example.com', undefined],
    ['example.com/x', 'https://pool.example.com', undefined],
  ];
  for (const [configured, publicUrl, expected] of cases) {
    assert.equal(relyingPartyIdOf(configured, publicUrl), expected, `${configured} ${publicUrl}`);
  }
});

test('passkeys are used on pages of their relying party, and on no others (P01)', () => {
  const own = 'https://id.example.com:8443';
  const right: readonly [string, string][] = [
    ['example.com', 'https://example.com'],
    ['example.com', 'https://app.example.com'],
    ['example.com', 'https://a.b.example.com'],
    ['example.com', own],
    ['localhost', 'http://localhost'],
    ['localhost', 'http://localhost:4200'],
    ['localhost', 'https://localhost:4443'],
    ['shop.localhost', 'http://shop.localhost:8400'],
  ];
  for (const [party, origin] of right) {
    assert.equal(isOriginOf(party, origin, own), true, `${party} ${origin}`);
  }
  const wrong: readonly [string, string][] = [
    ['example.com', 'https://example.com.evil'],
    ['example.com', 'https://evil-example.com'],
    ['example.com', 'https://example.org'],
    ['example.com', 'https://com'],
    ['app.example.com', 'https://example.com'],
    ['app.example.com', 'https://evil.example.com'],
    ['example.com', 'http://example.com'],
    ['example.com', 'http://app.example.com'],
    ['example.com', 'https://example.com:8443'],
    ['id.example.com', 'https://id.example.com:9443'],
    ['example.com', 'https://example.com/'],
    ['example.com', 'https://example.com/path'],
    ['example.com', 'https://user@example.com'],
    ['example.com', 'https://evil.org@example.com'],
    ['example.com', 'https://evil.org#.example.com'],
    ['example.com', 'https://EXAMPLE.com'],
    ['example.com', 'https://example.com:443'],
    ['example.com', 'https://example.com.'],
    ['example.com', 'https://example.com\\.evil'],
    ['example.com', 'android:apk-key-hash:abc'],
    ['example.com', 'null'],
    ['example.com', ''],
    ['localhost', 'http://localhost.evil:4200'],
    ['localhost', 'http://127.0.0.1:4200'],
    ['localhost', 'ws://localhost:4200'],
  ];
  for (const [party, origin] of wrong) {
    assert.equal(isOriginOf(party, origin, own), false, `${party} ${origin}`);
  }
  assert.equal(isOriginOf('example.com', 'http://example.com', 'http://example.com'), false);
});
