import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import type { InputOf } from '@poolhouse/model';
import type { TriggerAnswer, TriggerEvent } from '../ports/triggers.ts';
import { openHarness } from '../testing/harness.ts';
import { makeTriggerRunner } from '../testing/trigger-runner.ts';

const CustomMessage = 'arn:aws:lambda:eu-west-1:000000000000:function:mine';
const ada = { Username: 'ada', Password: 'Right-1234' };
const UserAttributes = [{ Name: 'email', Value: 'ada@example.com' }];

const answering =
  (response: Readonly<Record<string, unknown>>) =>
  (event: TriggerEvent): TriggerAnswer => ({ kind: 'returned', output: { ...event, response } });

/** A pool whose messages a function may write. */
async function fixture(
  t: TestContext,
  write: (event: TriggerEvent) => TriggerAnswer,
  pool: Partial<InputOf<'CreateUserPool'>> = {},
) {
  const triggers = makeTriggerRunner({ CustomMessage: write });
  const harness = await openHarness(t, { triggers });
  const { UserPoolId, ClientId } = await harness.makePool({
    AutoVerifiedAttributes: ['email'],
    LambdaConfig: { CustomMessage },
    ...pool,
  });
  return { harness, triggers, UserPoolId, ClientId };
}

test('a function gets the event of the service, and never the code', async (t) => {
  const { harness, triggers, UserPoolId, ClientId } = await fixture(t, answering({}));
  const { UserSub } = await harness.call('SignUp', {
    ClientId,
    ...ada,
    UserAttributes,
    ClientMetadata: { from: 'web' },
  });
  assert.deepEqual(JSON.parse(JSON.stringify(triggers.events)), [
    {
      version: '1',
      region: 'eu-west-1',
      userPoolId: UserPoolId,
      userName: 'ada',
      callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: ClientId },
      triggerSource: 'CustomMessage_SignUp',
      request: {
        userAttributes: {
          sub: UserSub,
          'cognito:user_status': 'UNCONFIRMED',
          email: 'ada@example.com',
          email_verified: 'false',
        },
        codeParameter: '{####}',
        linkParameter: '{##Click Here##}',
        usernameParameter: null,
        clientMetadata: { from: 'web' },
      },
      response: { smsMessage: null, emailMessage: null, emailSubject: null },
    },
  ]);
});

test('what it returns is sent, with the code filled in; what it leaves out is the pool’s', async (t) => {
  const written = { emailSubject: 'Hello', emailMessage: '<p>{####}</p>', smsMessage: null };
  const { harness, ClientId } = await fixture(t, answering(written));
  await harness.call('SignUp', { ClientId, ...ada, UserAttributes });
  const [message] = await harness.messages('ada@example.com');
  assert.deepEqual([message?.subject, message?.body], ['Hello', `<p>${message?.code}</p>`]);
  await harness.call('ConfirmSignUp', {
    ClientId,
    Username: 'ada',
    ConfirmationCode: message?.code ?? '',
  });
});

test('an untouched event means the pool’s own texts', async (t) => {
  const { harness, ClientId } = await fixture(t, (event) => ({ kind: 'returned', output: event }));
  await harness.call('SignUp', { ClientId, ...ada, UserAttributes });
  const [message] = await harness.messages('ada@example.com');
  assert.equal(message?.subject, 'Your verification code');
});

test('an invitation’s function gets the place of the name; no client asks', async (t) => {
  const emailMessage = 'You are {username}, and {####} opens the door.';
  const { harness, triggers, UserPoolId } = await fixture(t, answering({ emailMessage }));
  await harness.call('AdminCreateUser', {
    UserPoolId,
    Username: 'ada',
    UserAttributes,
    TemporaryPassword: 'Temporary-1',
    DesiredDeliveryMediums: ['EMAIL'],
  });
  const [event] = triggers.events;
  assert.equal(event?.request['usernameParameter'], '{username}');
  assert.equal(event.callerContext.clientId, 'CLIENT_ID_NOT_APPLICABLE');
  const [message] = await harness.messages('ada@example.com');
  assert.equal(message?.body, 'You are ada, and Temporary-1 opens the door.');
});

test('where mails hold a link, a function says where with words of its own', async (t) => {
  const emailMessage = 'Go {##this way##}.';
  const { harness, ClientId } = await fixture(t, answering({ emailMessage }), {
    VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_LINK' },
  });
  await harness.call('SignUp', { ClientId, ...ada, UserAttributes });
  const [message] = await harness.messages('ada@example.com');
  assert.match(
    message?.body ?? '',
    /^Go <a href="http[^"]+confirmation_code=\d{6}">this way<\/a>\.$/,
  );
});

test('nothing is called where no message can be sent', async (t) => {
  const { harness, triggers, UserPoolId, ClientId } = await fixture(t, answering({}));
  await harness.call('SignUp', { ClientId, ...ada });
  await harness.call('AdminCreateUser', {
    UserPoolId,
    Username: 'quiet',
    UserAttributes,
    MessageAction: 'SUPPRESS',
  });
  const proved = [{ Name: 'email_verified', Value: 'true' }, ...UserAttributes];
  const quiet = { UserPoolId, Username: 'quiet', UserAttributes: proved };
  await harness.call('AdminUpdateUserAttributes', quiet);
  assert.deepEqual(triggers.events, []);
});

suite(
  'a function that does not write the message ends the request, and nothing has changed',
  () => {
    const refusals: readonly [string, (event: TriggerEvent) => TriggerAnswer, string, string][] = [
      [
        'it throws',
        () => ({ kind: 'threw', message: 'no such template' }),
        'UserLambdaValidationException',
        'CustomMessage failed with error no such template.',
      ],
      [
        'it cannot be reached',
        () => ({ kind: 'unreachable', error: 'AccessDeniedException' }),
        'UnexpectedLambdaException',
        'CustomMessage invocation failed due to error AccessDeniedException',
      ],
      ...(
        [
          ['nothing', null],
          ['a text', 'yes'],
          ['no response', {}],
          ['a list for a response', { response: [] }],
          ['a number for a text', { response: { emailMessage: 1 } }],
          ['a mail without its code', { response: { emailMessage: 'Hello' } }],
          [
            'a mail that is too long',
            { response: { emailMessage: `{####}${'x'.repeat(20_000)}` } },
          ],
          ['an SMS that is too long', { response: { smsMessage: `{####}${'x'.repeat(140)}` } }],
        ] satisfies [string, unknown][]
      ).map(
        ([what, output]) =>
          [
            `it returns ${what}`,
            () => ({ kind: 'returned', output }),
            'InvalidLambdaResponseException',
            'Unrecognizable lambda output',
          ] satisfies [string, () => TriggerAnswer, string, string],
      ),
    ];
    for (const [what, write, code, text] of refusals) {
      test(what, async (t) => {
        const { harness, UserPoolId, ClientId } = await fixture(t, write);
        await harness.refuses('SignUp', { ClientId, ...ada, UserAttributes }, code, text);
        const { Users } = await harness.call('ListUsers', { UserPoolId });
        assert.deepEqual([Users, await harness.messages()], [[], []]);
      });
    }
  },
);

test('every operation that sends a message asks before its transaction', async (t) => {
  const { harness, triggers, UserPoolId, ClientId } = await fixture(t, answering({}));
  await harness.call('SignUp', { ClientId, ...ada, UserAttributes });
  harness.advance(1000);
  await harness.call('ResendConfirmationCode', { ClientId, Username: 'ada' });
  const ConfirmationCode = await harness.code('ada@example.com');
  await harness.call('ConfirmSignUp', { ClientId, Username: 'ada', ConfirmationCode });
  const { AuthenticationResult } = await harness.call('InitiateAuth', {
    ClientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: 'ada', PASSWORD: ada.Password },
  });
  const AccessToken = AuthenticationResult?.AccessToken ?? '';
  const AttributeName = 'email';
  await harness.call('GetUserAttributeVerificationCode', { AccessToken, AttributeName });
  await harness.call('UpdateUserAttributes', {
    AccessToken,
    UserAttributes: [{ Name: 'email', Value: 'ada@example.org' }],
  });
  const of = { UserPoolId, Username: 'ada' };
  await harness.call('AdminUpdateUserAttributes', {
    ...of,
    UserAttributes: [{ Name: 'email', Value: 'ada@example.net' }],
  });
  await harness.call('AdminUpdateUserAttributes', {
    ...of,
    UserAttributes: [
      { Name: 'email', Value: 'ada@example.com' },
      { Name: 'email_verified', Value: 'true' },
    ],
  });
  await harness.call('ForgotPassword', { ClientId, Username: 'ada' });
  await harness.call('AdminResetUserPassword', of);
  const invited = {
    UserPoolId,
    Username: 'new',
    UserAttributes: [{ Name: 'email', Value: 'new@example.com' }],
    DesiredDeliveryMediums: ['EMAIL' as const],
  };
  await harness.call('AdminCreateUser', invited);
  await harness.call('AdminCreateUser', { ...invited, MessageAction: 'RESEND' });
  assert.deepEqual(
    triggers.events.map(({ triggerSource }) => triggerSource.replace('CustomMessage_', '')),
    [
      'SignUp',
      'ResendCode',
      'VerifyUserAttribute',
      'UpdateUserAttribute',
      'UpdateUserAttribute',
      'ForgotPassword',
      'ForgotPassword',
      'AdminCreateUser',
      'AdminCreateUser',
    ],
  );
});
