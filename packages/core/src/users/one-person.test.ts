import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHarness, type Harness } from '../testing/harness.ts';
import { addUser, attributes, goodPassword, signIn } from '../testing/signed-in.ts';
import { signInBySrp } from '../testing/srp-client.ts';

const MessageAction = 'SUPPRESS' as const;
const ignoringCase = { UsernameConfiguration: { CaseSensitive: false } };
const mailAlias = {
  AliasAttributes: ['email', 'phone_number', 'preferred_username'] as const,
  AutoVerifiedAttributes: ['email'] as const,
};
const mutable = <T extends object>(settings: T) => structuredClone(settings) as never;
/** Texts that are compared like somebody's address, but are not addresses. */
const nearlyMail = ['mar\u212a@example.com', 'ma\u034frk@example.com', 'mark@exam\u00adple.com'];
const nearlyMailByStyle = ['ｍark@example.com', 'mark＠example.com', 'mark@example․com'];
const nearlyPhone = ['+3161234\u034f5678'];
const nearlyPhoneByStyle = ['＋31612345678', '+3161234567⑧', '+31612345678\u115f'];

for (const [kind, settings, texts] of [
  [
    'ignores case',
    ignoringCase,
    [...nearlyMail, ...nearlyMailByStyle, ...nearlyPhone, ...nearlyPhoneByStyle],
  ],
  ['tells cases apart', {}, [...nearlyMail, ...nearlyPhone]],
] as const) {
  test(`if the pool ${kind}, no name is compared as an address that nobody proved (D2)`, async (t) => {
    const harness = await openHarness(t);
    const made = await harness.makePool(mutable({ ...mailAlias, ...settings }));
    const { UserPoolId, ClientId } = made;
    await addUser(harness, made, 'eve');
    const { AccessToken } = await signIn(harness, made, 'eve');
    for (const text of texts) {
      const asPreferred = attributes({ preferred_username: text });
      const refusals: readonly [Parameters<Harness['refuses']>[0], object][] = [
        ['SignUp', { ClientId, Username: text, Password: goodPassword }],
        ['AdminCreateUser', { UserPoolId, MessageAction, Username: text }],
        [
          'AdminCreateUser',
          { UserPoolId, MessageAction, Username: 'fay', UserAttributes: asPreferred },
        ],
        ['UpdateUserAttributes', { AccessToken, UserAttributes: asPreferred }],
        ['AdminUpdateUserAttributes', { UserPoolId, Username: 'eve', UserAttributes: asPreferred }],
      ];
      for (const [operation, input] of refusals) {
        await harness.refuses(operation, input, 'InvalidParameterException');
      }
      const email = attributes({ email: text });
      await harness.refuses(
        'SignUp',
        { ClientId, Username: 'gus', Password: goodPassword, UserAttributes: email },
        'InvalidParameterException',
      );
    }
    await harness.call('AdminCreateUser', {
      UserPoolId,
      Username: 'new',
      TemporaryPassword: goodPassword,
      MessageAction,
    });
    for (const text of texts) {
      const { Session } = await harness.call('InitiateAuth', {
        ClientId,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: 'new', PASSWORD: goodPassword },
      });
      await harness.refuses(
        'RespondToAuthChallenge',
        {
          ClientId,
          ChallengeName: 'NEW_PASSWORD_REQUIRED',
          Session,
          ChallengeResponses: {
            USERNAME: 'new',
            NEW_PASSWORD: 'Another-horse-8',
            'userAttributes.preferred_username': text,
          },
        },
        'InvalidParameterException',
      );
    }
    // The owner still gets in by the address.
    await harness.call('SignUp', {
      ClientId,
      Username: 'mark',
      Password: goodPassword,
      UserAttributes: attributes({ email: 'mark@example.com' }),
    });
    const ConfirmationCode = await harness.code('mark@example.com');
    await harness.call('ConfirmSignUp', { ClientId, Username: 'mark', ConfirmationCode });
    await signIn(harness, made, 'mark@example.com');
  });
}

test('invisible names, and names whose folding is unknown, are refused', async (t) => {
  const harness = await openHarness(t);
  const made = await harness.makePool({ ...ignoringCase, AliasAttributes: ['preferred_username'] });
  const { UserPoolId, ClientId } = made;
  await addUser(harness, made, 'eve');
  for (const Username of ['\u3164', '\u034f\u115f', '\ufdfa'.repeat(40)]) {
    const input = { ClientId, Username, Password: goodPassword };
    await harness.refuses('SignUp', input, 'InvalidParameterException');
    await harness.refuses(
      'AdminCreateUser',
      { UserPoolId, MessageAction, Username },
      'InvalidParameterException',
    );
  }
  for (const text of ['a\nb', 'a\u0085b', 'a\u2028b', '\u200b', '\u0378', '\ufdfa'.repeat(40)]) {
    const UserAttributes = attributes({ preferred_username: text });
    const input = { UserPoolId, Username: 'eve', UserAttributes };
    await harness.refuses('AdminUpdateUserAttributes', input, 'InvalidParameterException');
  }
});

test('every operation finds a user by every way to write the name, and shows it as it was first typed', async (t) => {
  const harness = await openHarness(t);
  const made = await harness.makePool({ ...ignoringCase, AutoVerifiedAttributes: ['email'] });
  const { UserPoolId, ClientId } = made;
  const email = attributes({ email: 'eva@example.com' });
  const first = { ClientId, Username: 'Éva', Password: goodPassword, UserAttributes: email };
  await harness.call('SignUp', first);
  const variants = ['E\u0301VA', 'ｅ\u0301va', 'É\u034fva', 'éva'];
  for (const Username of variants) {
    await harness.refuses('SignUp', { ...first, Username }, 'UsernameExistsException');
    await harness.refuses(
      'AdminCreateUser',
      { UserPoolId, MessageAction, Username },
      'UsernameExistsException',
    );
  }
  harness.advance(1);
  await harness.call('ResendConfirmationCode', { ClientId, Username: 'E\u0301VA' });
  const ConfirmationCode = await harness.code('eva@example.com');
  await harness.call('ConfirmSignUp', { ClientId, Username: 'ｅ\u0301va', ConfirmationCode });
  for (const name of variants) {
    await signIn(harness, made, name);
    assert.equal(
      (await harness.call('AdminGetUser', { UserPoolId, Username: name })).Username,
      'Éva',
    );
    harness.advance(1);
    await harness.call('ForgotPassword', { ClientId, Username: name });
  }
  await harness.call('ConfirmForgotPassword', {
    ClientId,
    Username: variants[0] ?? '',
    ConfirmationCode: await harness.code('eva@example.com'),
    Password: 'Another-horse-8',
  });
  const started = await harness.call('InitiateAuth', {
    ClientId,
    AuthFlow: 'USER_SRP_AUTH',
    AuthParameters: { USERNAME: 'E\u0301VA', SRP_A: 'abcdef' },
  });
  assert.equal(started.ChallengeParameters?.['USER_ID_FOR_SRP'], 'Éva');
  await assert.rejects(
    signInBySrp(harness, { ...made, username: 'E\u0301VA', password: goodPassword }),
    { code: 'NotAuthorizedException' },
  );
  const answer = await signInBySrp(harness, {
    ...made,
    username: 'E\u0301VA',
    password: 'Another-horse-8',
  });
  assert.ok(answer.AuthenticationResult?.AccessToken);
});

test('an address belongs to one person however its domain is written, and mails go to the domain that was compared (D15)', async (t) => {
  const harness = await openHarness(t);
  const made = await harness.makePool(mutable({ ...ignoringCase, ...mailAlias }));
  const { ClientId, UserPoolId } = made;
  const add = async (Username: string, email: string) => {
    // The newest message is recognised by its time.
    harness.advance(1);
    const UserAttributes = attributes({ email });
    await harness.call('SignUp', { ClientId, Username, Password: goodPassword, UserAttributes });
  };
  await add('first', 'joe@MÜLLER.de');
  const ConfirmationCode = await harness.code('joe@xn--mller-kva.de');
  await harness.call('ConfirmSignUp', { ClientId, Username: 'first', ConfirmationCode });
  for (const [number, email] of ['JOE@mu\u0308ller.de', 'joe@xn--MLLER-kva.de'].entries()) {
    await add(`other${number}`, email);
    const code = await harness.code(number === 0 ? 'JOE@xn--mller-kva.de' : 'joe@xn--mller-kva.de');
    await harness.refuses(
      'ConfirmSignUp',
      { ClientId, Username: `other${number}`, ConfirmationCode: code },
      'AliasExistsException',
    );
  }
  await signIn(harness, made, 'joe@müller。de');
  const { UserAttributes = [] } = await harness.call('AdminGetUser', {
    UserPoolId,
    Username: 'JOE@XN--MLLER-KVA.de',
  });
  assert.ok(UserAttributes.some(({ Value }) => Value === 'joe@MÜLLER.de'));
  // straße.de and strasse.de are two domains.
  await add('sharp', 'joe@straße.de');
  await add('plain', 'joe@strasse.de');
  for (const [Username, to] of [
    ['sharp', 'joe@xn--strae-oqa.de'],
    ['plain', 'joe@strasse.de'],
  ] as const) {
    await harness.call('ConfirmSignUp', {
      ClientId,
      Username,
      ConfirmationCode: await harness.code(to),
    });
  }
  for (const email of ['joe@xn--a.de', 'joe@exam\u200dple.com', 'joe@\u0378.de']) {
    await assert.rejects(add('bad', email), { code: 'InvalidParameterException' });
  }
});

test('users and decoys are shown the same address, however the name was typed', async (t) => {
  const harness = await openHarness(t);
  const made = await harness.makePool(mutable({ ...ignoringCase, ...mailAlias }), {
    PreventUserExistenceErrors: 'ENABLED',
  });
  const { ClientId } = made;
  await addUser(harness, made, 'ada', { email: 'Ada@MÜLLER.de', email_verified: 'true' });
  for (const name of ['Ada@MÜLLER.de', 'aDA@müller.de', 'ada@xn--mller-kva.de']) {
    const known = await harness.call('ForgotPassword', { ClientId, Username: name });
    const other = name.replace(/ada/i, (text) => text.replace(/d/i, 'n'));
    const unknown = await harness.call('ForgotPassword', { ClientId, Username: other });
    assert.deepEqual(known, unknown);
  }
});

test('nobody gets another’s sub as a name, in any case or style', async (t) => {
  const harness = await openHarness(t);
  for (const settings of [{}, ignoringCase]) {
    const made = await harness.makePool({ ...settings, AliasAttributes: ['preferred_username'] });
    const { UserPoolId, ClientId } = made;
    const id = await addUser(harness, made, 'ada');
    await addUser(harness, made, 'eve');
    const { AccessToken } = await signIn(harness, made, 'eve');
    const wide = id.replace(/[a-f\d]/g, (one) =>
      String.fromCodePoint((one.codePointAt(0) ?? 0) + 0xfee0),
    );
    for (const text of [id, id.toUpperCase(), wide, `${id}\u034f`]) {
      const input = { ClientId, Username: text, Password: goodPassword };
      await harness.refuses('SignUp', input, 'UsernameExistsException');
      await harness.refuses(
        'AdminCreateUser',
        { UserPoolId, MessageAction, Username: text },
        'UsernameExistsException',
      );
      const UserAttributes = attributes({ preferred_username: text });
      await harness.refuses(
        'AdminCreateUser',
        { UserPoolId, MessageAction, Username: 'fay', UserAttributes },
        'UsernameExistsException',
      );
      await harness.refuses(
        'UpdateUserAttributes',
        { AccessToken, UserAttributes },
        'AliasExistsException',
      );
      await harness.refuses(
        'AdminUpdateUserAttributes',
        { UserPoolId, Username: 'eve', UserAttributes },
        'AliasExistsException',
      );
    }
  }
});
