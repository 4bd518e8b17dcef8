import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addUser, attributes, attributesOf, signIn } from '../../testing/signed-in.ts';
import { openHarness } from '../../testing/harness.ts';

const email = { email: 'old@x.com', email_verified: 'true' };
const toNew = {
  Destination: 'n***@x***',
  DeliveryMedium: 'EMAIL',
  AttributeName: 'email',
};
const schema = [
  { Name: 'role', AttributeDataType: 'String' },
  { Name: 'level', AttributeDataType: 'Number', Mutable: true },
  { Name: 'born', AttributeDataType: 'String', Mutable: false },
  { Name: 'secret', AttributeDataType: 'String', DeveloperOnlyAttribute: true },
  { Name: 'family_name', AttributeDataType: 'String', Required: true, Mutable: true },
] as const;
const writable = ['email', 'nickname', 'custom:level', 'custom:born', 'family_name'];

test('a user changes attributes; blank values delete', async (t) => {
  const harness = await openHarness(t);
  const made = await harness.makePool({ Schema: schema });
  await addUser(harness, made, 'ada', { nickname: 'Ada', ...email });
  const { AccessToken } = await signIn(harness, made, 'ada');
  harness.advance(5_000);
  const UserAttributes = attributes({ nickname: '', 'custom:level': '3', name: 'Ada L.' });
  const answer = await harness.call('UpdateUserAttributes', { AccessToken, UserAttributes });
  assert.deepEqual(answer, { CodeDeliveryDetailsList: [] });
  assert.deepEqual(await attributesOf(harness, made, 'ada'), {
    ...email,
    'custom:level': '3',
    name: 'Ada L.',
  });
  const { UserPoolId } = made;
  const seen = await harness.call('AdminGetUser', { UserPoolId, Username: 'ada' });
  assert.equal(seen.UserLastModifiedDate, harness.world.clock.nowMs() / 1000);
  assert.equal(seen.UserCreateDate, harness.world.clock.nowMs() / 1000 - 5);
  assert.deepEqual(await harness.messages(), []);
});

test('what a user may not write is refused, and nothing of the request happens (A01, A03, A05, A06, A12)', async (t) => {
  const harness = await openHarness(t);
  const made = await harness.makePool({ Schema: schema }, { WriteAttributes: writable });
  await addUser(harness, made, 'ada', { ...email, family_name: 'L', 'custom:born': '1815' });
  const { AccessToken } = await signIn(harness, made, 'ada');
  const before = await attributesOf(harness, made, 'ada');
  const invalid = 'InvalidParameterException';
  const unauthorized = 'A client attempted to write unauthorized attribute';
  const cases: readonly [Record<string, string>, string, string | RegExp][] = [
    [{ 'custom:role': 'admin' }, 'NotAuthorizedException', unauthorized],
    [{ name: 'x' }, 'NotAuthorizedException', unauthorized],
    [{ 'custom:none': 'x' }, 'NotAuthorizedException', unauthorized],
    [{ email_verified: 'true' }, invalid, 'user.email_verified: Attribute cannot be updated.\n'],
    [{ phone_number_verified: 'true' }, invalid, /phone_number_verified/],
    [{ sub: 'x' }, invalid, /sub/],
    [{ identities: '[]' }, invalid, /identities/],
    [{ 'cognito:user_status': 'CONFIRMED' }, invalid, /user_status/],
    [{ 'cognito:groups': 'admins' }, invalid, /groups/],
    [{ 'dev:custom:secret': 'x' }, invalid, /secret/],
    [{ 'custom:born': '1816' }, invalid, 'user.custom:born: Attribute cannot be updated.\n'],
    [{ 'custom:level': 'high' }, invalid, /custom:level/],
    [
      { family_name: '' },
      invalid,
      'Invalid user attributes: family_name: Required attribute cannot be deleted.',
    ],
    [{ email: 'a@b.com,evil@x.com' }, invalid, 'Invalid email address format.'],
    [{ email: '"a@b.com" <evil@x.com>' }, invalid, 'Invalid email address format.'],
    [{ email: 'a@b.com\0@x.com' }, invalid, /./],
    [{ email: 'a(comment)@b.com' }, invalid, 'Invalid email address format.'],
  ];
  for (const [values, code, text] of cases) {
    const UserAttributes = attributes({ nickname: 'changed', ...values });
    await harness.refuses('UpdateUserAttributes', { AccessToken, UserAttributes }, code, text);
    assert.deepEqual(await attributesOf(harness, made, 'ada'), before, JSON.stringify(values));
  }
  assert.deepEqual(await harness.messages(), []);
});

test('a new address counts at once, unproved, and gets a code (A07)', async (t) => {
  const harness = await openHarness(t);
  const made = await harness.makePool({
    AutoVerifiedAttributes: ['email'],
    AliasAttributes: ['email'],
  });
  await addUser(harness, made, 'ada', email);
  const { AccessToken } = await signIn(harness, made, 'old@x.com');
  const UserAttributes = attributes({ email: 'new@x.com' });
  const answer = await harness.call('UpdateUserAttributes', { AccessToken, UserAttributes });
  assert.deepEqual(answer, { CodeDeliveryDetailsList: [toNew] });
  const unproved = { email: 'new@x.com', email_verified: 'false' };
  assert.deepEqual(await attributesOf(harness, made, 'ada'), unproved);
  for (const name of ['old@x.com', 'new@x.com']) {
    await assert.rejects(signIn(harness, made, name), { code: 'UserNotFoundException' });
  }
  const [sent, ...more] = await harness.messages();
  assert.deepEqual([sent?.to, sent?.occasion, more], ['new@x.com', 'UpdateUserAttribute', []]);
  await harness.call('VerifyUserAttribute', {
    AccessToken,
    AttributeName: 'email',
    Code: await harness.code('new@x.com'),
  });
  assert.deepEqual(await attributesOf(harness, made, 'ada'), {
    ...unproved,
    email_verified: 'true',
  });
  await signIn(harness, made, 'new@x.com');
});

test('with verification first, the old address stays in force until the new one is proved (A07)', async (t) => {
  const harness = await openHarness(t);
  const made = await harness.makePool({
    AutoVerifiedAttributes: ['email'],
    AliasAttributes: ['email'],
    UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
  });
  await addUser(harness, made, 'ada', email);
  const { AccessToken } = await signIn(harness, made, 'ada');
  const change = (value: string) =>
    harness.call('UpdateUserAttributes', {
      AccessToken,
      UserAttributes: attributes({ email: value }),
    });
  assert.deepEqual(await change('new@x.com'), { CodeDeliveryDetailsList: [toNew] });
  assert.deepEqual(await attributesOf(harness, made, 'ada'), email);
  const { IdToken } = await signIn(harness, made, 'old@x.com');
  const claims = JSON.parse(Buffer.from(IdToken.split('.')[1] ?? '', 'base64url').toString()) as {
    readonly email: string;
  };
  assert.equal(claims.email, 'old@x.com');
  // Asking once more sends the code to the address that waits.
  harness.advance(1);
  const again = { AccessToken, AttributeName: 'email' };
  const { CodeDeliveryDetails } = await harness.call('GetUserAttributeVerificationCode', again);
  assert.deepEqual(CodeDeliveryDetails, toNew);
  const Code = await harness.code('new@x.com');
  await harness.call('VerifyUserAttribute', { ...again, Code });
  assert.deepEqual(await attributesOf(harness, made, 'ada'), { ...email, email: 'new@x.com' });
  await signIn(harness, made, 'new@x.com');
  // Going back to the address in force takes a waiting one, and its code, away.
  await change('third@x.com');
  const third = await harness.code('third@x.com');
  assert.deepEqual(await change('new@x.com'), { CodeDeliveryDetailsList: [] });
  const late = { ...again, Code: third };
  await harness.refuses('VerifyUserAttribute', late, 'ExpiredCodeException');
  assert.equal((await attributesOf(harness, made, 'ada'))['email'], 'new@x.com');
});

test("another user's address is refused where addresses are names (A08)", async (t) => {
  const harness = await openHarness(t);
  for (const kept of [[], ['email']] as const) {
    const made = await harness.makePool({
      UsernameAttributes: ['email'],
      AutoVerifiedAttributes: ['email'],
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: kept },
    });
    await addUser(harness, made, 'victim@x.com');
    await addUser(harness, made, 'eve@x.com');
    const { AccessToken } = await signIn(harness, made, 'eve@x.com');
    const UserAttributes = attributes({ email: 'victim@x.com', nickname: 'x' });
    await harness.refuses(
      'UpdateUserAttributes',
      { AccessToken, UserAttributes },
      'AliasExistsException',
      'An account with the given email already exists.',
    );
    const eve = await attributesOf(harness, made, 'eve@x.com');
    assert.deepEqual(eve, { email: 'eve@x.com' });
  }
  assert.deepEqual(await harness.messages(), []);
});

test('a user cannot flood addresses with codes', async (t) => {
  const harness = await openHarness(t);
  const made = await harness.makePool({ AutoVerifiedAttributes: ['email'] });
  await addUser(harness, made, 'ada', email);
  const { AccessToken } = await signIn(harness, made, 'ada');
  const to = (at: number) => ({
    AccessToken,
    UserAttributes: attributes({ email: `victim${at}@x.com` }),
  });
  for (let at = 0; at < 20; at += 1) await harness.call('UpdateUserAttributes', to(at));
  await harness.refuses('UpdateUserAttributes', to(20), 'TooManyRequestsException');
  assert.equal((await attributesOf(harness, made, 'ada'))['email'], 'victim19@x.com');
  assert.equal((await harness.messages()).length, 20);
  // Other attributes cost nothing of the budget.
  const UserAttributes = attributes({ nickname: 'Ada' });
  await harness.call('UpdateUserAttributes', { AccessToken, UserAttributes });
});
