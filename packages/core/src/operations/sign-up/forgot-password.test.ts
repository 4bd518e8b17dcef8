import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InputOf } from '@poolhouse/model';
import { openHarness, type Harness } from '../../testing/harness.ts';

const Password = 'Correct-horse-9';
const both = [
  { Name: 'email', Value: 'ada@test.com' },
  { Name: 'phone_number', Value: '+12345674444' },
];
const verified = ['email', 'phone_number'].map((name) => ({
  Name: `${name}_verified`,
  Value: 'true',
}));

async function withUsers(
  harness: Harness,
  pool: Partial<InputOf<'CreateUserPool'>> = {},
  PreventUserExistenceErrors?: 'ENABLED',
) {
  const made = await harness.makePool(pool, { PreventUserExistenceErrors });
  const { UserPoolId, ClientId } = made;
  const add = async (Username: string, UserAttributes: InputOf<'SignUp'>['UserAttributes']) => {
    await harness.call('AdminCreateUser', {
      UserPoolId,
      Username,
      UserAttributes,
      MessageAction: 'SUPPRESS',
      TemporaryPassword: Password,
    });
    return harness.call('AdminSetUserPassword', {
      UserPoolId,
      Username,
      Password,
      Permanent: true,
    });
  };
  await add('ada', [...both, ...verified]);
  return { ...made, add, forgot: { ClientId, Username: 'ada' } };
}

test('sends a code to the first verified address in the order of the pool', async (t) => {
  const harness = await openHarness(t);
  const phone = {
    Destination: '+*******4444',
    DeliveryMedium: 'SMS',
    AttributeName: 'phone_number',
  };
  const mail = { Destination: 'a***@t***', DeliveryMedium: 'EMAIL', AttributeName: 'email' };
  const mechanisms = (...names: readonly ('verified_email' | 'verified_phone_number')[]) => ({
    AccountRecoverySetting: {
      RecoveryMechanisms: names.map((Name, at) => ({ Name, Priority: at + 1 })),
    },
  });
  const cases = [
    [mechanisms('verified_email', 'verified_phone_number'), mail],
    [mechanisms('verified_phone_number', 'verified_email'), phone],
    [mechanisms('verified_email'), mail],
  ] as const;
  for (const [pool, CodeDeliveryDetails] of cases) {
    const { forgot } = await withUsers(harness, pool);
    assert.deepEqual(await harness.call('ForgotPassword', forgot), { CodeDeliveryDetails });
  }
  const [newest] = await harness.messages('ada@test.com');
  assert.equal(newest?.occasion, 'ForgotPassword');
  assert.equal(newest?.subject, 'Your verification code');
  assert.equal(newest?.body, `Your verification code is ${newest?.code}. `);
});

test('mails carry a code even where sign-ups carry a link', async (t) => {
  const harness = await openHarness(t);
  const { add, ClientId } = await withUsers(harness, {
    AutoVerifiedAttributes: ['email'],
    VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_LINK' },
  });
  await add('bob', [
    { Name: 'email', Value: 'bob@test.com' },
    { Name: 'email_verified', Value: 'true' },
  ]);
  await harness.call('ForgotPassword', { ClientId, Username: 'bob' });
  assert.match(await harness.code('bob@test.com'), /^\d{6}$/);
});

test('LEGACY clients are told why nothing is sent', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId, ClientId, add, forgot } = await withUsers(harness);
  await add('unproved', both);
  await add('disabled', [...both, ...verified]);
  await harness.call('AdminDisableUser', { UserPoolId, Username: 'disabled' });
  await harness.call('SignUp', { ClientId, Username: 'fresh', Password, UserAttributes: both });
  await harness.call('AdminCreateUser', {
    UserPoolId,
    Username: 'invited',
    UserAttributes: [...both, ...verified],
    MessageAction: 'SUPPRESS',
  });
  const noAddress = [
    'InvalidParameterException',
    'Cannot reset password for the user as there is no registered/verified email or phone_number',
  ] as const;
  const cases = [
    ['nobody', 'UserNotFoundException', 'Username/client id combination not found.'],
    ['unproved', ...noAddress],
    ['fresh', ...noAddress],
    ['disabled', 'NotAuthorizedException', 'User is disabled.'],
    ['invited', 'NotAuthorizedException', 'User password cannot be reset in the current state.'],
  ] as const;
  for (const [Username, code, message] of cases) {
    await harness.refuses('ForgotPassword', { ClientId, Username }, code, message);
  }
  const SecretHash = 'x';
  await harness.refuses(
    'ForgotPassword',
    { ...forgot, SecretHash },
    'NotAuthorizedException',
    /secret hash/,
  );
  await harness.refuses(
    'ForgotPassword',
    { ...forgot, ClientId: '1example23456789' },
    'ResourceNotFoundException',
  );
  assert.equal((await harness.messages()).length, 0);
});

test('pools where only administrators reset say so, for every name alike', async (t) => {
  const harness = await openHarness(t);
  const { ClientId } = await withUsers(
    harness,
    { AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only', Priority: 1 }] } },
    'ENABLED',
  );
  for (const Username of ['ada', 'nobody']) {
    await harness.refuses(
      'ForgotPassword',
      { ClientId, Username },
      'NotAuthorizedException',
      'Contact administrator to reset password.',
    );
  }
});

test('clients that hide users hear of a delivery for every name, the same each time (B08)', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId, ClientId, add } = await withUsers(
    harness,
    { AutoVerifiedAttributes: ['email'] },
    'ENABLED',
  );
  await add('disabled', [...both, ...verified]);
  const before = await harness.call('ForgotPassword', { ClientId, Username: 'disabled' });
  await harness.call('AdminDisableUser', { UserPoolId, Username: 'disabled' });
  const after = await harness.call('ForgotPassword', { ClientId, Username: 'disabled' });
  assert.deepEqual(after, before);
  await harness.call('SignUp', { ClientId, Username: 'fresh', Password, UserAttributes: both });
  const sent = (await harness.messages()).length;
  for (const Username of ['nobody', 'fresh', 'Who@Knows.example', '+31612345678']) {
    const answer = await harness.call('ForgotPassword', { ClientId, Username });
    harness.advance(60_000);
    assert.deepEqual(await harness.call('ForgotPassword', { ClientId, Username }), answer);
    const { Destination, ...rest } = answer.CodeDeliveryDetails ?? {};
    assert.deepEqual(rest, { DeliveryMedium: 'EMAIL', AttributeName: 'email' });
    if (Username.includes('@')) assert.equal(Destination, 'W***@k***');
    else assert.match(Destination ?? '', /^[a-z]\*{3}@[a-z]\*{3}$/);
  }
  assert.equal((await harness.messages()).length, sent);
});

test('where the pool proves no address by itself, nobody gets a code the way that its people sign in', async (t) => {
  for (const names of ['AliasAttributes', 'UsernameAttributes'] as const) {
    for (const [attribute, DeliveryMedium] of [
      ['email', 'EMAIL'],
      ['phone_number', 'SMS'],
    ] as const) {
      const harness = await openHarness(t);
      const { UserPool } = await harness.call('CreateUserPool', {
        PoolName: 'p',
        [names]: [attribute],
      });
      const { UserPoolClient } = await harness.call('CreateUserPoolClient', {
        UserPoolId: UserPool?.Id ?? '',
        ClientName: 'c',
        PreventUserExistenceErrors: 'ENABLED',
      });
      const ClientId = UserPoolClient?.ClientId ?? '';
      const { CodeDeliveryDetails } = await harness.call('ForgotPassword', {
        ClientId,
        Username: 'nobody',
      });
      assert.equal(CodeDeliveryDetails?.DeliveryMedium, DeliveryMedium);
      assert.equal(CodeDeliveryDetails.AttributeName, attribute);
    }
  }
});

test('a simulated phone looks like a phone where the pool recovers by phone', async (t) => {
  const harness = await openHarness(t);
  const { ClientId } = await withUsers(
    harness,
    {
      AutoVerifiedAttributes: ['phone_number'],
      AccountRecoverySetting: {
        RecoveryMechanisms: [{ Name: 'verified_phone_number', Priority: 1 }],
      },
    },
    'ENABLED',
  );
  const real = await harness.call('ForgotPassword', { ClientId, Username: 'ada' });
  const unknown = await harness.call('ForgotPassword', { ClientId, Username: 'nobody' });
  const shape = (answer: typeof real) => JSON.stringify(answer).replace(/\d{4}"/, '0000"');
  assert.equal(shape(unknown), shape(real));
  const typed = await harness.call('ForgotPassword', { ClientId, Username: '+316123456789' });
  assert.equal(typed.CodeDeliveryDetails?.Destination, '+********6789');
});

test('twenty an hour, whoever exists', async (t) => {
  const harness = await openHarness(t);
  const { ClientId } = await withUsers(harness, {}, 'ENABLED');
  for (const Username of ['ada', 'nobody']) {
    const forgot = { ClientId, Username };
    for (let turn = 1; turn <= 20; turn += 1) await harness.call('ForgotPassword', forgot);
    await harness.refuses(
      'ForgotPassword',
      forgot,
      'LimitExceededException',
      'Attempt limit exceeded, please try after some time.',
    );
  }
});
