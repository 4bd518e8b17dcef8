import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InputOf } from '@poolhouse/model';
import { secretHash } from '../../crypto/index.ts';
import { Failure } from '../../failure.ts';
import { openHarness } from '../../testing/harness.ts';

const Password = 'Correct-horse-9';
const email = (Value: string) => ({ Name: 'email', Value });
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test('signs up, sends a code to the address, and keeps no password or code as text', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId, ClientId } = await harness.makePool({ AutoVerifiedAttributes: ['email'] });
  const answer = await harness.call('SignUp', {
    ClientId,
    Username: 'ada',
    Password,
    UserAttributes: [email('test@test.com'), { Name: 'name', Value: 'Ada' }],
    ValidationData: [{ Name: 'x', Value: 'y' }],
    ClientMetadata: { from: 'web' },
  });
  assert.match(answer.UserSub, uuid);
  assert.deepEqual(answer, {
    UserConfirmed: false,
    UserSub: answer.UserSub,
    CodeDeliveryDetails: {
      Destination: 't***@t***',
      DeliveryMedium: 'EMAIL',
      AttributeName: 'email',
    },
  });
  const [mail, ...more] = await harness.messages();
  assert.equal(more.length, 0);
  assert.equal(mail?.to, 'test@test.com');
  assert.equal(mail?.occasion, 'SignUp');
  assert.match(mail?.code ?? '', /^\d{6}$/);
  assert.equal(mail?.body, `Your verification code is ${mail?.code}. `);
  const user = await harness.storage.stores.users.byName(UserPoolId as never, 'ada');
  assert.equal(user?.status, 'UNCONFIRMED');
  assert.deepEqual(user?.attributes, {
    email: 'test@test.com',
    name: 'Ada',
    email_verified: 'false',
  });
  const stored = JSON.stringify([user, await harness.storage.stores.outbox.list({ limit: 9 })]);
  assert.equal(stored.includes(Password) || stored.includes(mail?.code ?? ''), false);
});

test('a code goes out only where the pool verifies an address that was given; the phone first', async (t) => {
  const harness = await openHarness(t);
  const phone = { Name: 'phone_number', Value: '+12345674444' };
  const cases: readonly [
    ('email' | 'phone_number')[] | undefined,
    InputOf<'SignUp'>['UserAttributes'],
    string | undefined,
  ][] = [
    [undefined, [email('a@example.com')], undefined],
    [['email'], [], undefined],
    [['email'], [phone], undefined],
    [['email'], [phone, email('a@example.com')], 'a***@e***'],
    [['email', 'phone_number'], [phone, email('a@example.com')], '+*******4444'],
    [['email', 'phone_number'], [email('a@example.com')], 'a***@e***'],
  ];
  for (const [AutoVerifiedAttributes, UserAttributes, shown] of cases) {
    harness.advance(1);
    const { ClientId } = await harness.makePool({ AutoVerifiedAttributes });
    const input = { ClientId, Username: 'ada', Password, UserAttributes };
    const answer = await harness.call('SignUp', input);
    assert.equal(answer.CodeDeliveryDetails?.Destination, shown);
    assert.equal('CodeDeliveryDetails' in answer, shown !== undefined);
  }
  assert.deepEqual(
    (await harness.messages()).map(({ medium }) => medium),
    ['EMAIL', 'SMS', 'EMAIL'],
  );
});

test('link pools send a link that is ready to click', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId, ClientId } = await harness.makePool({
    AutoVerifiedAttributes: ['email'],
    VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_LINK' },
  });
  const UserAttributes = [email('a@example.com')];
  await harness.call('SignUp', { ClientId, Username: 'ada&b', Password, UserAttributes });
  const [mail] = await harness.messages();
  assert.equal(mail?.code, undefined);
  assert.match(
    mail?.link ?? '',
    new RegExp(
      `^http://localhost:8400/d/${UserPoolId}/confirmUser/\\?client_id=${ClientId}&user_name=ada%26b&confirmation_code=\\d{6}$`,
    ),
  );
  assert.equal(mail?.body.includes(`href="${mail.link?.replaceAll('&', '&amp;')}"`), true);
});

test('refuses in the order of the service, and keeps nobody', async (t) => {
  const harness = await openHarness(t);
  const role = {
    Name: 'role',
    AttributeDataType: 'String',
    Mutable: true,
    StringAttributeConstraints: {},
  } as const;
  const { UserPoolId, ClientId } = await harness.makePool(
    {
      Schema: [{ Name: 'email', Required: true }, { Name: 'given_name', Required: true }, role],
      AutoVerifiedAttributes: ['email'],
      Policies: { PasswordPolicy: { MinimumLength: 8, RequireUppercase: true } },
    },
    { WriteAttributes: ['email', 'given_name'] },
  );
  const given = { Name: 'given_name', Value: 'A' };
  const UserAttributes = [email('a@example.com'), given];
  const good = { ClientId, Username: 'ada', Password, UserAttributes };
  const cases: readonly [Partial<InputOf<'SignUp'>>, string, string | RegExp][] = [
    [
      { ClientId: '1example23456789' },
      'ResourceNotFoundException',
      'User pool client 1example23456789 does not exist.',
    ],
    [
      { SecretHash: 'x' },
      'NotAuthorizedException',
      `Unable to verify secret hash for client ${ClientId}`,
    ],
    [
      { UserAttributes: [{ Name: 'custom:role', Value: 'admin' }], Password: 'xx' },
      'NotAuthorizedException',
      'A client attempted to write unauthorized attribute',
    ],
    [
      { UserAttributes: [...UserAttributes, { Name: 'email_verified', Value: 'true' }] },
      'NotAuthorizedException',
      'A client attempted to write unauthorized attribute',
    ],
    [
      { UserAttributes: [], Password: 'xx' },
      'InvalidParameterException',
      'Attributes did not conform to the schema: given_name: The attribute is required\nemail: The attribute is required\n',
    ],
    [
      { UserAttributes: [given, email('')] },
      'InvalidParameterException',
      'Attributes did not conform to the schema: email: The attribute is required\n',
    ],
    [
      { UserAttributes: [given, email('a@b.com,evil@x.com')] },
      'InvalidParameterException',
      'Invalid email address format.',
    ],
    [
      { UserAttributes: [given, email('a@b.com\r\nBcc: c@d.com')] },
      'InvalidParameterException',
      'Invalid email address format.',
    ],
    [
      { Password: 'Short-1' },
      'InvalidPasswordException',
      'Password did not conform with policy: Password not long enough',
    ],
    [
      { Password: 'longenough' },
      'InvalidPasswordException',
      'Password did not conform with policy: Password must have uppercase characters',
    ],
    [{ Password: undefined }, 'InvalidParameterException', /'password'.*must not be null/i],
    [{ Password: '' }, 'InvalidParameterException', /'password'/],
    [{ Password: `A${'b'.repeat(256)}` }, 'InvalidParameterException', /256/],
    [{ Username: 'a b' }, 'InvalidParameterException', /'username'/],
  ];
  for (const [change, code, message] of cases) {
    await harness.refuses('SignUp', { ...good, ...change }, code, message);
  }
  assert.equal(await harness.storage.stores.pools.userCount(UserPoolId as never), 0);
  assert.equal((await harness.messages()).length, 0);
  await harness.call('SignUp', good);
});

test('is off where only administrators create users (B17)', async (t) => {
  const harness = await openHarness(t);
  const { ClientId } = await harness.makePool({
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
  });
  await harness.refuses(
    'SignUp',
    { ClientId, Username: 'ada', Password: 'xx' },
    'NotAuthorizedException',
    'SignUp is not permitted for this user pool',
  );
});

test('passwords are taken as they are: long, with spaces, NUL or emoji, none cut off (B12)', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId, ClientId } = await harness.makePool();
  const long = 'Aa1-'.repeat(64);
  const passwords = [
    long,
    `${long.slice(0, -1)}+`,
    ' Lead and trail 1 ',
    'Nul\0inside-1',
    'Aa1-😀😀😀😀',
  ];
  const order = { source: 'test', weight: 1, purpose: 'other' } as const;
  for (const [at, password] of passwords.entries()) {
    const Username = `user${at}`;
    const input = { ClientId, Username, Password: password };
    await harness.call('SignUp', input).catch((error: unknown) => {
      // A model that refuses the text says so before anything is hashed; it may not change it silently.
      assert(error instanceof Failure);
      assert.match(error.code, /^Invalid(Parameter|Password)Exception$/);
    });
    const user = await harness.storage.stores.users.byName(UserPoolId as never, Username);
    if (user?.sealedPassword === undefined) continue;
    const secrets = await harness.world.vault.of(UserPoolId);
    const place = { table: 'users', row: user.sub, column: 'password' };
    const phc = secrets.open(place, user.sealedPassword).toString();
    for (const other of passwords) {
      assert.equal(await harness.world.hasher.verify(phc, other, order), other === password);
    }
  }
  assert((await harness.storage.stores.pools.userCount(UserPoolId as never)) >= 3);
});

test('a password may be left out only where codes let users in', async (t) => {
  const harness = await openHarness(t);
  for (const [factors, taken] of [
    [['PASSWORD'], false],
    [['PASSWORD', 'WEB_AUTHN'], false],
    [['PASSWORD', 'EMAIL_OTP'], true],
  ] as const) {
    const { UserPoolId, ClientId } = await harness.makePool({
      UserPoolTier: 'ESSENTIALS',
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: [...factors] } },
    });
    for (const [Username, given] of [
      ['ada', undefined],
      ['eve', ''],
    ] as const) {
      const input = { ClientId, Username, Password: given };
      if (!taken) {
        await harness.refuses('SignUp', input, 'InvalidParameterException', /'password'/);
        continue;
      }
      await harness.call('SignUp', input);
      const user = await harness.storage.stores.users.byName(UserPoolId as never, Username);
      assert.equal(user?.sealedPassword, undefined);
    }
  }
});

test('user names are addresses where the pool says so; the stored name is the sub', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId, ClientId } = await harness.makePool({
    UsernameAttributes: ['email', 'phone_number'],
    AutoVerifiedAttributes: ['email'],
  });
  const input = { ClientId, Username: 'ada@example.com', Password };
  const { UserSub, CodeDeliveryDetails } = await harness.call('SignUp', input);
  assert.equal(CodeDeliveryDetails?.Destination, 'a***@e***');
  const user = await harness.storage.stores.users.byName(UserPoolId as never, 'ada@example.com');
  assert.equal(user?.username, UserSub);
  assert.equal(user?.attributes['email'], 'ada@example.com');
  const phone = { Name: 'phone_number', Value: '+31612345678' };
  const taken = 'UsernameExistsException';
  const cases: readonly [Partial<InputOf<'SignUp'>>, string, string | RegExp][] = [
    [{}, taken, 'An account with the given email already exists.'],
    [
      { Username: phone.Value, UserAttributes: [email('ada@example.com')] },
      taken,
      'An account with the given email already exists.',
    ],
    [
      { Username: 'ada' },
      'InvalidParameterException',
      'Username should be either an email or a phone number.',
    ],
    [
      { Username: 'bob@example.com', UserAttributes: [email('eve@example.com')] },
      'InvalidParameterException',
      /differs/,
    ],
  ];
  for (const [change, code, message] of cases) {
    await harness.refuses('SignUp', { ...input, ...change }, code, message);
  }
  await harness.call('SignUp', {
    ...input,
    Username: 'bob@example.com',
    UserAttributes: [email('bob@example.com'), phone],
  });
  await harness.refuses(
    'SignUp',
    { ...input, Username: phone.Value },
    taken,
    'An account with the given phone_number already exists.',
  );
});

test('alias pools refuse names that look like aliases, and let two people claim one address', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId, ClientId } = await harness.makePool({
    AliasAttributes: ['email', 'phone_number', 'preferred_username'],
    AutoVerifiedAttributes: ['email'],
  });
  const UserAttributes = [email('ada@example.com')];
  for (const [Username, message] of [
    [
      'ada@example.com',
      'Username cannot be of email format, since user pool is configured for email alias.',
    ],
    [
      '+31612345678',
      'Username cannot be of phone number format, since user pool is configured for phone number alias.',
    ],
  ] as const) {
    const input = { ClientId, Username, Password, UserAttributes };
    await harness.refuses('SignUp', input, 'InvalidParameterException', message);
  }
  await harness.refuses(
    'SignUp',
    {
      ClientId,
      Username: 'ada',
      Password,
      UserAttributes: [{ Name: 'preferred_username', Value: 'a' }],
    },
    'InvalidParameterException',
    'Preferred username cannot be provided for unconfirmed account, since user pool is configured for preferred username alias.',
  );
  await harness.call('SignUp', { ClientId, Username: 'ada', Password, UserAttributes });
  await harness.call('SignUp', { ClientId, Username: 'eve', Password, UserAttributes });
  assert.equal(await harness.storage.stores.pools.userCount(UserPoolId as never), 2);
});

test('names are compared as the pool compares them (A10); nobody is called like a sub', async (t) => {
  const harness = await openHarness(t);
  for (const CaseSensitive of [true, false]) {
    const { ClientId } = await harness.makePool({ UsernameConfiguration: { CaseSensitive } });
    const { UserSub } = await harness.call('SignUp', { ClientId, Username: 'Ada', Password });
    const exists = ['UsernameExistsException', 'User already exists'] as const;
    await harness.refuses('SignUp', { ClientId, Username: 'Ada', Password }, ...exists);
    await harness.refuses('SignUp', { ClientId, Username: UserSub, Password }, ...exists);
    const other = { ClientId, Username: 'ada', Password };
    if (CaseSensitive) await harness.call('SignUp', other);
    else await harness.refuses('SignUp', other, ...exists);
  }
});

test('of fifty sign-ups with one name at once, one wins (B14)', async (t) => {
  const harness = await openHarness(t);
  for (const UsernameAttributes of [undefined, ['email' as const]]) {
    const { UserPoolId, ClientId } = await harness.makePool({
      UsernameAttributes,
      AutoVerifiedAttributes: ['email'],
    });
    const Username = UsernameAttributes ? 'ada@example.com' : 'ada';
    const UserAttributes = [email('ada@example.com')];
    const before = (await harness.messages()).length;
    const tries = Array.from({ length: 50 }, () =>
      harness.call('SignUp', { ClientId, Username, Password, UserAttributes }).then(
        () => 'won',
        (error: unknown) => (error as Failure).code,
      ),
    );
    const outcomes = await Promise.all(tries);
    assert.equal(outcomes.filter((outcome) => outcome === 'won').length, 1);
    assert.equal(outcomes.filter((outcome) => outcome === 'UsernameExistsException').length, 49);
    assert.equal(await harness.storage.stores.pools.userCount(UserPoolId as never), 1);
    assert.equal((await harness.messages()).length, before + 1);
  }
});

test('clients with a secret must prove it for the name as typed', async (t) => {
  const harness = await openHarness(t);
  const { ClientId, secret = '' } = await harness.makePool({}, { GenerateSecret: true });
  const input = { ClientId, Username: 'Ada', Password };
  await harness.refuses(
    'SignUp',
    input,
    'NotAuthorizedException',
    `Client ${ClientId} is configured with secret but SECRET_HASH was not received`,
  );
  const SecretHash = secretHash(secret, 'Ada', ClientId);
  await harness.refuses(
    'SignUp',
    { ...input, Username: 'ada', SecretHash },
    'NotAuthorizedException',
    `Unable to verify secret hash for client ${ClientId}`,
  );
  assert.equal((await harness.call('SignUp', { ...input, SecretHash })).UserConfirmed, false);
});
