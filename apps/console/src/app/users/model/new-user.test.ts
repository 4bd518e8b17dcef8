import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { UserPoolType } from '@poolhouse/model';
import { generatedPassword, NewUser, secureRandom, unmet } from './new-user.ts';

const pool: UserPoolType = {
  Id: 'local_aaaaaaaaa',
  Policies: {
    PasswordPolicy: {
      MinimumLength: 10,
      RequireLowercase: true,
      RequireUppercase: true,
      RequireNumbers: true,
      RequireSymbols: true,
    },
  },
  SchemaAttributes: [
    { Name: 'sub', Required: true },
    { Name: 'email', Required: true, AttributeDataType: 'String' },
    { Name: 'phone_number', AttributeDataType: 'String' },
    { Name: 'locale', Required: true, AttributeDataType: 'String' },
  ],
};
const ada = { username: 'ada', attributes: { email: 'ada@example.com', locale: '' } };

test('an invitation goes where the user can be reached', () => {
  const user = new NewUser(pool, { ...ada, verified: ['email', 'phone_number'] });
  assert.deepEqual(user.problems, {});
  assert.deepEqual(user.create, {
    UserPoolId: 'local_aaaaaaaaa',
    Username: 'ada',
    UserAttributes: [
      { Name: 'email', Value: 'ada@example.com' },
      { Name: 'email_verified', Value: 'true' },
    ],
    DesiredDeliveryMediums: ['EMAIL'],
  });
  assert.equal(user.setPassword('ada'), undefined);
  assert.deepEqual(user.with({ mediums: ['SMS'] }).problems, { mediums: 'no-address' });
  assert.deepEqual(user.with({ mediums: ['EMAIL', 'SMS'] }).problems, { mediums: 'no-address' });
  assert.deepEqual(user.with({ mediums: [] }).problems, { mediums: 'no-address' });
  assert.deepEqual(user.with({ attributes: {} }).problems, { mediums: 'no-address' });
});

test('a set password goes in no message', () => {
  const temporary = new NewUser(pool, { ...ada, first: 'temporary', password: 'Good-pass-1' });
  assert.equal(temporary.create.MessageAction, 'SUPPRESS');
  assert.equal(temporary.create.TemporaryPassword, 'Good-pass-1');
  const lasting = temporary.with({ first: 'permanent' });
  assert.equal(lasting.create.TemporaryPassword, undefined);
  assert.deepEqual(lasting.setPassword('ada'), {
    UserPoolId: 'local_aaaaaaaaa',
    Username: 'ada',
    Password: 'Good-pass-1',
    Permanent: true,
  });
  assert.deepEqual(lasting.with({ password: 'short' }).problems, { password: 'weak' });
});

test('where addresses are names, the name is one and is not asked for twice', () => {
  const byEmail = new NewUser({ ...pool, UsernameAttributes: ['email'] }, { username: 'ada' });
  assert.equal(byEmail.problems['username'], 'no-address');
  assert.ok(!byEmail.asked.includes('email') && byEmail.asked.includes('locale'));
  const good = byEmail.with({ username: ' ada@example.com ', verified: ['email'] });
  assert.deepEqual(good.problems, {});
  assert.equal(good.create.Username, 'ada@example.com');
  assert.deepEqual(good.create.UserAttributes, [{ Name: 'email_verified', Value: 'true' }]);
  assert.equal(new NewUser(pool, { username: 'a b' }).problems['username'], 'no-name');
});

test('made passwords meet the policy', () => {
  const policy = pool.Policies?.PasswordPolicy ?? {};
  const made = Array.from({ length: 50 }, () => generatedPassword(policy, secureRandom));
  assert.ok(made.every((password) => unmet(policy, password).length === 0));
  assert.equal(new Set(made).size, 50);
  assert.equal(generatedPassword({ MinimumLength: 40 }, () => 0).length, 40);
  assert.deepEqual(unmet(policy, 'abcdefghij'), ['uppercase', 'number', 'symbol']);
  // As the service counts: letters of every script, a space as a symbol, an emoji as one character.
  for (const password of ['Correct horse 1', 'ÄÖ-ähre-12345', 'Пароль-12345']) {
    assert.deepEqual(unmet(policy, password), [], password);
  }
  assert.deepEqual(unmet(policy, 'Aa1-😀😀😀'), ['length']);
  for (const [before, after] of [
    [' ', ''],
    ['', ' '],
    ['', '\n'],
  ]) {
    assert.deepEqual(unmet(policy, `${before}${made[0]}${after}`), ['edges']);
  }
});

test('the invitation needs the address that it goes to', () => {
  const invited = new NewUser(pool, { mediums: ['EMAIL'] });
  assert.deepEqual(
    ['email', 'phone_number', 'name'].map((name) => invited.isInvitedBy(name)),
    [true, false, false],
  );
  assert(invited.with({ mediums: ['SMS'] }).isInvitedBy('phone_number'));
  assert(!invited.with({ first: 'temporary' }).isInvitedBy('email'));
});
