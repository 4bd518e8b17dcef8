import assert from 'node:assert/strict';
import { createSecretKey } from 'node:crypto';
import { test } from 'node:test';
import { openState, sealState } from './authenticated-token.ts';

const key = createSecretKey(Buffer.alloc(32, 7));
const nowMs = 1_785_000_000_000;
const value = { step: 'mfa', user: 'ü', nested: { list: [1, null] } };
const invalid = { ok: false, reason: 'invalid' };

test('opens what was sealed, until the exact millisecond of its end', () => {
  const text = sealState(key, 'session', value, nowMs + 1);
  assert.match(text, /^[\w-]{20,}$/);
  assert.deepEqual(openState(key, 'session', text, nowMs), { ok: true, value });
  assert.deepEqual(openState(key, 'session', text, nowMs + 1), { ok: false, reason: 'expired' });
});

test('a state without an end stays valid', () => {
  const text = sealState(key, 'page', value, Infinity);
  assert.ok(openState(key, 'page', text, Number.MAX_SAFE_INTEGER).ok);
});

test('hides its content, and no two are equal', () => {
  const text = sealState(key, 'session', { canary: 'canary' }, nowMs);
  assert.ok(!Buffer.from(text, 'base64url').includes('canary'));
  assert.notEqual(text, sealState(key, 'session', { canary: 'canary' }, nowMs));
});

test('another purpose or key is invalid, even after the end', () => {
  const text = sealState(key, 'session', value, nowMs + 1);
  const other = createSecretKey(Buffer.alloc(32, 8));
  assert.deepEqual(openState(key, 'page', text, nowMs), invalid);
  assert.deepEqual(openState(other, 'session', text, nowMs + 5), invalid);
});

test('a text with any character changed or missing is invalid, so each state has exactly one spelling', () => {
  const text = sealState(key, 'session', value, nowMs + 1);
  for (let index = 0; index < text.length; index += 1) {
    const changed = text.charAt(index) === 'A' ? 'B' : 'A';
    const other = text.slice(0, index) + changed + text.slice(index + 1);
    assert.deepEqual(openState(key, 'session', other, nowMs), invalid);
    assert.deepEqual(openState(key, 'session', text.slice(0, index), nowMs), invalid);
  }
  for (const other of [`${text}=`, `${text} `, ` ${text}`, `${text}\n`, 'x'.repeat(10_000_000)]) {
    assert.deepEqual(openState(key, 'session', other, nowMs), invalid);
  }
});

test('the standard alphabet is for protocols that need it, and only for those', () => {
  const form = 'base64';
  for (let round = 0; round < 20; round += 1) {
    const text = sealState(key, 'srp', value, nowMs + 1, { form });
    assert.match(text, /^[A-Za-z0-9+/]+=*$/);
    assert.equal(text.length % 4, 0);
    assert.deepEqual(openState(key, 'srp', text, nowMs, { form }), { ok: true, value });
    const urlText = sealState(key, 'srp', { ...value, round }, nowMs + 1);
    if (/[-_]/.test(urlText)) {
      assert.deepEqual(openState(key, 'srp', urlText, nowMs, { form }), invalid);
    }
  }
});

test('what could not be opened again is not sealed', () => {
  assert.throws(() => sealState(key, 'session', { text: 'x'.repeat(8192) }, nowMs), RangeError);
});
