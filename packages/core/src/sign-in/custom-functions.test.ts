import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Trigger } from '../domain/pools/unbuilt-settings.ts';
import {
  CUSTOM_AUTH,
  openCustomAuth,
  sessionIn,
  type TestFunction,
} from '../testing/custom-auth.ts';
import { openHarness } from '../testing/harness.ts';
import { CODE, refused } from '../testing/test-challenges.ts';

/* What the functions of CUSTOM_AUTH are called with, and what their results lead to. */

const incorrect = 'Incorrect username or password.';
const locked = 'Password attempts exceeded';
const unrecognisable = 'Unrecognizable lambda output';

test('each function hears what was answered so far, and metadata from the second request on', async (t) => {
  const { made, events, start, answer } = await openCustomAuth(t);
  const first = await start('ann', { ClientMetadata: { from: 'start' } });
  const ClientMetadata = { from: 'answer' };
  const second = await answer(first, 'wrong', 'ann', { ClientMetadata });
  await answer(second, CODE, 'ann', { ClientMetadata });
  const [define] = events;
  const sub = (define?.request['userAttributes'] as { readonly sub?: string }).sub ?? '';
  const userAttributes = { sub, 'cognito:user_status': 'CONFIRMED' };
  assert.deepEqual(define, {
    version: '1',
    region: made.UserPoolId.split('_')[0],
    userPoolId: made.UserPoolId,
    userName: 'ann',
    callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: made.ClientId },
    triggerSource: 'DefineAuthChallenge_Authentication',
    request: { userAttributes, session: [], userNotFound: false },
    response: { challengeName: null, issueTokens: null, failAuthentication: null },
  });
  const common = { userAttributes, userNotFound: false };
  const later = { ...common, clientMetadata: ClientMetadata };
  const noParameters = { publicChallengeParameters: null, privateChallengeParameters: null };
  const made1 = { challengeName: 'CUSTOM_CHALLENGE', challengeResult: false };
  const wrongSession = [{ ...made1, challengeMetadata: 'CODE-1' }];
  const privateChallengeParameters = { answer: CODE };
  const told = events.map(({ triggerSource, request, response }) => [
    triggerSource.replace('_Authentication', ''),
    request,
    response,
  ]);
  assert.deepEqual(JSON.parse(JSON.stringify(told.slice(1))), [
    [
      'CreateAuthChallenge',
      { ...common, challengeName: 'CUSTOM_CHALLENGE', session: [] },
      { ...noParameters, challengeMetadata: null },
    ],
    [
      'VerifyAuthChallengeResponse',
      { ...later, privateChallengeParameters, challengeAnswer: 'wrong' },
      { answerCorrect: null },
    ],
    ['DefineAuthChallenge', { ...later, session: wrongSession }, define?.response],
    [
      'CreateAuthChallenge',
      { ...later, challengeName: 'CUSTOM_CHALLENGE', session: wrongSession },
      { ...noParameters, challengeMetadata: null },
    ],
    [
      'VerifyAuthChallengeResponse',
      { ...later, privateChallengeParameters, challengeAnswer: CODE },
      { answerCorrect: null },
    ],
    [
      'DefineAuthChallenge',
      {
        ...later,
        session: [
          ...wrongSession,
          { ...made1, challengeResult: true, challengeMetadata: 'CODE-2' },
        ],
      },
      define?.response,
    ],
  ]);
});

/** Results of a function at the first request, and how that ends. */
const results: readonly (readonly [Trigger, object, string, string?])[] = [
  ['DefineAuthChallenge', { failAuthentication: true }, 'NotAuthorizedException', incorrect],
  [
    'DefineAuthChallenge',
    { failAuthentication: true, issueTokens: true, challengeName: 'CUSTOM_CHALLENGE' },
    'NotAuthorizedException',
    incorrect,
  ],
  // Nothing is proved.
  ['DefineAuthChallenge', { issueTokens: true }, 'NotAuthorizedException', incorrect],
  ['DefineAuthChallenge', {}, 'InvalidLambdaResponseException', unrecognisable],
  [
    'DefineAuthChallenge',
    { issueTokens: false, failAuthentication: false, challengeName: null },
    'InvalidLambdaResponseException',
  ],
  // Without SRP there is nothing to verify a password by, and other challenges are not the functions' to ask.
  ['DefineAuthChallenge', { challengeName: 'PASSWORD_VERIFIER' }, 'InvalidLambdaResponseException'],
  ['DefineAuthChallenge', { challengeName: 'SMS_MFA' }, 'InvalidLambdaResponseException'],
  ['DefineAuthChallenge', { challengeName: 'constructor' }, 'InvalidLambdaResponseException'],
  ['DefineAuthChallenge', { issueTokens: 'true' }, 'InvalidLambdaResponseException'],
  ['CreateAuthChallenge', {}, 'NotAuthorizedException', incorrect],
  [
    'CreateAuthChallenge',
    { publicChallengeParameters: { hint: 'x' }, privateChallengeParameters: {} },
    'NotAuthorizedException',
    incorrect,
  ],
  ['CreateAuthChallenge', { privateChallengeParameters: [CODE] }, 'InvalidLambdaResponseException'],
  [
    'CreateAuthChallenge',
    { privateChallengeParameters: { answer: { text: CODE } } },
    'InvalidLambdaResponseException',
  ],
  [
    'CreateAuthChallenge',
    { privateChallengeParameters: { answer: CODE }, challengeMetadata: { round: 1 } },
    'InvalidLambdaResponseException',
  ],
  // More than a Session holds.
  [
    'CreateAuthChallenge',
    { privateChallengeParameters: { answer: 'x'.repeat(1_100) } },
    'InvalidLambdaResponseException',
    unrecognisable,
  ],
  [
    'CreateAuthChallenge',
    { privateChallengeParameters: { answer: CODE }, challengeMetadata: 'é'.repeat(600) },
    'InvalidLambdaResponseException',
  ],
];

suite('a first request ends', () => {
  for (const [trigger, result, code, message] of results) {
    const shown = JSON.stringify(result).slice(0, 90);
    test(`in ${code} when ${trigger} returns ${shown}`, async (t) => {
      const client = { PreventUserExistenceErrors: 'ENABLED' } as const;
      const respond: TestFunction = () => result as Readonly<Record<string, unknown>>;
      const { harness, start } = await openCustomAuth(t, { [trigger]: respond }, { client });
      // For a user and for nobody, and as often as one likes.
      for (let at = 0; at < 7; at += 1) {
        for (const name of ['ann', 'nobody']) {
          await assert.rejects(start(name), refused(code, message));
        }
      }
      assert(!harness.metrics.includes('sign-in-failure'));
    });
  }
});

test('numbers and booleans are parameters, as texts', async (t) => {
  const { start, answer } = await openCustomAuth(t, {
    CreateAuthChallenge: () => ({
      publicChallengeParameters: { digits: 6, isNew: true },
      privateChallengeParameters: { answer: 123_456 },
    }),
  });
  const asked = await start();
  assert.deepEqual(asked.ChallengeParameters, { digits: '6', isNew: 'true', USERNAME: 'ann' });
  assert((await answer(asked, CODE)).AuthenticationResult);
});

const failures: readonly (readonly [string, ReturnType<TestFunction>, string, string])[] = [
  [
    'throws',
    { kind: 'threw', message: 'no luck' },
    'UserLambdaValidationException',
    'failed with error no luck.',
  ],
  [
    'takes too long',
    { kind: 'unreachable', error: 'Socket timeout while invoking Lambda function.' },
    'UnexpectedLambdaException',
    'invocation failed due to error Socket timeout while invoking Lambda function.',
  ],
  [
    'returns nothing',
    { kind: 'returned', output: null },
    'InvalidLambdaResponseException',
    unrecognisable,
  ],
];

suite('a function that does not work is nobody’s wrong answer', () => {
  for (const [how, result, code, text] of failures) {
    const message = (trigger: Trigger) =>
      text === unrecognisable ? unrecognisable : `${trigger} ${text}`;

    test(`one that checks answers and ${how}: the Session stays, and nothing counts`, async (t) => {
      let fails = true;
      const trigger = 'VerifyAuthChallengeResponse';
      const { harness, start, answer } = await openCustomAuth(t, {
        [trigger]: () => (fails ? result : { answerCorrect: true }),
      });
      const asked = await start();
      for (let at = 0; at < 25; at += 1) {
        await assert.rejects(answer(asked, 'wrong'), refused(code, message(trigger)));
      }
      assert(!harness.metrics.includes('sign-in-failure'));
      fails = false;
      assert((await answer(asked, CODE)).AuthenticationResult);
    });

    test(`one that decides and ${how}: a wrong answer before it counts, a right one does not`, async (t) => {
      const trigger = 'DefineAuthChallenge';
      const { start, answer } = await openCustomAuth(t, {
        [trigger]: (event) =>
          sessionIn(event).length > 0 ? result : { challengeName: 'CUSTOM_CHALLENGE' },
      });
      for (let at = 0; at < 7; at += 1) {
        await assert.rejects(answer(await start(), CODE), refused(code, message(trigger)));
      }
      for (let at = 0; at < 5; at += 1) {
        await assert.rejects(answer(await start(), 'wrong'), refused(code, message(trigger)));
      }
      await assert.rejects(start(), refused('NotAuthorizedException', locked));
    });
  }
});

test('a function that says nothing of an answer has not found it right', async (t) => {
  const { start, answer } = await openCustomAuth(t, { VerifyAuthChallengeResponse: () => ({}) });
  let asked = await start();
  for (let at = 0; at < 5; at += 1) asked = await answer(asked, CODE);
  await assert.rejects(answer(asked, CODE), refused('NotAuthorizedException', locked));
});

test('without functions, or with too few, the flow is not configured; without a runner, it is refused', async (t) => {
  const text = 'Custom auth lambda trigger is not configured for the user pool.';
  const notConfigured = refused('InvalidParameterException', text);
  const { harness, made, start, answer } = await openCustomAuth(t);
  const set = (LambdaConfig: object) =>
    harness.call('UpdateUserPool', { UserPoolId: made.UserPoolId, LambdaConfig });
  const asked = await start();
  const { DefineAuthChallenge, CreateAuthChallenge } = CUSTOM_AUTH;
  await set({ DefineAuthChallenge, CreateAuthChallenge });
  await assert.rejects(answer(asked, CODE), notConfigured);
  await set({ DefineAuthChallenge });
  await assert.rejects(start(), notConfigured);
  await set({ CreateAuthChallenge });
  await assert.rejects(start(), notConfigured);
  await set({});
  await assert.rejects(start('nobody'), notConfigured);

  const bare = await openHarness(t);
  const ExplicitAuthFlows = ['ALLOW_CUSTOM_AUTH' as const];
  for (const [trigger, name] of Object.entries(CUSTOM_AUTH)) {
    const LambdaConfig = { [trigger]: name };
    const { ClientId } = await bare.makePool({ LambdaConfig }, { ExplicitAuthFlows });
    await bare.refuses(
      'InitiateAuth',
      { ClientId, AuthFlow: 'CUSTOM_AUTH', AuthParameters: { USERNAME: 'nobody' } },
      'UnexpectedLambdaException',
      `${trigger} invocation failed due to error ResourceNotFoundException.`,
    );
  }
});
