import assert from 'node:assert/strict';
import { test } from 'node:test';
import { waysTo } from './ways-to.ts';

const email = { Name: 'email', Value: 'ada@example.com' };
const phone = { Name: 'phone_number', Value: '+15550100' };

test('an invitation goes again on every way that leads to the user, and on no other', () => {
  assert.deepEqual(waysTo([email, phone]), ['EMAIL', 'SMS']);
  assert.deepEqual(waysTo([phone, { Name: 'email', Value: '' }]), ['SMS']);
  assert.deepEqual(waysTo([{ Name: 'email_verified', Value: 'false' }, email]), ['EMAIL']);
});

test('without an address the server is asked for mail, and refuses', () => {
  assert.deepEqual(waysTo([]), ['EMAIL']);
});
