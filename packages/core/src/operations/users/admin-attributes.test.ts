import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addUser, attributes, attributesOf, signIn } from '../../testing/signed-in.ts';
import { openHarness } from '../../testing/harness.ts';

const proved = { email: 'old@x.com', email_verified: 'true' };

test('an administrator changes attributes and vouches for addresses', async (t) => {
  const harness = await openHarness(t);
  const made = await harness.makePool({
    AutoVerifiedAttributes: ['email'],
    AliasAttributes: ['email'],
    Schema: [
      { Name: 'born', AttributeDataType: 'String', Mutable: false },
      { Name: 'secret', AttributeDataType: 'String', DeveloperOnlyAttribute: true, Mutable: true },
      { Name: 'family_name', AttributeDataType: 'String', Required: true, Mutable: true },
    ],
  });
  const { UserPoolId } = made;
  await addUser(harness, made, 'ada', proved);
  const update = (values: Readonly<Record<string, string>>) => ({
    UserPoolId,
    Username: 'ada',
    UserAttributes: attributes(values),
  });
  const vouched = { email: 'new@x.com', email_verified: 'True' };
  const answer = await harness.call(
    'AdminUpdateUserAttributes',
    update({ ...vouched, 'dev:custom:secret': 's' }),
  );
  assert.deepEqual(answer, {});
  assert.deepEqual(await attributesOf(harness, made, 'new@x.com'), {
    email: 'new@x.com',
    email_verified: 'true',
    'dev:custom:secret': 's',
  });
  assert.deepEqual(await harness.messages(), []);
  await harness.call('AdminUpdateUserAttributes', update({ email_verified: 'false' }));
  await harness.refuses(
    'AdminGetUser',
    { UserPoolId, Username: 'new@x.com' },
    'UserNotFoundException',
  );
  const before = await attributesOf(harness, made, 'ada');
  const cases = [
    [{ sub: 'x' }, /sub/],
    [{ 'custom:born': '1815' }, 'user.custom:born: Attribute cannot be updated.\n'],
    [{ 'custom:none': 'x' }, 'user.custom:none: Attribute does not exist in the schema.\n'],
    [{ 'cognito:groups': 'x' }, /groups/],
    [{ family_name: '' }, /Required attribute cannot be deleted/],
    [{ phone_number: '0612345678' }, 'Invalid phone number format.'],
    [{ email_verified: 'maybe' }, /email_verified/],
  ] as const;
  for (const [values, text] of cases) {
    const input = update({ nickname: 'changed', ...values });
    await harness.refuses('AdminUpdateUserAttributes', input, 'InvalidParameterException', text);
    assert.deepEqual(await attributesOf(harness, made, 'ada'), before);
  }
});

test('an address that nobody vouches for becomes unproved and gets a code for any client', async (t) => {
  const harness = await openHarness(t);
  for (const kept of [[], ['email']] as const) {
    const made = await harness.makePool({
      AutoVerifiedAttributes: ['email'],
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: kept },
    });
    await addUser(harness, made, 'ada', proved);
    const { AccessToken } = await signIn(harness, made, 'ada');
    const { UserPoolId } = made;
    const UserAttributes = attributes({ email: 'new@x.com' });
    await harness.call('AdminUpdateUserAttributes', {
      UserPoolId,
      Username: 'ada',
      UserAttributes,
    });
    const meanwhile = kept.length > 0 ? proved : { email: 'new@x.com', email_verified: 'false' };
    assert.deepEqual(await attributesOf(harness, made, 'ada'), meanwhile);
    const Code = await harness.code('new@x.com');
    await harness.call('VerifyUserAttribute', { AccessToken, AttributeName: 'email', Code });
    const after = { email: 'new@x.com', email_verified: 'true' };
    assert.deepEqual(await attributesOf(harness, made, 'ada'), after);
    harness.advance(1);
  }
});

test("an administrator cannot give a user another's alias", async (t) => {
  const harness = await openHarness(t);
  const made = await harness.makePool({ AliasAttributes: ['email', 'preferred_username'] });
  const { UserPoolId } = made;
  await addUser(harness, made, 'victim', { ...proved, preferred_username: 'vic' });
  await addUser(harness, made, 'eve');
  for (const values of [proved, { preferred_username: 'vic' }, { preferred_username: 'victim' }]) {
    const input = { UserPoolId, Username: 'eve', UserAttributes: attributes(values) };
    await harness.refuses(
      'AdminUpdateUserAttributes',
      input,
      'AliasExistsException',
      /^An account with the given (email|preferred_username) already exists\.$/,
    );
  }
  assert.deepEqual(await attributesOf(harness, made, 'eve'), {});
  // Without a pool's wish for aliases, addresses repeat.
  const plain = await harness.makePool();
  await addUser(harness, plain, 'ada', proved);
  await addUser(harness, plain, 'bob', proved);
});

test('an administrator deletes attributes', async (t) => {
  const harness = await openHarness(t);
  const made = await harness.makePool({
    AliasAttributes: ['email'],
    Schema: [{ Name: 'family_name', AttributeDataType: 'String', Required: true, Mutable: true }],
  });
  const { UserPoolId } = made;
  await addUser(harness, made, 'ada', { ...proved, family_name: 'L', nickname: 'Ada' });
  const remove = (...UserAttributeNames: string[]) => ({
    UserPoolId,
    Username: 'ada',
    UserAttributeNames,
  });
  const unknown =
    'Invalid user attributes: user.custom:none: Attribute does not exist in the schema.\n';
  const cases = [
    [remove('nickname', 'family_name'), /family_name: Required attribute cannot be deleted\.$/],
    [remove('nickname', 'custom:none'), unknown],
    [remove('nickname', 'sub'), /sub/],
  ] as const;
  for (const [input, text] of cases) {
    await harness.refuses('AdminDeleteUserAttributes', input, 'InvalidParameterException', text);
  }
  assert.equal((await attributesOf(harness, made, 'ada'))['nickname'], 'Ada');
  const answer = await harness.call(
    'AdminDeleteUserAttributes',
    remove('email', 'nickname', 'name'),
  );
  assert.deepEqual(answer, {});
  assert.deepEqual(await attributesOf(harness, made, 'ada'), { family_name: 'L' });
  const gone = { UserPoolId, Username: 'old@x.com' };
  await harness.refuses('AdminGetUser', gone, 'UserNotFoundException');
});
