import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InputOf } from '@poolhouse/model';
import type { PasswordHasher } from '../../ports/hasher.ts';
import { openHarness, type Harness } from '../../testing/harness.ts';

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
  harness: Harness,
  pool: Partial<InputOf<'CreateUserPool'>> = {},
  PreventUserExistenceErrors?: 'ENABLED',
) {
  const made = await harness.makePool(pool, { PreventUserExistenceErrors });
  const { UserPoolId, ClientId } = made;
  const named = { UserPoolId, Username: 'ada' };
  await harness.call('AdminCreateUser', {
    ...named,
    UserAttributes: [
      { Name: 'email', Value: address },
      { Name: 'email_verified', Value: 'true' },
    ],
    MessageAction: 'SUPPRESS',
  });
  await harness.call('AdminSetUserPassword', { ...named, Password, Permanent: true });
  const forgot = async (): Promise<string> => {
    harness.advance(1);
    await harness.call('ForgotPassword', { ClientId, Username: 'ada' });
    return harness.code(address);
  };
  const signIn = (password: string) =>
    harness.call('InitiateAuth', {
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
    const found = await harness.storage.stores.users.byName(UserPoolId as never, 'ada');
    assert(found);
    return found;
  };
  return { ...made, named, forgot, signIn, reset, user };
}

test('an address that waits for its proof is forgotten with the old password (A16)', async (t) => {
  const harness = await openHarness(t);
  const { forgot, signIn, reset, user } = await forgetful(harness, {
    AutoVerifiedAttributes: ['email'],
    UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
  });
  const thief = (await signIn(Password)).AuthenticationResult?.AccessToken ?? '';
  await harness.call('UpdateUserAttributes', {
    AccessToken: thief,
    UserAttributes: [{ Name: 'email', Value: 'thief@test.com' }],
  });
  const theirs = await harness.code('thief@test.com');
  await harness.call('ConfirmForgotPassword', reset(await forgot()));
  assert.deepEqual((await user()).pendingAttributes, {});
  const AccessToken = (await signIn(better)).AuthenticationResult?.AccessToken ?? '';
  const input = { AccessToken, AttributeName: 'email', Code: theirs };
  await harness.refuses('VerifyUserAttribute', input, ...expired);
  await harness.call('GetUserAttributeVerificationCode', { AccessToken, AttributeName: 'email' });
  assert.equal((await harness.messages('thief@test.com')).length, 1);
});

test('a right code sets the password, once, and signs everybody out (A14)', async (t) => {
  const harness = await openHarness(t);
  const { forgot, signIn, reset, ClientId, user } = await forgetful(harness);
  const { AuthenticationResult: before } = await signIn(Password);
  const code = await forgot();
  await harness.refuses('ConfirmForgotPassword', reset(notThe(code)), ...mismatch);
  assert.deepEqual(await harness.call('ConfirmForgotPassword', reset(code)), {});
  await harness.refuses('ConfirmForgotPassword', reset(code), ...expired);
  await assert.rejects(signIn(Password), { code: 'NotAuthorizedException' });
  assert.ok((await signIn(better)).AuthenticationResult?.AccessToken);
  await harness.refuses(
    'InitiateAuth',
    {
      ClientId,
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN: before?.RefreshToken ?? '' },
    },
    'NotAuthorizedException',
    'Refresh Token has been revoked',
  );
  await harness.refuses(
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
  const harness = await openHarness(t);
  const { named, reset, signIn, user } = await forgetful(harness);
  harness.advance(1);
  await harness.call('AdminResetUserPassword', named);
  await assert.rejects(signIn(Password), { code: 'PasswordResetRequiredException' });
  const { poolId, sub } = await user();
  await harness.storage.stores.users.change({ poolId, sub }, (current) => ({
    ...current,
    attributes: { ...current.attributes, email_verified: 'false' },
  }));
  await harness.call('ConfirmForgotPassword', reset(await harness.code(address)));
  assert.equal((await user()).status, 'CONFIRMED');
  assert.equal((await user()).attributes['email_verified'], 'true');
  assert.ok((await signIn(better)).AuthenticationResult);
});

test('a lock does not stand in the way of a reset, and ends with it (S13)', async (t) => {
  const harness = await openHarness(t);
  const { forgot, signIn, reset } = await forgetful(harness);
  for (let failure = 1; failure <= 5; failure += 1) await assert.rejects(signIn('wrong'));
  await assert.rejects(signIn(Password), /Password attempts exceeded/);
  await harness.call('ConfirmForgotPassword', reset(await forgot()));
  assert.ok((await signIn(better)).AuthenticationResult);
});

test('a code lives one hour, dies with the fifth wrong attempt, and with a newer one (B01, B02)', async (t) => {
  const harness = await openHarness(t);
  const { forgot, reset } = await forgetful(harness);
  const late = await forgot();
  harness.advance(3_600_000);
  await harness.refuses('ConfirmForgotPassword', reset(late), ...expired);
  const former = await forgot();
  const newer = await forgot();
  if (former !== newer) {
    await harness.refuses('ConfirmForgotPassword', reset(former), ...mismatch);
  }
  for (let attempt = former === newer ? 1 : 2; attempt <= 5; attempt += 1) {
    await harness.refuses('ConfirmForgotPassword', reset(notThe(newer)), ...mismatch);
  }
  await harness.refuses('ConfirmForgotPassword', reset(newer), ...expired);
});

test('a code is good for its user, client and purpose only (B03, B04)', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId, ClientId, forgot, reset, user } = await forgetful(harness, {
    AutoVerifiedAttributes: ['email'],
  });
  const code = await forgot();
  const { UserPoolClient } = await harness.call('CreateUserPoolClient', {
    UserPoolId,
    ClientName: 'second',
  });
  const second = UserPoolClient?.ClientId ?? '';
  const before = (await user()).sealedPassword;
  await harness.refuses('ConfirmForgotPassword', { ...reset(code), ClientId: second }, ...mismatch);
  const bob = 'bob@test.com';
  await harness.call('SignUp', {
    ClientId,
    Username: 'bob',
    Password,
    UserAttributes: [{ Name: 'email', Value: bob }],
  });
  const confirmation = await harness.code(bob);
  if (confirmation !== code) {
    const input = { ClientId, Username: 'bob', ConfirmationCode: code };
    await harness.refuses('ConfirmSignUp', input, ...mismatch);
    await harness.refuses('ConfirmForgotPassword', reset(confirmation), ...mismatch);
  }
  await harness.refuses(
    'ConfirmForgotPassword',
    { ...reset(confirmation), Username: 'bob' },
    ...expired,
  );
  assert.equal((await user()).sealedPassword, before);
  await harness.call('ConfirmForgotPassword', reset(code));
});

test('the policy is asked first; the history only once the code is right, and the code lives on', async (t) => {
  const harness = await openHarness(t);
  const { forgot, reset, user } = await forgetful(harness, {
    UserPoolTier: 'ESSENTIALS',
    Policies: {
      PasswordPolicy: { MinimumLength: 8, RequireNumbers: true, PasswordHistorySize: 2 },
    },
  });
  const code = await forgot();
  await harness.refuses(
    'ConfirmForgotPassword',
    { ...reset('nonsense'), Password: 'Short-1' },
    'InvalidPasswordException',
    'Password did not conform with policy: Password not long enough',
  );
  const again = { ...reset(code), Password };
  await harness.refuses(
    'ConfirmForgotPassword',
    { ...again, ConfirmationCode: notThe(code) },
    ...mismatch,
  );
  await harness.refuses('ConfirmForgotPassword', again, 'PasswordHistoryPolicyViolationException');
  await harness.call('ConfirmForgotPassword', reset(code));
  assert.equal((await user()).sealedHistory.length, 1);
  await harness.refuses(
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
    verifyImported: async () => false,
    verifyDecoy: async () => (await count(), false),
  };
  const harness = await openHarness(t, { hasher });
  const { forgot, reset } = await forgetful(harness, {}, 'ENABLED');
  const code = await forgot();
  hashed = 0;
  for (const Username of ['ada', 'nobody']) {
    const [error, message] = Username === 'ada' ? mismatch : expired;
    const attempt = { ...reset(notThe(code)), Username };
    await harness.refuses('ConfirmForgotPassword', attempt, error, message);
  }
  assert.equal(hashed, 0);
  await harness.call('ConfirmForgotPassword', reset(code));
  assert.equal(hashed, 1);
});

test('clients that hide users answer alike for every name', async (t) => {
  const harness = await openHarness(t);
  const { ClientId, named, reset, user } = await forgetful(harness, {}, 'ENABLED');
  await harness.call('SignUp', { ClientId, Username: 'fresh', Password });
  const attempts = async (Username: string) => {
    const input = { ...reset('000000'), Username };
    await harness.refuses('ConfirmForgotPassword', input, ...expired);
    await harness.call('ForgotPassword', { ClientId, Username });
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      await harness.refuses('ConfirmForgotPassword', input, ...mismatch);
    }
    await harness.refuses('ConfirmForgotPassword', input, ...expired);
    for (let attempt = 8; attempt <= 20; attempt += 1) {
      await harness.refuses('ConfirmForgotPassword', input, ...expired);
    }
    await harness.refuses('ConfirmForgotPassword', input, 'LimitExceededException');
  };
  await attempts('nobody');
  await attempts('fresh');
  await harness.call('AdminDisableUser', named);
  const before = await user();
  await attempts('ada');
  assert.deepEqual(await user(), before);
});

test('LEGACY clients are told who cannot reset', async (t) => {
  const harness = await openHarness(t);
  const { named, forgot, reset } = await forgetful(harness);
  const code = await forgot();
  await harness.refuses(
    'ConfirmForgotPassword',
    { ...reset(code), Username: 'nobody' },
    'UserNotFoundException',
    'Username/client id combination not found.',
  );
  await harness.call('AdminDisableUser', named);
  await harness.refuses(
    'ConfirmForgotPassword',
    reset(code),
    'NotAuthorizedException',
    'User is disabled.',
  );
  await harness.call('AdminEnableUser', named);
  await harness.refuses(
    'ConfirmForgotPassword',
    { ...reset(code), SecretHash: 'x' },
    'NotAuthorizedException',
    /secret hash/,
  );
  await harness.call('ConfirmForgotPassword', reset(code));
});

test('eight right codes at once: one sets the password', async (t) => {
  const harness = await openHarness(t);
  const { forgot, reset, signIn } = await forgetful(harness);
  const code = await forgot();
  const outcomes = await Promise.all(
    Array.from({ length: 8 }, (_, at) =>
      harness
        .call('ConfirmForgotPassword', { ...reset(code), Password: `Better-horse-${at}` })
        .then(
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
  const harness = await openHarness(t);
  const { UserPoolId, ClientId, reset } = await forgetful(harness, {
    AutoVerifiedAttributes: ['email'],
  });
  await harness.call('AdminCreateUser', { UserPoolId, Username: 'invited' });
  await harness.call('SignUp', { ClientId, Username: 'fresh', Password });
  for (const Username of ['invited', 'fresh']) {
    const input = { ...reset('123456'), Username };
    for (let at = 0; at < 6; at += 1) {
      await harness.refuses('ConfirmForgotPassword', input, ...expired);
    }
  }
  await harness.call('AdminDisableUser', { UserPoolId, Username: 'fresh' });
  const disabled = { ...reset('123456'), Username: 'fresh' };
  await harness.refuses('ConfirmForgotPassword', disabled, 'NotAuthorizedException');
});
