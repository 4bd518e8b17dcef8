import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InputOf } from '@poolhouse/model';
import type { PasswordHasher } from '../../ports/hasher.ts';
import { openHouse, type House } from '../../testing/house.ts';

const Password = 'Correct-horse-9';
const better = 'Better-horse-10';
const mismatch = [
  'CodeMismatchException',
  'Invalid verification code provided, please try again.',
] as const;
const expired = [
  'ExpiredCodeException',
  'Invalid code provided, please request a code again.',
] as const;
const address = 'ada@test.com';

const notThe = (code: string) => (code === '000000' ? '000001' : '000000');

async function forgetful(
  house: House,
  pool: Partial<InputOf<'CreateUserPool'>> = {},
  PreventUserExistenceErrors?: 'ENABLED',
) {
  const made = await house.makePool(pool, { PreventUserExistenceErrors });
  const { UserPoolId, ClientId } = made;
  const named = { UserPoolId, Username: 'ada' };
  await house.call('AdminCreateUser', {
    ...named,
    UserAttributes: [
      { Name: 'email', Value: address },
      { Name: 'email_verified', Value: 'true' },
    ],
    MessageAction: 'SUPPRESS',
  });
  await house.call('AdminSetUserPassword', { ...named, Password, Permanent: true });
  const forgot = async (): Promise<string> => {
    house.advance(1);
    await house.call('ForgotPassword', { ClientId, Username: 'ada' });
    return house.code(address);
  };
  const signIn = (password: string) =>
    house.call('InitiateAuth', {
      ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'ada', PASSWORD: password },
    });
  const reset = (ConfirmationCode: string): InputOf<'ConfirmForgotPassword'> => ({
    ClientId,
    Username: 'ada',
    ConfirmationCode,
    Password: better,
  });
  const user = async () => {
    const found = await house.storage.stores.users.byName(UserPoolId as never, 'ada');
    assert(found);
    return found;
  };
  return { ...made, named, forgot, signIn, reset, user };
}

test('an address that waits for its proof is forgotten with the old password (A16)', async (t) => {
  const house = await openHouse(t);
  const { forgot, signIn, reset, user } = await forgetful(house, {
    AutoVerifiedAttributes: ['email'],
    UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
  });
  const thief = (await signIn(Password)).AuthenticationResult?.AccessToken ?? '';
  await house.call('UpdateUserAttributes', {
    AccessToken: thief,
    UserAttributes: [{ Name: 'email', Value: 'thief@test.com' }],
  });
  const theirs = await house.code('thief@test.com');
  await house.call('ConfirmForgotPassword', reset(await forgot()));
  assert.deepEqual((await user()).pendingAttributes, {});
  const AccessToken = (await signIn(better)).AuthenticationResult?.AccessToken ?? '';
  const input = { AccessToken, AttributeName: 'email', Code: theirs };
  await house.refuses('VerifyUserAttribute', input, ...expired);
  await house.call('GetUserAttributeVerificationCode', { AccessToken, AttributeName: 'email' });
  assert.equal((await house.messages('thief@test.com')).length, 1);
});

test('a right code sets the password, once, and signs everybody out (A14)', async (t) => {
  const house = await openHouse(t);
  const { forgot, signIn, reset, ClientId, user } = await forgetful(house);
  const { AuthenticationResult: before } = await signIn(Password);
  const code = await forgot();
  await house.refuses('ConfirmForgotPassword', reset(notThe(code)), ...mismatch);
  assert.deepEqual(await house.call('ConfirmForgotPassword', reset(code)), {});
  await house.refuses('ConfirmForgotPassword', reset(code), ...expired);
  await assert.rejects(signIn(Password), { code: 'NotAuthorizedException' });
  assert.ok((await signIn(better)).AuthenticationResult?.AccessToken);
  await house.refuses(
    'InitiateAuth',
    {
      ClientId,
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN: before?.RefreshToken ?? '' },
    },
    'NotAuthorizedException',
    'Refresh Token has been revoked',
  );
  await house.refuses(
    'ChangePassword',
    {
      AccessToken: before?.AccessToken ?? '',
      PreviousPassword: better,
      ProposedPassword: Password,
    },
    'NotAuthorizedException',
    'Access Token has been revoked',
  );
  assert.equal((await user()).status, 'CONFIRMED');
});

test('repairs users whom an administrator reset; their address counts as proved', async (t) => {
  const house = await openHouse(t);
  const { named, reset, signIn, user } = await forgetful(house);
  house.advance(1);
  await house.call('AdminResetUserPassword', named);
  await assert.rejects(signIn(Password), { code: 'PasswordResetRequiredException' });
  const { poolId, sub } = await user();
  await house.storage.stores.users.change({ poolId, sub }, (current) => ({
    ...current,
    attributes: { ...current.attributes, email_verified: 'false' },
  }));
  await house.call('ConfirmForgotPassword', reset(await house.code(address)));
  assert.equal((await user()).status, 'CONFIRMED');
  assert.equal((await user()).attributes['email_verified'], 'true');
  assert.ok((await signIn(better)).AuthenticationResult);
});

test('a lock does not stand in the way of a reset, and ends with it (S13)', async (t) => {
  const house = await openHouse(t);
  const { forgot, signIn, reset } = await forgetful(house);
  for (let failure = 1; failure <= 5; failure += 1) await assert.rejects(signIn('wrong'));
  await assert.rejects(signIn(Password), /Password attempts exceeded/);
  await house.call('ConfirmForgotPassword', reset(await forgot()));
  assert.ok((await signIn(better)).AuthenticationResult);
});

test('a code lives one hour, dies with the fifth wrong guess, and with a newer one (B01, B02)', async (t) => {
  const house = await openHouse(t);
  const { forgot, reset } = await forgetful(house);
  const late = await forgot();
  house.advance(3_600_000);
  await house.refuses('ConfirmForgotPassword', reset(late), ...expired);
  const former = await forgot();
  const newer = await forgot();
  if (former !== newer) {
    await house.refuses('ConfirmForgotPassword', reset(former), ...mismatch);
  }
  for (let guess = former === newer ? 1 : 2; guess <= 5; guess += 1) {
    await house.refuses('ConfirmForgotPassword', reset(notThe(newer)), ...mismatch);
  }
  await house.refuses('ConfirmForgotPassword', reset(newer), ...expired);
});

test('a code is good for its user, client and purpose only (B03, B04)', async (t) => {
  const house = await openHouse(t);
  const { UserPoolId, ClientId, forgot, reset, user } = await forgetful(house, {
    AutoVerifiedAttributes: ['email'],
  });
  const code = await forgot();
  const { UserPoolClient } = await house.call('CreateUserPoolClient', {
    UserPoolId,
    ClientName: 'second',
  });
  const second = UserPoolClient?.ClientId ?? '';
  const before = (await user()).sealedPassword;
  await house.refuses('ConfirmForgotPassword', { ...reset(code), ClientId: second }, ...mismatch);
  const bob = 'bob@test.com';
  await house.call('SignUp', {
    ClientId,
    Username: 'bob',
    Password,
    UserAttributes: [{ Name: 'email', Value: bob }],
  });
  const confirmation = await house.code(bob);
  if (confirmation !== code) {
    const input = { ClientId, Username: 'bob', ConfirmationCode: code };
    await house.refuses('ConfirmSignUp', input, ...mismatch);
    await house.refuses('ConfirmForgotPassword', reset(confirmation), ...mismatch);
  }
  await house.refuses(
    'ConfirmForgotPassword',
    { ...reset(confirmation), Username: 'bob' },
    ...expired,
  );
  assert.equal((await user()).sealedPassword, before);
  await house.call('ConfirmForgotPassword', reset(code));
});

test('the policy is asked first; the history only once the code is right, and the code lives on', async (t) => {
  const house = await openHouse(t);
  const { forgot, reset, user } = await forgetful(house, {
    UserPoolTier: 'ESSENTIALS',
    Policies: {
      PasswordPolicy: { MinimumLength: 8, RequireNumbers: true, PasswordHistorySize: 2 },
    },
  });
  const code = await forgot();
  await house.refuses(
    'ConfirmForgotPassword',
    { ...reset('nonsense'), Password: 'Short-1' },
    'InvalidPasswordException',
    'Password did not conform with policy: Password not long enough',
  );
  const again = { ...reset(code), Password };
  await house.refuses(
    'ConfirmForgotPassword',
    { ...again, ConfirmationCode: notThe(code) },
    ...mismatch,
  );
  await house.refuses('ConfirmForgotPassword', again, 'PasswordHistoryPolicyViolationException');
  await house.call('ConfirmForgotPassword', reset(code));
  assert.equal((await user()).sealedHistory.length, 1);
  await house.refuses(
    'ConfirmForgotPassword',
    { ...reset(await forgot()), Password },
    'PasswordHistoryPolicyViolationException',
  );
});

test('who has no right code costs no hash, whether the user exists or not (B09)', async (t) => {
  let hashed = 0;
  const count = async () => `hash ${(hashed += 1)}`;
  const hasher: PasswordHasher = {
    hash: count,
    verify: async () => (await count()) === '',
    verifyNothing: async () => (await count(), false),
  };
  const house = await openHouse(t, { hasher });
  const { forgot, reset } = await forgetful(house, {}, 'ENABLED');
  const code = await forgot();
  hashed = 0;
  for (const Username of ['ada', 'nobody']) {
    const [error, message] = Username === 'ada' ? mismatch : expired;
    const guess = { ...reset(notThe(code)), Username };
    await house.refuses('ConfirmForgotPassword', guess, error, message);
  }
  assert.equal(hashed, 0);
  await house.call('ConfirmForgotPassword', reset(code));
  assert.equal(hashed, 1);
});

test('clients that hide users answer alike for every name', async (t) => {
  const house = await openHouse(t);
  const { ClientId, named, reset, user } = await forgetful(house, {}, 'ENABLED');
  await house.call('SignUp', { ClientId, Username: 'fresh', Password });
  const guesses = async (Username: string) => {
    const input = { ...reset('000000'), Username };
    await house.refuses('ConfirmForgotPassword', input, ...expired);
    await house.call('ForgotPassword', { ClientId, Username });
    for (let guess = 1; guess <= 5; guess += 1) {
      await house.refuses('ConfirmForgotPassword', input, ...mismatch);
    }
    await house.refuses('ConfirmForgotPassword', input, ...expired);
    for (let guess = 8; guess <= 20; guess += 1) {
      await house.refuses('ConfirmForgotPassword', input, ...expired);
    }
    await house.refuses('ConfirmForgotPassword', input, 'LimitExceededException');
  };
  await guesses('nobody');
  await guesses('fresh');
  await house.call('AdminDisableUser', named);
  const before = await user();
  await guesses('ada');
  assert.deepEqual(await user(), before);
});

test('LEGACY clients are told who cannot reset', async (t) => {
  const house = await openHouse(t);
  const { named, forgot, reset } = await forgetful(house);
  const code = await forgot();
  await house.refuses(
    'ConfirmForgotPassword',
    { ...reset(code), Username: 'nobody' },
    'UserNotFoundException',
    'Username/client id combination not found.',
  );
  await house.call('AdminDisableUser', named);
  await house.refuses(
    'ConfirmForgotPassword',
    reset(code),
    'NotAuthorizedException',
    'User is disabled.',
  );
  await house.call('AdminEnableUser', named);
  await house.refuses(
    'ConfirmForgotPassword',
    { ...reset(code), SecretHash: 'x' },
    'NotAuthorizedException',
    /secret hash/,
  );
  await house.call('ConfirmForgotPassword', reset(code));
});

test('eight right codes at once: one sets the password', async (t) => {
  const house = await openHouse(t);
  const { forgot, reset, signIn } = await forgetful(house);
  const code = await forgot();
  const outcomes = await Promise.all(
    Array.from({ length: 8 }, (_, at) =>
      house.call('ConfirmForgotPassword', { ...reset(code), Password: `Better-horse-${at}` }).then(
        () => at,
        () => undefined,
      ),
    ),
  );
  const winners = outcomes.filter((outcome) => outcome !== undefined);
  assert.equal(winners.length, 1);
  assert.ok((await signIn(`Better-horse-${winners[0]}`)).AuthenticationResult);
});

test('who has no password to reset yet is told of the code, in whatever state', async (t) => {
  const house = await openHouse(t);
  const { UserPoolId, ClientId, reset } = await forgetful(house, {
    AutoVerifiedAttributes: ['email'],
  });
  await house.call('AdminCreateUser', { UserPoolId, Username: 'invited' });
  await house.call('SignUp', { ClientId, Username: 'fresh', Password });
  for (const Username of ['invited', 'fresh']) {
    const input = { ...reset('123456'), Username };
    for (let at = 0; at < 6; at += 1) {
      await house.refuses('ConfirmForgotPassword', input, ...expired);
    }
  }
  await house.call('AdminDisableUser', { UserPoolId, Username: 'fresh' });
  const disabled = { ...reset('123456'), Username: 'fresh' };
  await house.refuses('ConfirmForgotPassword', disabled, 'NotAuthorizedException');
});
