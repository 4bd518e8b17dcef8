import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  changeAttributes,
  deletionProblem,
  proveAddress,
  requestedValues,
  reservedProblem,
  updateProblem,
} from './attribute-change.ts';
import type { Pool, PoolSettings } from '../pools/pool.ts';
import { standardAttributes } from '../pools/standard-attributes.ts';

function poolWith(settings: Partial<PoolSettings> = {}): Pool {
  const SchemaAttributes = [
    ...standardAttributes.map((entry) =>
      entry.Name === 'family_name' ? { ...entry, Required: true } : entry,
    ),
    { Name: 'custom:role', AttributeDataType: 'String', Mutable: true, Required: false },
    { Name: 'custom:born', AttributeDataType: 'String', Mutable: false, Required: false },
    { Name: 'custom:happy', AttributeDataType: 'Boolean', Mutable: true, Required: false },
  ];
  return { settings: { SchemaAttributes, ...settings } } as unknown as Pool;
}

const user = {
  attributes: { email: 'old@x.com', email_verified: 'true', nickname: 'Ada' },
  pendingAttributes: {},
};
const keeps = poolWith({
  AutoVerifiedAttributes: ['email'],
  UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
});
const replaces = poolWith({ AutoVerifiedAttributes: ['email'] });
const toNew = [{ attribute: 'email', destination: 'new@x.com' }];

test('new values replace old ones, blank ones delete, addresses become unverified', () => {
  const cases: readonly [string, Pool, typeof user, Record<string, string>, object][] = [
    [
      'plain values',
      replaces,
      user,
      { nickname: 'A.', 'custom:happy': 'TRUE' },
      { attributes: { ...user.attributes, nickname: 'A.', 'custom:happy': 'true' } },
    ],
    [
      'a blank value',
      replaces,
      user,
      { nickname: '' },
      { attributes: { email: 'old@x.com', email_verified: 'true' } },
    ],
    [
      'an address at once',
      replaces,
      user,
      { email: 'new@x.com' },
      {
        attributes: { ...user.attributes, email: 'new@x.com', email_verified: 'false' },
        altered: ['email'],
        toProve: toNew,
      },
    ],
    [
      'an address that nobody verifies',
      poolWith(),
      user,
      { email: 'new@x.com' },
      {
        attributes: { ...user.attributes, email: 'new@x.com', email_verified: 'false' },
        altered: ['email'],
      },
    ],
    ['the same address', replaces, user, { email: 'old@x.com' }, { attributes: user.attributes }],
    [
      'an address without its mark',
      replaces,
      user,
      { email: '' },
      { attributes: { nickname: 'Ada' }, altered: ['email'] },
    ],
    [
      'an address that waits',
      keeps,
      user,
      { email: 'new@x.com', nickname: 'A.' },
      {
        attributes: { ...user.attributes, nickname: 'A.' },
        pendingAttributes: { email: 'new@x.com' },
        altered: ['email'],
        toProve: toNew,
      },
    ],
    [
      'the old address takes a waiting one back',
      keeps,
      { ...user, pendingAttributes: { email: 'new@x.com' } },
      { email: 'old@x.com' },
      { attributes: user.attributes, altered: ['email'] },
    ],
    [
      'an administrator vouches for the address',
      keeps,
      user,
      { email: 'new@x.com', email_verified: 'True' },
      { attributes: { ...user.attributes, email: 'new@x.com' }, altered: ['email'] },
    ],
    [
      'an administrator leaves the address unproved',
      replaces,
      user,
      { email: 'new@x.com', email_verified: 'false' },
      {
        attributes: { ...user.attributes, email: 'new@x.com', email_verified: 'false' },
        altered: ['email'],
      },
    ],
  ];
  for (const [what, pool, before, values, expected] of cases) {
    const whole = { pendingAttributes: {}, altered: [], toProve: [], ...expected };
    assert.deepEqual(changeAttributes(pool, before, values), whole, what);
  }
});

test('the last address that is a sign-in name cannot be deleted', () => {
  const pool = poolWith({ UsernameAttributes: ['email', 'phone_number'] });
  assert.ok('problem' in changeAttributes(pool, user, { email: '' }));
  const both = { ...user, attributes: { ...user.attributes, phone_number: '+3161234567' } };
  assert.ok(!('problem' in changeAttributes(pool, both, { email: '' })));
});

test('verifying an address moves the pending value in and leaves the others alone', () => {
  const waiting = { ...user, pendingAttributes: { email: 'new@x.com', phone_number: '+316' } };
  assert.deepEqual(proveAddress(waiting, 'email'), {
    attributes: { ...user.attributes, email: 'new@x.com' },
    pendingAttributes: { phone_number: '+316' },
  });
});

test('what may not be written is refused in the service’s words', () => {
  const fixed = (name: string) => `user.${name}: Attribute cannot be updated.\n`;
  const pool = poolWith();
  for (const name of [
    'sub',
    'identities',
    'email_verified',
    'phone_number_verified',
    'cognito:user_status',
    'cognito:groups',
    'dev:custom:role',
  ]) {
    assert.equal(reservedProblem([name]), fixed(name));
  }
  assert.equal(reservedProblem(['email', 'custom:role']), undefined);
  const updates: readonly [Record<string, string>, string | undefined][] = [
    [{ 'custom:role': 'x', email: 'a@x.com', nickname: '' }, undefined],
    [{ sub: 'x' }, fixed('sub')],
    [{ 'custom:born': '2000' }, fixed('custom:born')],
    [{ 'custom:born': '' }, fixed('custom:born')],
    [{ 'custom:none': 'x' }, 'user.custom:none: Attribute does not exist in the schema.\n'],
    [
      requestedValues([{ Name: '__proto__', Value: 'x' }]),
      'user.__proto__: Attribute does not exist in the schema.\n',
    ],
    [{ email: 'a@b.com,evil@x.com' }, 'Invalid email address format.'],
    [
      { family_name: '' },
      'Invalid user attributes: family_name: Required attribute cannot be deleted.',
    ],
  ];
  for (const [values, expected] of updates) assert.equal(updateProblem(pool, values), expected);
  const deletions: readonly [string, string | undefined][] = [
    ['nickname', undefined],
    ['sub', fixed('sub')],
    ['family_name', 'Invalid user attributes: family_name: Required attribute cannot be deleted.'],
    [
      'custom:none',
      'Invalid user attributes: user.custom:none: Attribute does not exist in the schema.\n',
    ],
  ];
  for (const [name, expected] of deletions) assert.equal(deletionProblem(pool, [name]), expected);
});
