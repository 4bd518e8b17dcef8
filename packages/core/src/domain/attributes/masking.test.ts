import assert from 'node:assert/strict';
import { test } from 'node:test';
import { maskDestination } from './masking.ts';

test('addresses are shown as the service shows them', () => {
  const cases = [
    ['email', 'test@test.com', 't***@t***'],
    ['email', 'f@example.co.uk', 'f***@e***'],
    ['email', '😀x@ünicode.example', '😀***@ü***'],
    ['phone_number', '+12345674444', '+*******4444'],
    ['phone_number', '+123456788920', '+********8920'],
    ['phone_number', '+123', '+123'],
  ] as const;
  for (const [attribute, value, masked] of cases) {
    assert.equal(maskDestination(attribute, value), masked);
  }
});
