import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { AuthEventType, InputOf } from '@poolhouse/model';
import { poolId, sub } from '../../domain/ids.ts';
import { serverContext } from '../../execute.ts';
import { feedbackToken } from '../../protection/feedback-token.ts';
import type { Caller } from '../../request.ts';
import { openHarness, type Harness } from '../../testing/harness.ts';
import { addUser, goodPassword, type MadePool } from '../../testing/signed-in.ts';
import { CODE, openWithChallenges, testFactor } from '../../testing/test-challenges.ts';

const audited = {
  UserPoolTier: 'PLUS',
  UserPoolAddOns: { AdvancedSecurityMode: 'AUDIT' },
  AutoVerifiedAttributes: ['email'],
} as const satisfies Partial<InputOf<'CreateUserPool'>>;

const phone: Caller = { kind: 'anyone', source: '192.0.2.7' };
const success = (ChallengeName: 'Password' | 'Mfa') =>
  ({ ChallengeName, ChallengeResponse: 'Success' }) as const;
const failure = (ChallengeName: 'Password' | 'Mfa') =>
  ({ ChallengeName, ChallengeResponse: 'Failure' }) as const;

async function opened(t: TestContext, settings: Partial<InputOf<'CreateUserPool'>> = audited) {
  const harness = await openHarness(t);
  const made = await harness.makePool(settings, { PreventUserExistenceErrors: 'ENABLED' });
  const mail = { email: 'ann@example.com', email_verified: 'true' };
  const id = await addUser(harness, made, 'ann', mail);
  return { harness, made, id };
}

function password(harness: Harness, { ClientId }: MadePool, USERNAME: string, PASSWORD: string) {
  return harness.call(
    'InitiateAuth',
    { ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME, PASSWORD } },
    phone,
  );
}

async function eventsOf(harness: Harness, { UserPoolId }: MadePool, Username = 'ann') {
  const found = await harness.call('AdminListUserAuthEvents', { UserPoolId, Username });
  return found.AuthEvents ?? [];
}

/** What events say, without what is known only when they happen. */
const facts = (events: readonly AuthEventType[]) =>
  events.map(({ EventType, EventResponse, ChallengeResponses }) => [
    ...[EventType, EventResponse],
    ChallengeResponses,
  ]);

test('a sign-in is an event, which its tokens name, and says where it came from', async (t) => {
  const { harness, made } = await opened(t);
  const { AuthenticationResult } = await password(harness, made, 'ann', goodPassword);
  const [, payload = ''] = AuthenticationResult?.AccessToken?.split('.') ?? [];
  const { event_id } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as {
    event_id: string;
  };
  assert.deepEqual(await eventsOf(harness, made), [
    {
      EventId: event_id,
      EventType: 'SignIn',
      CreationDate: harness.world.clock.nowMs() / 1000,
      EventResponse: 'Pass',
      ChallengeResponses: [success('Password')],
      EventContextData: { IpAddress: '192.0.2.7' },
    },
  ]);
});

test('a back end says where its user is, with program and time zone', async (t) => {
  const { harness, made } = await opened(t);
  const { UserPoolId, ClientId } = made;
  const payload = JSON.stringify({ contextData: { ClientTimezone: '-07:00' } });
  await harness.call('AdminInitiateAuth', {
    ...{ UserPoolId, ClientId, AuthFlow: 'ADMIN_USER_PASSWORD_AUTH' },
    AuthParameters: { USERNAME: 'ann', PASSWORD: goodPassword },
    ContextData: {
      ...{ IpAddress: '203.0.113.9', ServerName: 'shop.example', ServerPath: '/login' },
      HttpHeaders: [
        {
          headerName: 'User-Agent',
          headerValue: 'Mozilla/5.0 (X11; Linux x86_64) Chrome/126.0.0.0',
        },
      ],
      EncodedData: Buffer.from(JSON.stringify({ payload })).toString('base64'),
    },
  });
  const [event] = await eventsOf(harness, made);
  assert.deepEqual(event?.EventContextData, {
    IpAddress: '203.0.113.9',
    DeviceName: 'Chrome 126 / Linux',
    Timezone: '-07:00',
  });
});

test('wrong passwords are events of whom they were tried on, and nobody else’s', async (t) => {
  const { harness, made } = await opened(t);
  await addUser(harness, made, 'bob');
  for (const name of ['ann', 'nobody', 'ann@example.com']) {
    await assert.rejects(password(harness, made, name, 'Wrong-1234'));
  }
  const { UserPoolId } = made;
  await harness.call('AdminDisableUser', { UserPoolId, Username: 'bob' });
  await assert.rejects(password(harness, made, 'bob', goodPassword));
  assert.deepEqual(facts(await eventsOf(harness, made)), [
    ['SignIn', 'Fail', [failure('Password')]],
  ]);
  assert.deepEqual(facts(await eventsOf(harness, made, 'bob')), [
    ['SignIn', 'Fail', [success('Password')]],
  ]);
});

test('a second factor goes on with the event, and a wrong code is one of its own', async (t) => {
  const token = testFactor('SOFTWARE_TOKEN_MFA', 'token');
  const more = { SOFTWARE_TOKEN_MFA: token };
  const { harness, made, start, answer } = await openWithChallenges(t, more, 'token', audited);
  const asked = await start();
  const [begun] = await eventsOf(harness, made);
  assert.deepEqual(facts(begun ? [begun] : []), [['SignIn', 'InProgress', [success('Password')]]]);
  harness.advance(1000);
  await assert.rejects(answer(asked, { SOFTWARE_TOKEN_MFA_CODE: '000000' }));
  harness.advance(1000);
  assert.equal((await answer(asked, { SOFTWARE_TOKEN_MFA_CODE: CODE })).kind, 'tokens');
  const events = await eventsOf(harness, made);
  assert.deepEqual(facts(events), [
    ['SignIn', 'Fail', [success('Password'), failure('Mfa')]],
    ['SignIn', 'Pass', [success('Password'), success('Mfa')]],
  ]);
  assert.deepEqual(
    [events[1]?.EventId, events[1]?.CreationDate],
    [begun?.EventId, begun?.CreationDate],
  );
});

test('sign-up, codes and new passwords are events, which are listed a page at a time', async (t) => {
  const { harness, made } = await opened(t);
  const { ClientId, UserPoolId } = made;
  const user = { ClientId, Username: 'eve' };
  await harness.call('SignUp', {
    ...{ ...user, Password: goodPassword },
    UserAttributes: [{ Name: 'email', Value: 'eve@example.com' }],
  });
  harness.advance(1000);
  await harness.call('ResendConfirmationCode', user);
  harness.advance(1000);
  await harness.call('AdminConfirmSignUp', { UserPoolId, Username: 'eve' });
  const { AuthenticationResult } = await password(harness, made, 'eve', goodPassword);
  harness.advance(1000);
  await harness.call('ChangePassword', {
    AccessToken: AuthenticationResult?.AccessToken ?? '',
    PreviousPassword: goodPassword,
    ProposedPassword: 'Another-Horse-8',
  });
  harness.advance(1000);
  await harness.call('AdminUpdateUserAttributes', {
    ...{ UserPoolId, Username: 'eve' },
    UserAttributes: [{ Name: 'email_verified', Value: 'true' }],
  });
  await harness.call('ForgotPassword', user);
  const kinds: unknown[] = [];
  let NextToken: string | undefined;
  do {
    const page = await harness.call('AdminListUserAuthEvents', {
      ...{ UserPoolId, Username: 'eve', MaxResults: 2, NextToken },
    });
    kinds.push(...(page.AuthEvents ?? []).map(({ EventType }) => EventType));
    ({ NextToken } = page);
    const other = { UserPoolId, Username: 'ann', NextToken };
    if (NextToken) {
      await harness.refuses('AdminListUserAuthEvents', other, 'InvalidParameterException');
    }
  } while (NextToken);
  assert.deepEqual(kinds, ['ForgotPassword', 'PasswordChange', 'SignIn', 'ResendCode', 'SignUp']);
});

test('a pool without threat protection keeps nothing, and says so', async (t) => {
  const { UserPoolAddOns: _, ...off } = audited;
  const { harness, made } = await opened(t, off);
  const { UserPoolId } = made;
  await password(harness, made, 'ann', goodPassword);
  await assert.rejects(password(harness, made, 'ann', 'Wrong-1234'));
  const user = { UserPoolId, Username: 'ann' };
  const said = { ...user, EventId: 'a', FeedbackValue: 'Valid' } as const;
  const not = 'UserPoolAddOnNotEnabledException';
  await harness.refuses('AdminListUserAuthEvents', user, not);
  await harness.refuses('AdminUpdateAuthEventFeedback', said, not);
  await harness.refuses('UpdateAuthEventFeedback', { ...said, FeedbackToken: 'a' }, not);
  await harness.call('UpdateUserPool', { UserPoolId, ...audited });
  assert.deepEqual(await eventsOf(harness, made), []);
});

test('administrators say what an event was, and so does whoever has its token, once it is right', async (t) => {
  const { harness, made, id } = await opened(t);
  const { UserPoolId } = made;
  await addUser(harness, made, 'bob');
  await password(harness, made, 'ann', goodPassword);
  await password(harness, made, 'bob', goodPassword);
  const [{ EventId = '' } = {}] = await eventsOf(harness, made);
  const user = { UserPoolId, Username: 'ann' };
  const feedback = async () => (await eventsOf(harness, made))[0]?.EventFeedback;
  const admin = { ...user, EventId, FeedbackValue: 'Invalid' } as const;
  const gone = 'ResourceNotFoundException';
  await harness.refuses('AdminUpdateAuthEventFeedback', { ...admin, EventId: 'none' }, gone);
  await harness.refuses('AdminUpdateAuthEventFeedback', { ...admin, Username: 'bob' }, gone);
  const nobody = { ...admin, Username: 'nobody' };
  await harness.refuses('AdminUpdateAuthEventFeedback', nobody, 'UserNotFoundException');
  assert.equal(await feedback(), undefined);
  assert.deepEqual(await harness.call('AdminUpdateAuthEventFeedback', admin), {});
  const FeedbackDate = harness.world.clock.nowMs() / 1000;
  const byAdmin = { FeedbackValue: 'Invalid', Provider: 'Admin', FeedbackDate };
  assert.deepEqual(await feedback(), byAdmin);

  const tokenFor = (eventId: string) => {
    const about = { poolId: poolId(UserPoolId), sub: sub(id), id: eventId };
    return feedbackToken(serverContext(harness.storage, harness.world), about);
  };
  const FeedbackToken = await tokenFor(EventId);
  const right = { ...user, EventId, FeedbackToken, FeedbackValue: 'Valid' } as const;
  const [{ EventId: ofBob = '' } = {}] = await eventsOf(harness, made, 'bob');
  for (const wrong of [
    { ...right, FeedbackToken: 'x' },
    { ...right, FeedbackToken: await tokenFor(ofBob) },
    { ...right, EventId: ofBob },
    { ...right, EventId: ofBob, FeedbackToken: await tokenFor(ofBob) },
    { ...right, Username: 'bob' },
    { ...right, Username: 'nobody' },
  ]) {
    await harness.refuses(
      'UpdateAuthEventFeedback',
      wrong,
      'NotAuthorizedException',
      'Invalid feedback token.',
    );
  }
  assert.deepEqual(await feedback(), byAdmin);
  await harness.call('UpdateAuthEventFeedback', right);
  assert.equal((await feedback())?.Provider, 'User');
  harness.advance(8 * 24 * 3_600_000);
  await harness.refuses('UpdateAuthEventFeedback', right, 'NotAuthorizedException');
});
