import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Pool, PoolSettings } from '../pools/pool.ts';
import { addressAttributeOf, usernameProblem } from './username-form.ts';

const poolWith = (settings: Partial<PoolSettings>): Pool => ({ settings }) as Pool;
const mail = 'ada@example.com';
const phone = '+31612345678';

test('user names have the form that the pool requires', () => {
  const email = poolWith({ UsernameAttributes: ['email'] });
  const number = poolWith({ UsernameAttributes: ['phone_number'] });
  const both = poolWith({ UsernameAttributes: ['email', 'phone_number'] });
  const aliases = poolWith({ AliasAttributes: ['email', 'phone_number'] });
  const preferred = poolWith({ AliasAttributes: ['preferred_username'] });
  const cases: readonly [Pool, string, RegExp | undefined][] = [
    [email, mail, undefined],
    [email, 'ada', /^Username should be an email\.$/],
    [email, phone, /^Username should be an email\.$/],
    [number, phone, undefined],
    [number, mail, /^Username should be a phone number\.$/],
    [both, mail, undefined],
    [both, phone, undefined],
    [both, 'ada', /^Username should be either an email or a phone number\.$/],
    [aliases, 'ada', undefined],
    [aliases, mail, /cannot be of email format/],
    [aliases, phone, /cannot be of phone number format/],
    [preferred, mail, undefined],
    [poolWith({}), mail, undefined],
  ];
  for (const [pool, username, expected] of cases) {
    const problem = usernameProblem(pool, username);
    if (expected === undefined) assert.equal(problem, undefined, username);
    else assert.match(problem ?? '', expected);
  }
});

test('an address that is a user name is recognised by its form', () => {
  const both = poolWith({ UsernameAttributes: ['email', 'phone_number'] });
  assert.equal(addressAttributeOf(both, mail), 'email');
  assert.equal(addressAttributeOf(both, phone), 'phone_number');
  assert.equal(addressAttributeOf(both, 'ada'), undefined);
  assert.equal(addressAttributeOf(poolWith({ AliasAttributes: ['email'] }), mail), undefined);
});
