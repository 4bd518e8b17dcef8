import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addUser, attributes, attributesOf, signIn } from '../../testing/signed-in.ts';
import { openHarness, type Harness } from '../../testing/harness.ts';

const HOUR_MS = 3_600_000;
const wrong = 'Invalid verification code provided, please try again.';
const expired = 'Invalid code provided, please request a code again.';
const otherThan = (code: string) => (code === '000000' ? '000001' : '000000');

async function withUser(harness: Harness, email = 'ada@x.com') {
  const made = await harness.makePool({ AliasAttributes: ['email'] });
  await addUser(harness, made, 'ada', { email });
  const { AccessToken } = await signIn(harness, made, 'ada');
  const ask = { AccessToken, AttributeName: 'email' };
  return { made, AccessToken, ask };
}

test('a code proves the address that it was sent to, once', async (t) => {
  const harness = await openHarness(t);
  const { made, ask } = await withUser(harness);
  assert.deepEqual(await harness.call('GetUserAttributeVerificationCode', ask), {
    CodeDeliveryDetails: {
      Destination: 'a***@x***',
      DeliveryMedium: 'EMAIL',
      AttributeName: 'email',
    },
  });
  const [message] = await harness.messages();
  assert.equal(message?.occasion, 'VerifyUserAttribute');
  const Code = await harness.code('ada@x.com');
  const bad = { ...ask, Code: otherThan(Code) };
  await harness.refuses('VerifyUserAttribute', bad, 'CodeMismatchException', wrong);
  assert.deepEqual(await harness.call('VerifyUserAttribute', { ...ask, Code }), {});
  const proved = { email: 'ada@x.com', email_verified: 'true' };
  assert.deepEqual(await attributesOf(harness, made, 'ada'), proved);
  await signIn(harness, made, 'ada@x.com');
  await harness.refuses('VerifyUserAttribute', { ...ask, Code }, 'ExpiredCodeException', expired);
  // A proved address may be proved again.
  harness.advance(1);
  await harness.call('GetUserAttributeVerificationCode', ask);
  const fresh = await harness.code('ada@x.com');
  await harness.call('VerifyUserAttribute', { ...ask, Code: fresh });
});

test('what cannot be proved is refused', async (t) => {
  const harness = await openHarness(t);
  const { AccessToken } = await withUser(harness);
  const notVerifiable = 'Invalid attribute name. Only phone_number and email can be verified.';
  const noPhone = 'User does not have a valid registered phone number';
  const cases: readonly [string, string][] = [
    ['nickname', notVerifiable],
    ['custom:x', notVerifiable],
    ['phone_number', noPhone],
  ];
  for (const [AttributeName, text] of cases) {
    const ask = { AccessToken, AttributeName };
    const code = 'InvalidParameterException';
    await harness.refuses('GetUserAttributeVerificationCode', ask, code, text);
  }
  const input = { AccessToken, AttributeName: 'nickname', Code: '123456' };
  await harness.refuses('VerifyUserAttribute', input, 'InvalidParameterException', notVerifiable);
  const never = { ...input, AttributeName: 'phone_number' };
  await harness.refuses('VerifyUserAttribute', never, 'ExpiredCodeException', expired);
});

test('a code dies after a day, after five wrong attempts, and when a new one is sent', async (t) => {
  const harness = await openHarness(t);
  const { made, ask } = await withUser(harness);
  const send = async () => {
    await harness.call('GetUserAttributeVerificationCode', ask);
    return harness.code('ada@x.com');
  };
  const late = await send();
  harness.advance(24 * HOUR_MS);
  const { AccessToken } = await signIn(harness, made, 'ada');
  const later = { ...ask, AccessToken };
  await harness.refuses('VerifyUserAttribute', { ...later, Code: late }, 'ExpiredCodeException');
  await harness.call('GetUserAttributeVerificationCode', later);
  const guessed = await harness.code('ada@x.com');
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const bad = { ...later, Code: otherThan(guessed) };
    await harness.refuses('VerifyUserAttribute', bad, 'CodeMismatchException');
  }
  const dead = { ...later, Code: guessed };
  await harness.refuses('VerifyUserAttribute', dead, 'ExpiredCodeException');
  harness.advance(1);
  await harness.call('GetUserAttributeVerificationCode', later);
  const first = await harness.code('ada@x.com');
  harness.advance(1);
  await harness.call('GetUserAttributeVerificationCode', later);
  const second = await harness.code('ada@x.com');
  if (first !== second) {
    await harness.refuses(
      'VerifyUserAttribute',
      { ...later, Code: first },
      'CodeMismatchException',
    );
  }
  await harness.call('VerifyUserAttribute', { ...later, Code: second });
});

test('five codes and fifteen attempts an hour (B01, B02)', async (t) => {
  const harness = await openHarness(t);
  const { ask } = await withUser(harness);
  const limit = 'Attempt limit exceeded, please try after some time.';
  for (let sent = 0; sent < 5; sent += 1) {
    await harness.call('GetUserAttributeVerificationCode', ask);
    harness.advance(1);
  }
  const exceeded = 'LimitExceededException';
  await harness.refuses('GetUserAttributeVerificationCode', ask, exceeded, limit);
  assert.equal((await harness.messages()).length, 5);
  const Code = await harness.code('ada@x.com');
  const bad = { ...ask, Code: otherThan(Code) };
  for (let attempt = 0; attempt < 15; attempt += 1) {
    const error = attempt < 5 ? 'CodeMismatchException' : 'ExpiredCodeException';
    await harness.refuses('VerifyUserAttribute', bad, error);
  }
  await harness.refuses('VerifyUserAttribute', bad, exceeded, limit);
});

test('a code serves its own user, client and purpose only (B03, B04)', async (t) => {
  const harness = await openHarness(t);
  const { made, ask } = await withUser(harness);
  const { UserPoolId } = made;
  const { UserPoolClient } = await harness.call('CreateUserPoolClient', {
    UserPoolId,
    ClientName: 'other',
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  });
  const other = { ...made, ClientId: UserPoolClient?.ClientId ?? '' };
  await addUser(harness, made, 'eve', { email: 'eve@x.com' });
  const eve = await signIn(harness, made, 'eve');
  const elsewhere = await signIn(harness, other, 'ada');
  await harness.call('GetUserAttributeVerificationCode', ask);
  const Code = await harness.code('ada@x.com');
  const asEve = { ...ask, AccessToken: eve.AccessToken, Code };
  await harness.refuses('VerifyUserAttribute', asEve, 'ExpiredCodeException');
  const there = { ...ask, AccessToken: elsewhere.AccessToken, Code };
  await harness.refuses('VerifyUserAttribute', there, 'CodeMismatchException');
  const { ClientId } = made;
  const reset = { ClientId, Username: 'ada', ConfirmationCode: Code, Password: 'Another-Horse-8' };
  await harness.refuses('ConfirmForgotPassword', reset, 'ExpiredCodeException');
  await harness.call('VerifyUserAttribute', { ...ask, Code });
});

test('a code for an old address proves nothing about a new one', async (t) => {
  const harness = await openHarness(t);
  const { made, ask, AccessToken } = await withUser(harness);
  await harness.call('GetUserAttributeVerificationCode', ask);
  const Code = await harness.code('ada@x.com');
  const UserAttributes = attributes({ email: 'victim@x.com' });
  await harness.call('UpdateUserAttributes', { AccessToken, UserAttributes });
  await harness.refuses('VerifyUserAttribute', { ...ask, Code }, 'ExpiredCodeException');
  const unproved = { email: 'victim@x.com', email_verified: 'false' };
  assert.deepEqual(await attributesOf(harness, made, 'ada'), unproved);
});

test("proving another's verified alias fails, and the owner keeps it (A08)", async (t) => {
  const harness = await openHarness(t);
  const { made, ask } = await withUser(harness, 'shared@x.com');
  const victim = await addUser(harness, made, 'victim', {
    email: 'shared@x.com',
    email_verified: 'true',
  });
  await harness.call('GetUserAttributeVerificationCode', ask);
  const Code = await harness.code('shared@x.com');
  await harness.refuses(
    'VerifyUserAttribute',
    { ...ask, Code },
    'AliasExistsException',
    'An account with the given email already exists.',
  );
  assert.equal((await attributesOf(harness, made, 'ada'))['email_verified'], undefined);
  const { UserPoolId } = made;
  const owner = await harness.call('AdminGetUser', { UserPoolId, Username: 'shared@x.com' });
  assert.equal(owner.UserAttributes?.[0]?.Value, victim);
});

test('eight parallel right attempts have one winner', async (t) => {
  const harness = await openHarness(t);
  const { ask } = await withUser(harness);
  await harness.call('GetUserAttributeVerificationCode', ask);
  const input = { ...ask, Code: await harness.code('ada@x.com') };
  const attempts = Array.from({ length: 8 }, () => harness.call('VerifyUserAttribute', input));
  const outcomes = await Promise.allSettled(attempts);
  assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
});
