import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InputOf } from '@poolhouse/model';
import { openHarness, type Harness } from '../../testing/harness.ts';
import { signInBySrp } from '../../testing/srp-client.ts';

type Answer = InputOf<'RespondToAuthChallenge'>;
const incorrect = 'Incorrect username or password.';

async function withUser(harness: Harness, kind: 'permanent' | 'temporary', pool = {}, client = {}) {
  const made = await harness.makePool(pool, client);
  const user = { UserPoolId: made.UserPoolId, Username: 'mara' };
  await harness.call('AdminCreateUser', {
    ...user,
    MessageAction: 'SUPPRESS',
    TemporaryPassword: 'Right-1234',
    UserAttributes: [{ Name: 'email', Value: 'mara@example.com' }],
  });
  if (kind === 'permanent') {
    await harness.call('AdminSetUserPassword', {
      ...user,
      Password: 'Right-1234',
      Permanent: true,
    });
  }
  return { ...made, username: 'mara', password: 'Right-1234' };
}

/** Changes one of the responses. */
const withResponse = (name: string, change: (value: string) => string) => (answer: Answer) => ({
  ...answer,
  ChallengeResponses: {
    ...answer.ChallengeResponses,
    [name]: change(answer.ChallengeResponses?.[name] ?? ''),
  },
});

test('PASSWORD_VERIFIER: forged proofs are all answered alike (security.md S05, S07, S08)', async (t) => {
  const harness = await openHarness(t);
  const user = await withUser(harness, 'permanent');
  const other = await withUser(harness, 'permanent');
  let foreignBlock = '';
  await signInBySrp(harness, other, (answer) => {
    foreignBlock = answer.ChallengeResponses?.['PASSWORD_CLAIM_SECRET_BLOCK'] ?? '';
    return answer;
  });
  const flipped = (text: string) => (text.startsWith('A') ? 'B' : 'A') + text.slice(1);
  const forgeries: readonly [string, (answer: Answer) => Answer][] = [
    ['signature of zeros', withResponse('PASSWORD_CLAIM_SIGNATURE', () => 'A'.repeat(43) + '=')],
    ['signature with one bit other', withResponse('PASSWORD_CLAIM_SIGNATURE', flipped)],
    ['short signature', withResponse('PASSWORD_CLAIM_SIGNATURE', (text) => text.slice(0, 20))],
    ['unpadded signature', withResponse('PASSWORD_CLAIM_SIGNATURE', (x) => x.replace(/=+$/, ''))],
    ['flipped block', withResponse('PASSWORD_CLAIM_SECRET_BLOCK', flipped)],
    ['cut block', withResponse('PASSWORD_CLAIM_SECRET_BLOCK', (text) => text.slice(0, -8))],
    ['block of another pool', withResponse('PASSWORD_CLAIM_SECRET_BLOCK', () => foreignBlock)],
    ['another user', withResponse('USERNAME', () => 'nobody')],
    ['a time that was not signed', withResponse('TIMESTAMP', () => 'Mon Nov 23 09:00:01 UTC 2026')],
  ];
  for (const [name, forge] of forgeries) {
    await t.test(name, async () => {
      await assert.rejects(signInBySrp(harness, user, forge), { message: incorrect });
      assert.ok(
        (await signInBySrp(harness, user)).AuthenticationResult,
        'the next right one works',
      );
    });
  }
  for (const missing of ['USERNAME', 'PASSWORD_CLAIM_SECRET_BLOCK', 'TIMESTAMP']) {
    await t.test(`no ${missing}`, () =>
      assert.rejects(
        signInBySrp(
          harness,
          user,
          withResponse(missing, () => ''),
        ),
        {
          message: `Missing required parameter ${missing}`,
        },
      ),
    );
  }
  await t.test('after three minutes', async () => {
    let answer: Answer | undefined;
    await signInBySrp(harness, user, (sent) => {
      answer = sent;
      return withResponse('PASSWORD_CLAIM_SIGNATURE', flipped)(sent);
    }).catch(() => undefined);
    harness.advance(3 * 60_000);
    assert.ok(answer);
    await harness.refuses('RespondToAuthChallenge', answer, 'NotAuthorizedException', incorrect);
  });
  for (const form of [
    '2026-11-23T09:00:00Z',
    'Mon nov. 23 09:00:00 UTC 2026',
    'Mon Nov 03 09:00:00 UTC 2026',
  ]) {
    await t.test(`TIMESTAMP ${form}`, async () => {
      await assert.rejects(
        signInBySrp(
          harness,
          user,
          withResponse('TIMESTAMP', () => form),
        ),
        {
          code: 'InvalidParameterException',
          message: 'TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.',
        },
      );
    });
  }
});

test('no clock of a client decides a sign-in, by SRP or the new password after it (security.md S07)', async (t) => {
  const harness = await openHarness(t);
  const user = await withUser(harness, 'permanent');
  const temporary = await withUser(harness, 'temporary');
  const minuteMs = 60_000;
  for (const offMs of [6 * minuteMs, -6 * minuteMs, 180 * minuteMs, -1440 * minuteMs, -5e11]) {
    const clockMs = harness.world.clock.nowMs() + offMs;
    assert.ok((await signInBySrp(harness, user, { clockMs })).AuthenticationResult, `${offMs}`);
    const asked = await signInBySrp(harness, temporary, { clockMs });
    assert.equal(asked.ChallengeName, 'NEW_PASSWORD_REQUIRED');
  }
});

test('every challenge but the one of plain SRP needs its session (behaviour.md 6.4)', async (t) => {
  const harness = await openHarness(t);
  const user = await withUser(harness, 'permanent');
  const names = [
    'NEW_PASSWORD_REQUIRED',
    'SMS_MFA',
    'SOFTWARE_TOKEN_MFA',
    'CUSTOM_CHALLENGE',
    'EMAIL_OTP',
    'SELECT_CHALLENGE',
  ] as const;
  for (const ChallengeName of names) {
    const answer = { ClientId: user.ClientId, ChallengeName, ChallengeResponses: {} };
    const missing = ['InvalidParameterException', 'Missing required parameter Session'] as const;
    await harness.refuses('RespondToAuthChallenge', answer, ...missing);
    const { UserPoolId } = user;
    await harness.refuses('AdminRespondToAuthChallenge', { ...answer, UserPoolId }, ...missing);
  }
  await harness.refuses(
    'RespondToAuthChallenge',
    {
      ClientId: user.ClientId,
      ChallengeName: 'SMS_MFA',
      Session: 'a'.repeat(20),
      ChallengeResponses: { USERNAME: 'mara', SMS_MFA_CODE: '123456' },
    },
    'NotAuthorizedException',
    'Invalid session for the user.',
  );
});

test('NEW_PASSWORD_REQUIRED', async (t) => {
  const harness = await openHarness(t);
  const user = await withUser(
    harness,
    'temporary',
    {
      Schema: [{ Name: 'given_name', Required: true }],
      Policies: {
        PasswordPolicy: { MinimumLength: 8, RequireNumbers: true, PasswordHistorySize: 3 },
      },
    },
    { WriteAttributes: ['given_name', 'email'] },
  );
  let temporary = 'Right-1234';
  const start = async (by: 'password' | 'srp' = 'password') =>
    by === 'srp'
      ? signInBySrp(harness, user)
      : harness.call('InitiateAuth', {
          ClientId: user.ClientId,
          AuthFlow: 'USER_PASSWORD_AUTH',
          AuthParameters: { USERNAME: 'mara', PASSWORD: temporary },
        });
  const answer = (Session: string | undefined, responses: Record<string, string> = {}) => ({
    ClientId: user.ClientId,
    ChallengeName: 'NEW_PASSWORD_REQUIRED' as const,
    Session,
    ChallengeResponses: {
      USERNAME: 'mara',
      NEW_PASSWORD: 'Chosen-5678',
      'userAttributes.given_name': 'Mara',
      ...responses,
    },
  });

  await t.test('asks, by password and by SRP alike', async () => {
    for (const by of ['password', 'srp'] as const) {
      const challenge = await start(by);
      assert.equal(challenge.ChallengeName, 'NEW_PASSWORD_REQUIRED');
      assert.ok((challenge.Session?.length ?? 0) >= 20);
      assert.equal(challenge.AuthenticationResult, undefined);
      assert.deepEqual(
        { ...challenge.ChallengeParameters },
        {
          USER_ID_FOR_SRP: 'mara',
          requiredAttributes: '["userAttributes.given_name"]',
          userAttributes: '{"email":"mara@example.com"}',
        },
      );
    }
  });

  const refusals: readonly [string, Record<string, string>, string, string | RegExp][] = [
    ['no password', { NEW_PASSWORD: '' }, 'InvalidParameterException', 'Missing required parameter NEW_PASSWORD'],
    ['weak password', { NEW_PASSWORD: 'short' }, 'InvalidPasswordException', 'Password did not conform with policy: Password not long enough'],
    ['used password', { NEW_PASSWORD: 'Right-1234' }, 'PasswordHistoryPolicyViolationException', /./],
    ['missing attribute', { 'userAttributes.given_name': '' }, 'InvalidParameterException', 'Invalid attributes given, given_name is missing'],
    ['unknown attribute', { 'userAttributes.custom:role': 'admin' }, 'NotAuthorizedException', 'A client attempted to write unauthorized attribute'],
    ['verification mark', { 'userAttributes.email_verified': 'true' }, 'NotAuthorizedException', 'A client attempted to write unauthorized attribute'],
    ['bad value', { 'userAttributes.email': 'nonsense' }, 'InvalidParameterException', 'Invalid email address format.'],
    ['another user', { USERNAME: 'nobody' }, 'NotAuthorizedException', 'Invalid session for the user.'],
  ]; // prettier-ignore
  for (const [name, responses, code, message] of refusals) {
    await t.test(name, async () => {
      const { Session } = await start();
      await harness.refuses('RespondToAuthChallenge', answer(Session, responses), code, message);
      const { UserStatus } = await harness.call('AdminGetUser', {
        UserPoolId: user.UserPoolId,
        Username: 'mara',
      });
      assert.equal(UserStatus, 'FORCE_CHANGE_PASSWORD');
    });
  }

  await t.test('sessions: none, tampered, expired, overtaken', async () => {
    const { Session = '' } = await start();
    const tampered = Session.slice(0, -2) + (Session.endsWith('AA') ? 'BB' : 'AA');
    const refuses = (session: string | undefined, code: string, message: string) =>
      harness.refuses('RespondToAuthChallenge', answer(session), code, message);
    await refuses(undefined, 'InvalidParameterException', 'Missing required parameter Session');
    await refuses(tampered, 'NotAuthorizedException', 'Invalid session for the user.');
    harness.advance(3 * 60_000);
    const expired = 'Invalid session for the user, session is expired.';
    await refuses(Session, 'NotAuthorizedException', expired);
  });

  await t.test('a temporary password ends after its days', async () => {
    harness.advance(7 * 86_400_000);
    await assert.rejects(start(), {
      message: 'Temporary password has expired and must be reset by an administrator.',
    });
    temporary = 'Again-1234';
    await harness.call('AdminSetUserPassword', {
      UserPoolId: user.UserPoolId,
      Username: 'mara',
      Password: temporary,
    });
  });

  await t.test('the right answer signs in, confirms, and works once', async () => {
    const { Session } = await start();
    const done = await harness.call('RespondToAuthChallenge', answer(Session));
    assert.ok(done.AuthenticationResult?.AccessToken);
    await harness.refuses('RespondToAuthChallenge', answer(Session), 'NotAuthorizedException');
    const got = await harness.call('AdminGetUser', {
      UserPoolId: user.UserPoolId,
      Username: 'mara',
    });
    assert.equal(got.UserStatus, 'CONFIRMED');
    const given = got.UserAttributes?.find(({ Name }) => Name === 'given_name');
    assert.equal(given?.Value, 'Mara');
    assert.ok(
      (await signInBySrp(harness, { ...user, password: 'Chosen-5678' })).AuthenticationResult,
    );
  });
});

test('NEW_PASSWORD_REQUIRED changes nothing that may not change (security.md A06, A07)', async (t) => {
  const harness = await openHarness(t);
  const made = await harness.makePool({
    Schema: [{ Name: 'tenant', AttributeDataType: 'String', Mutable: false }],
    UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
    AutoVerifiedAttributes: ['email'],
  });
  const user = { UserPoolId: made.UserPoolId, Username: 'mara' };
  await harness.call('AdminCreateUser', {
    ...user,
    MessageAction: 'SUPPRESS',
    TemporaryPassword: 'Right-1234',
    UserAttributes: [
      { Name: 'custom:tenant', Value: 'acme' },
      { Name: 'email', Value: 'mara@example.com' },
      { Name: 'email_verified', Value: 'true' },
    ],
  });
  const { Session } = await harness.call('InitiateAuth', {
    ClientId: made.ClientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: 'mara', PASSWORD: 'Right-1234' },
  });
  const answer = (responses: Record<string, string>): Answer => ({
    ClientId: made.ClientId,
    ChallengeName: 'NEW_PASSWORD_REQUIRED',
    Session,
    ChallengeResponses: { USERNAME: 'mara', NEW_PASSWORD: 'Chosen-5678', ...responses },
  });
  for (const value of ['other', '']) {
    await harness.refuses(
      'RespondToAuthChallenge',
      answer({ 'userAttributes.custom:tenant': value }),
      'InvalidParameterException',
      'user.custom:tenant: Attribute cannot be updated.\n',
    );
  }
  // What the challenge showed may come back as it was.
  const responses = {
    'userAttributes.custom:tenant': 'acme',
    'userAttributes.email': 'other@example.com',
  };
  const done = await harness.call('RespondToAuthChallenge', answer(responses));
  const { UserAttributes = [] } = await harness.call('AdminGetUser', user);
  const stored = Object.fromEntries(UserAttributes.map(({ Name, Value }) => [Name, Value]));
  assert.equal(stored['custom:tenant'], 'acme');
  assert.equal(stored['email'], 'mara@example.com');
  assert.equal(stored['email_verified'], 'true');
  // The new address takes the old one's place when it is proved.
  const { AccessToken = '' } = done.AuthenticationResult ?? {};
  const AttributeName = 'email';
  const Code = await harness.code('other@example.com');
  await harness.call('VerifyUserAttribute', { AccessToken, AttributeName, Code });
  const { UserAttributes: after = [] } = await harness.call('GetUser', { AccessToken });
  assert.equal(after.find(({ Name }) => Name === 'email')?.Value, 'other@example.com');
});
