import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHarness, type Harness } from '../../testing/harness.ts';

const Password = 'Correct-horse-9';
const limit = [
  'LimitExceededException',
  'Attempt limit exceeded, please try after some time.',
] as const;

async function withUser(
  harness: Harness,
  pool: Parameters<Harness['makePool']>[0] = {},
  PreventUserExistenceErrors?: 'ENABLED',
) {
  const made = await harness.makePool(
    { AutoVerifiedAttributes: ['email'], ...pool },
    { PreventUserExistenceErrors },
  );
  const { ClientId } = made;
  await harness.call('SignUp', {
    ClientId,
    Username: 'ada',
    Password,
    UserAttributes: [
      { Name: 'email', Value: 'ada@test.com' },
      { Name: 'phone_number', Value: '+12345674444' },
    ],
  });
  harness.advance(1);
  return { ...made, resend: { ClientId, Username: 'ada' } };
}

test('sends a new code, also twice at once', async (t) => {
  const harness = await openHarness(t);
  const { resend } = await withUser(harness);
  const former = await harness.code('ada@test.com');
  for (let turn = 1; turn <= 2; turn += 1) {
    assert.deepEqual(await harness.call('ResendConfirmationCode', resend), {
      CodeDeliveryDetails: {
        Destination: 'a***@t***',
        DeliveryMedium: 'EMAIL',
        AttributeName: 'email',
      },
    });
    harness.advance(1);
  }
  const messages = await harness.messages('ada@test.com');
  assert.deepEqual(
    messages.map(({ occasion }) => occasion),
    ['ResendCode', 'ResendCode', 'SignUp'],
  );
  const codes = new Set(messages.map(({ code }) => code));
  assert(codes.size > 1 && codes.has(former));
});

test('goes to the phone where the pool verifies both', async (t) => {
  const harness = await openHarness(t);
  const { resend } = await withUser(harness, { AutoVerifiedAttributes: ['email', 'phone_number'] });
  const answer = await harness.call('ResendConfirmationCode', resend);
  assert.equal(answer.CodeDeliveryDetails?.Destination, '+*******4444');
  assert.match((await harness.messages('+12345674444'))[0]?.body ?? '', /is \d{6}\. $/);
});

test('five an hour, whoever exists', async (t) => {
  const harness = await openHarness(t);
  for (const Username of ['ada', 'nobody']) {
    const { ClientId } = await withUser(harness, {}, 'ENABLED');
    const resend = { ClientId, Username };
    for (let turn = 1; turn <= 5; turn += 1) await harness.call('ResendConfirmationCode', resend);
    const before = (await harness.messages()).length;
    await harness.refuses('ResendConfirmationCode', resend, ...limit);
    harness.advance(3_599_999);
    await harness.refuses('ResendConfirmationCode', resend, ...limit);
    assert.equal((await harness.messages()).length, before);
    harness.advance(1);
    await harness.call('ResendConfirmationCode', resend);
  }
});

test('LEGACY clients are told why nothing is sent', async (t) => {
  const harness = await openHarness(t);
  const { resend } = await withUser(harness);
  const cases = [
    [
      { ...resend, ClientId: '1example23456789' },
      'ResourceNotFoundException',
      'User pool client 1example23456789 does not exist.',
    ],
    [{ ...resend, SecretHash: 'x' }, 'NotAuthorizedException', /secret hash/],
    [
      { ...resend, Username: 'nobody' },
      'UserNotFoundException',
      'Username/client id combination not found.',
    ],
  ] as const;
  for (const [input, code, message] of cases) {
    await harness.refuses('ResendConfirmationCode', input, code, message);
  }
  const ConfirmationCode = await harness.code('ada@test.com');
  await harness.call('ConfirmSignUp', { ...resend, ConfirmationCode });
  await harness.refuses(
    'ResendConfirmationCode',
    resend,
    'InvalidParameterException',
    'User is already confirmed.',
  );
  const plain = await withUser(harness, { AutoVerifiedAttributes: undefined });
  await harness.refuses(
    'ResendConfirmationCode',
    plain.resend,
    'InvalidParameterException',
    'Cannot resend codes. Auto verification not turned on.',
  );
});

test('clients that hide users hear the same of unknown, confirmed and disabled ones (B13)', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId, ClientId, resend } = await withUser(harness, {}, 'ENABLED');
  const real = await harness.call('ResendConfirmationCode', resend);
  const ConfirmationCode = await harness.code('ada@test.com');
  await harness.call('ConfirmSignUp', { ...resend, ConfirmationCode });
  const sent = (await harness.messages()).length;
  assert.deepEqual(await harness.call('ResendConfirmationCode', resend), real);
  const user = await harness.storage.stores.users.byName(UserPoolId as never, 'ada');
  assert(user);
  await harness.storage.stores.users.change({ poolId: user.poolId, sub: user.sub }, (current) => ({
    ...current,
    enabled: false,
    status: 'UNCONFIRMED',
  }));
  assert.deepEqual(await harness.call('ResendConfirmationCode', resend), real);
  const names = ['nobody', 'someone', 'who@knows.example'];
  const told = [];
  for (const Username of names) {
    const answer = await harness.call('ResendConfirmationCode', { ClientId, Username });
    assert.deepEqual(await harness.call('ResendConfirmationCode', { ClientId, Username }), answer);
    const { Destination, ...rest } = answer.CodeDeliveryDetails ?? {};
    assert.deepEqual(rest, { DeliveryMedium: 'EMAIL', AttributeName: 'email' });
    assert.match(Destination ?? '', /^[a-z]\*{3}@[a-z]\*{3}$/);
    told.push(Destination);
  }
  assert.equal(told[2], 'w***@k***');
  assert.equal((await harness.messages()).length, sent);
});
