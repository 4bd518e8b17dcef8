import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attributes, attributesOf, goodPassword, signIn } from '../../testing/signed-in.ts';
import { openHarness, type Harness } from '../../testing/harness.ts';
import { policyProblem } from '../../domain/passwords/password-policy.ts';

const DAY_MS = 86_400_000;
const strict = {
  MinimumLength: 8,
  RequireLowercase: true,
  RequireUppercase: true,
  RequireNumbers: true,
  RequireSymbols: true,
};

function tryPassword(harness: Harness, ClientId: string, USERNAME: string, PASSWORD: string) {
  const AuthParameters = { USERNAME, PASSWORD };
  return harness.call('InitiateAuth', { ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters });
}

test('a user is created, invited, and chooses a password at the first sign-in', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId, ClientId } = await harness.makePool({
    Schema: [{ Name: 'family_name', AttributeDataType: 'String', Required: true, Mutable: true }],
  });
  const { User } = await harness.call('AdminCreateUser', {
    UserPoolId,
    Username: 'Ada',
    UserAttributes: attributes({ email: 'ada@x.com', nickname: '' }),
    DesiredDeliveryMediums: ['EMAIL'],
  });
  const sub = User?.Attributes?.[0]?.Value ?? '';
  assert.match(sub, /^[0-9a-f-]{36}$/);
  assert.deepEqual(User, {
    Username: 'Ada',
    Attributes: attributes({ sub, email: 'ada@x.com' }),
    UserCreateDate: harness.world.clock.nowMs() / 1000,
    UserLastModifiedDate: harness.world.clock.nowMs() / 1000,
    Enabled: true,
    UserStatus: 'FORCE_CHANGE_PASSWORD',
  });
  const [invitation, ...others] = await harness.messages();
  assert.deepEqual(others, []);
  const password = invitation?.code ?? '';
  assert.equal(policyProblem(strict, password), undefined);
  assert.equal(invitation?.to, 'ada@x.com');
  assert.equal(invitation?.subject, 'Your temporary password');
  assert.match(invitation?.body ?? '', /^Your username is Ada and temporary password is .+ $/);
  const { ChallengeName } = await tryPassword(harness, ClientId, 'Ada', password);
  assert.equal(ChallengeName, 'NEW_PASSWORD_REQUIRED');
  harness.advance(7 * DAY_MS);
  await assert.rejects(tryPassword(harness, ClientId, 'Ada', password), {
    code: 'NotAuthorizedException',
    message: 'Temporary password has expired and must be reset by an administrator.',
  });
});

test('a password that we made needs no slow hash to be kept, and takes as long as any to be tried', async (t) => {
  const asked: string[] = [];
  const note = (what: string) => async (): Promise<false> => {
    asked.push(what);
    return false;
  };
  const hasher = {
    hash: async (password: string) => {
      asked.push('hash');
      return `$plain$${password}`;
    },
    verify: note('verify'),
    verifyImported: async () => false,
    verifyDecoy: note('verifyDecoy'),
  };
  const harness = await openHarness(t, { hasher });
  const { UserPoolId, ClientId } = await harness.makePool({
    Policies: { PasswordPolicy: { ...strict, PasswordHistorySize: 1 } },
  });
  const invite = async (Username: string, TemporaryPassword?: string) => {
    const UserAttributes = attributes({ email: `${Username}@x.com` });
    const input = { UserPoolId, Username, UserAttributes, TemporaryPassword };
    await harness.call('AdminCreateUser', { ...input, DesiredDeliveryMediums: ['EMAIL'] });
    return (await harness.messages(`${Username}@x.com`))[0]?.code ?? '';
  };
  const password = await invite('ada');
  assert.deepEqual(asked.splice(0), []);
  await invite('bob', goodPassword);
  assert.deepEqual(asked.splice(0), ['hash']);

  const { ChallengeName, Session } = await tryPassword(harness, ClientId, 'ada', password);
  assert.equal(ChallengeName, 'NEW_PASSWORD_REQUIRED');
  await assert.rejects(tryPassword(harness, ClientId, 'ada', `${password}x`), {
    code: 'NotAuthorizedException',
  });
  assert.deepEqual(asked.splice(0), ['verifyDecoy', 'verifyDecoy']);
  await harness.refuses(
    'RespondToAuthChallenge',
    {
      ClientId,
      ChallengeName: 'NEW_PASSWORD_REQUIRED',
      Session,
      ChallengeResponses: { USERNAME: 'ada', NEW_PASSWORD: password },
    },
    'PasswordHistoryPolicyViolationException',
  );
});

test('invitations go where they are wanted', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId } = await harness.makePool();
  const both = { email: 'ada@x.com', phone_number: '+31612345678' };
  const cases = [
    [both, undefined, undefined, ['SMS +31612345678']],
    [both, [], undefined, ['SMS +31612345678']],
    [both, ['EMAIL', 'SMS', 'EMAIL'], undefined, ['EMAIL ada@x.com', 'SMS +31612345678']],
    [both, ['EMAIL'], 'SUPPRESS', []],
    [{ email: 'ada@x.com' }, undefined, undefined, []],
    [{}, undefined, undefined, []],
    [{}, ['EMAIL', 'SMS'], 'SUPPRESS', []],
  ] as const;
  for (const [at, [values, DesiredDeliveryMediums, MessageAction, expected]] of cases.entries()) {
    const before = (await harness.messages()).length;
    harness.advance(1);
    await harness.call('AdminCreateUser', {
      UserPoolId,
      Username: `user${at}`,
      UserAttributes: attributes(values),
      DesiredDeliveryMediums,
      MessageAction,
    });
    const all = await harness.messages();
    const sent = all.slice(0, all.length - before).map(({ medium, to }) => `${medium} ${to}`);
    assert.deepEqual(sent.toSorted(), expected, String(at));
  }
});

test('invitations follow the template of the pool, and escape what they tell', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId } = await harness.makePool({
    AdminCreateUserConfig: {
      InviteMessageTemplate: {
        EmailSubject: 'Hi {username}',
        EmailMessage: '<b>{username}</b> {####}',
        SMSMessage: '{username} {####}',
      },
    },
  });
  await harness.call('AdminCreateUser', {
    UserPoolId,
    Username: '<i>ada',
    TemporaryPassword: 'A&b-12345',
    UserAttributes: attributes({ email: 'ada@x.com' }),
    DesiredDeliveryMediums: ['EMAIL'],
  });
  const [invitation] = await harness.messages();
  assert.equal(invitation?.subject, 'Hi <i>ada');
  assert.equal(invitation?.body, '<b>&lt;i&gt;ada</b> A&amp;b-12345');
});

test('where addresses are names, the stored name is the sub', async (t) => {
  const harness = await openHarness(t);
  const made = await harness.makePool({
    UsernameAttributes: ['email', 'phone_number'],
    UsernameConfiguration: { CaseSensitive: false },
  });
  const { UserPoolId } = made;
  const create = (Username: string, values: Readonly<Record<string, string>> = {}) => ({
    UserPoolId,
    Username,
    UserAttributes: attributes(values),
    DesiredDeliveryMediums: ['EMAIL' as const],
  });
  const { User } = await harness.call('AdminCreateUser', create('Ada@x.com'));
  const sub = User?.Attributes?.[0]?.Value;
  assert.equal(User?.Username, sub);
  assert.deepEqual(await attributesOf(harness, made, 'ada@X.com'), { email: 'Ada@x.com' });
  assert.match((await harness.messages())[0]?.body ?? '', /^Your username is Ada@x\.com /);
  const taken = 'An account with the given email already exists.';
  const invalid = 'InvalidParameterException';
  const cases = [
    [create('ada@x.com'), 'UsernameExistsException', taken],
    [create('+31612345678', { email: 'ADA@x.com' }), 'UsernameExistsException', taken],
    [create('bob'), invalid, 'Username should be either an email or a phone number.'],
    [create('bob@x.com', { email: 'eve@x.com' }), invalid, /email/],
  ] as const;
  for (const [input, code, text] of cases)
    await harness.refuses('AdminCreateUser', input, code, text);
  const { Users = [] } = await harness.call('ListUsers', { UserPoolId });
  assert.equal(Users.length, 1);
});

test('names and proved aliases are one name space (A10)', async (t) => {
  const harness = await openHarness(t);
  const aliases = { AliasAttributes: ['email', 'preferred_username'] as const };
  const insensitive = { UsernameConfiguration: { CaseSensitive: false } };
  const { UserPoolId } = await harness.makePool({ ...aliases, ...insensitive });
  const create = (pool: string, Username: string, values: Record<string, string> = {}) => ({
    UserPoolId: pool,
    Username,
    UserAttributes: attributes(values),
  });
  const proved = { email: 'victim@x.com', email_verified: 'true', preferred_username: 'vic' };
  const victim = await harness.call('AdminCreateUser', create(UserPoolId, 'Victim', proved));
  const sub = victim.User?.Attributes?.[0]?.Value ?? '';
  const exists = 'UsernameExistsException';
  const taken = (name: string) => `An account with the given ${name} already exists.`;
  const cases = [
    [create(UserPoolId, 'victim'), exists, 'User account already exists'],
    [create(UserPoolId, 'VIC'), exists, 'User account already exists'],
    [create(UserPoolId, sub), exists, 'User account already exists'],
    [create(UserPoolId, 'eve', { ...proved, preferred_username: '' }), exists, taken('email')],
    [create(UserPoolId, 'eve', { preferred_username: 'Vic' }), exists, taken('preferred_username')],
    [create(UserPoolId, 'eve', { preferred_username: 'victim' }), exists, /preferred_username/],
    [create(UserPoolId, 'eve@x.com'), 'InvalidParameterException', /email format/],
  ] as const;
  for (const [input, code, text] of cases)
    await harness.refuses('AdminCreateUser', input, code, text);
  const { Users = [] } = await harness.call('ListUsers', { UserPoolId });
  assert.equal(Users.length, 1);
  // Unproved, an address is no name: anybody may have it.
  await harness.call('AdminCreateUser', create(UserPoolId, 'eve', { email: 'victim@x.com' }));
  const sensitive = (await harness.makePool(aliases)).UserPoolId;
  await harness.call('AdminCreateUser', create(sensitive, 'victim', proved));
  const other = { email: 'Victim@x.com', email_verified: 'true' };
  await harness.call('AdminCreateUser', create(sensitive, 'Victim', other));
  const found = await harness.call('AdminGetUser', {
    UserPoolId: sensitive,
    Username: 'victim@x.com',
  });
  assert.equal(found.Username, 'victim');
});

test('ForceAliasCreation moves a proved address, and nothing else', async (t) => {
  const harness = await openHarness(t);
  const made = await harness.makePool({ AliasAttributes: ['email', 'preferred_username'] });
  const { UserPoolId } = made;
  const create = (Username: string, values: Record<string, string>, ForceAliasCreation = true) =>
    harness.call('AdminCreateUser', {
      UserPoolId,
      Username,
      UserAttributes: attributes(values),
      ForceAliasCreation,
    });
  const proved = { email: 'a@x.com', email_verified: 'true' };
  await create('old', { ...proved, preferred_username: 'pref' });
  const exists = { code: 'UsernameExistsException' };
  await assert.rejects(create('new', proved, false), exists);
  await assert.rejects(create('old', proved), exists);
  await assert.rejects(create('new', { ...proved, preferred_username: 'pref' }), exists);
  assert.equal((await attributesOf(harness, made, 'old'))['email_verified'], 'true');
  await create('unproved', { email: 'a@x.com' });
  assert.equal((await attributesOf(harness, made, 'a@x.com'))['preferred_username'], 'pref');
  await create('new', proved);
  const Username = 'a@x.com';
  assert.equal((await harness.call('AdminGetUser', { UserPoolId, Username })).Username, 'new');
  // The former holder stays a whole user, who can be changed and signs in by the name.
  const Permanent = true;
  const set = { UserPoolId, Username: 'old', Password: goodPassword, Permanent };
  await harness.call('AdminSetUserPassword', set);
  assert.equal((await attributesOf(harness, made, 'old'))['email_verified'], 'false');
  await signIn(harness, made, 'old');
});

test('what does not fit is refused, and nobody is made', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId } = await harness.makePool();
  const invalid = 'InvalidParameterException';
  const cases = [
    [{ TemporaryPassword: 'short' }, 'InvalidPasswordException', /Password not long enough$/],
    [{ UserAttributes: attributes({ 'custom:none': 'x' }) }, invalid, /custom:none/],
    [{ UserAttributes: attributes({ sub: 'x' }) }, invalid, /sub/],
    [{ UserAttributes: attributes({ email: 'x' }) }, invalid, 'Invalid email address format.'],
    [{ UserAttributes: attributes({ email_verified: 'yes' }) }, invalid, /email_verified/],
    [{ MessageAction: 'RESEND' }, 'UserNotFoundException', 'User does not exist.'],
    [{ UserPoolId: 'eu-west-1_NoSuchOne' }, 'ResourceNotFoundException', /NoSuchOne/],
  ] as const;
  for (const [more, code, text] of cases) {
    const input = { UserPoolId, Username: 'ada', ...more };
    await harness.refuses('AdminCreateUser', input, code, text);
  }
  assert.deepEqual(await harness.call('ListUsers', { UserPoolId }), { Users: [] });
  assert.deepEqual(await harness.messages(), []);
});

test('RESEND makes a new temporary password and starts its time again', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId, ClientId } = await harness.makePool({
    Policies: { PasswordPolicy: { MinimumLength: 8, TemporaryPasswordValidityDays: 2 } },
  });
  const input = {
    UserPoolId,
    Username: 'ada',
    UserAttributes: attributes({ email: 'ada@x.com' }),
    DesiredDeliveryMediums: ['EMAIL' as const],
  };
  await harness.call('AdminCreateUser', input);
  const first = await harness.code('ada@x.com');
  harness.advance(3 * DAY_MS);
  const again = { ...input, MessageAction: 'RESEND' as const };
  const { User } = await harness.call('AdminCreateUser', again);
  assert.equal(User?.UserStatus, 'FORCE_CHANGE_PASSWORD');
  const second = await harness.code('ada@x.com');
  assert.notEqual(second, first);
  await assert.rejects(tryPassword(harness, ClientId, 'ada', first), {
    code: 'NotAuthorizedException',
  });
  harness.advance(2 * DAY_MS - 1);
  const { ChallengeName } = await tryPassword(harness, ClientId, 'ada', second);
  assert.equal(ChallengeName, 'NEW_PASSWORD_REQUIRED');
  await harness.call('AdminCreateUser', { ...again, TemporaryPassword: 'chosen-by-admin' });
  await tryPassword(harness, ClientId, 'ada', 'chosen-by-admin');
  const Permanent = true;
  const set = { UserPoolId, Username: 'ada', Password: goodPassword, Permanent };
  await harness.call('AdminSetUserPassword', set);
  await harness.refuses('AdminCreateUser', again, 'UnsupportedUserStateException', /ada/);
});

test('where codes let users in, a user without a password is confirmed at once', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId } = await harness.makePool({
    Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } },
  });
  const create = {
    UserPoolId,
    UserAttributes: attributes({ email: 'ada@x.com' }),
    DesiredDeliveryMediums: ['EMAIL' as const],
  };
  const { User } = await harness.call('AdminCreateUser', { ...create, Username: 'ada' });
  assert.equal(User?.UserStatus, 'CONFIRMED');
  const [invitation] = await harness.messages();
  assert.equal(invitation?.code, undefined);
  assert.equal(invitation?.body, 'Your username is ada. ');
  const other = { ...create, Username: 'bob', TemporaryPassword: goodPassword };
  const bob = await harness.call('AdminCreateUser', other);
  assert.equal(bob.User?.UserStatus, 'FORCE_CHANGE_PASSWORD');
});

test('twenty parallel creations of one name have one winner, whose invitation is the only one', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId } = await harness.makePool();
  const input = {
    UserPoolId,
    Username: 'ada',
    UserAttributes: attributes({ email: 'ada@x.com' }),
    DesiredDeliveryMediums: ['EMAIL' as const],
  };
  const tries = Array.from({ length: 20 }, () => harness.call('AdminCreateUser', input));
  const outcomes = await Promise.allSettled(tries);
  const lost = outcomes.filter((outcome) => outcome.status === 'rejected');
  assert.equal(lost.length, 19);
  for (const { reason } of lost) {
    assert.equal((reason as { code: string }).code, 'UsernameExistsException');
  }
  assert.equal((await harness.call('ListUsers', { UserPoolId })).Users?.length, 1);
  assert.equal((await harness.messages()).length, 1);
});
