import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { createSrpSession, signSrpSession } from 'cognito-srp-helper';
import type { InputOf, OutputOf } from '@poolhouse/model';
import { authenticatorOf } from '../testing/authenticator.ts';
import { openCustomAuth, sessionIn } from '../testing/custom-auth.ts';
import { goodPassword, sessionOf } from '../testing/signed-in.ts';
import { srpTimestamp } from '../testing/srp-client.ts';
import { CODE, refused } from '../testing/test-challenges.ts';

/* CUSTOM_AUTH as a whole: with the password before it, with second factors, and for whoever does not exist. */

const incorrect = 'Incorrect username or password.';
const hiding = { PreventUserExistenceErrors: 'ENABLED' } as const;

type Opened = Awaited<ReturnType<typeof openCustomAuth>>;

/** Starts with SRP; what follows answers the password. */
async function startBySrp(
  { harness, made, start }: Opened,
  username = 'ann',
  typed = goodPassword,
) {
  const session = createSrpSession(username, typed, made.UserPoolId, false);
  const AuthParameters = { USERNAME: username, CHALLENGE_NAME: 'SRP_A', SRP_A: session.largeA };
  const asked = await start(username, { AuthParameters });
  const timestamp = srpTimestamp(harness.world.clock.nowMs());
  return {
    asked,
    prove: () => {
      const signed = signSrpSession({ ...session, timestamp }, asked as never);
      return harness.call('RespondToAuthChallenge', {
        ...{ ClientId: made.ClientId, ChallengeName: 'PASSWORD_VERIFIER' },
        ChallengeResponses: {
          USERNAME: asked.ChallengeParameters?.['USERNAME'] ?? '',
          PASSWORD_CLAIM_SECRET_BLOCK: signed.secret,
          PASSWORD_CLAIM_SIGNATURE: signed.passwordSignature,
          TIMESTAMP: timestamp,
        },
      });
    },
  };
}

/** The challenges that each call of the function that decides has heard of, and whether their answers were right. */
const heard = ({ events }: Opened) =>
  events
    .filter(({ triggerSource }) => triggerSource.startsWith('Define'))
    .map((event) =>
      sessionIn(event).map(
        ({ challengeName, challengeResult }) => `${challengeName} ${challengeResult}`,
      ),
    );

const proofsOf = async ({ harness }: Opened, answer: OutputOf<'InitiateAuth'>) =>
  (await sessionOf(harness, answer.AuthenticationResult?.RefreshToken)).proofs?.map(
    ({ challenge }) => challenge,
  );

test('with SRP, the functions ask for the password first, and then for what they like', async (t) => {
  // Such a client cannot use SRP by itself.
  const client = { ExplicitAuthFlows: ['CUSTOM_AUTH_FLOW_ONLY' as const] };
  const opened = await openCustomAuth(t, {}, { client });
  const { asked, prove } = await startBySrp(opened);
  assert.equal(asked.ChallengeName, 'PASSWORD_VERIFIER');
  const next = await prove();
  assert.equal(next.ChallengeName, 'CUSTOM_CHALLENGE');
  await assert.rejects(prove(), refused('NotAuthorizedException'));
  const last = await opened.answer(next, CODE);
  assert.deepEqual(await proofsOf(opened, last), ['PASSWORD_VERIFIER', 'CUSTOM_CHALLENGE']);
  assert.deepEqual(heard(opened), [
    ['SRP_A true'],
    ['SRP_A true', 'PASSWORD_VERIFIER true'],
    ['SRP_A true', 'PASSWORD_VERIFIER true', 'CUSTOM_CHALLENGE true'],
  ]);
  await assert.rejects(
    opened.harness.call('InitiateAuth', {
      ...{ ClientId: opened.made.ClientId, AuthFlow: 'USER_SRP_AUTH' },
      AuthParameters: { USERNAME: 'ann', SRP_A: 'abcdef' },
    }),
    refused('InvalidParameterException'),
  );
});

test('a wrong password ends there, counts, and no function hears of it', async (t) => {
  const opened = await openCustomAuth(t);
  for (let at = 0; at < 5; at += 1) {
    const { prove } = await startBySrp(opened, 'ann', 'Wrong-0000');
    await assert.rejects(prove(), refused('NotAuthorizedException', incorrect));
  }
  assert(heard(opened).every(({ length }) => length === 1));
  await assert.rejects(
    opened.start(),
    refused('NotAuthorizedException', 'Password attempts exceeded'),
  );
});

test('the beginning of SRP proves nothing', async (t) => {
  const opened = await openCustomAuth(t, { DefineAuthChallenge: () => ({ issueTokens: true }) });
  await assert.rejects(startBySrp(opened), refused('NotAuthorizedException', incorrect));
});

test('after the password alone the functions may give tokens, and after no wrong answer alone', async (t) => {
  const opened = await openCustomAuth(t, {
    DefineAuthChallenge: (event) =>
      sessionIn(event).at(-1)?.challengeName === 'SRP_A'
        ? { challengeName: 'PASSWORD_VERIFIER' }
        : sessionIn(event).length > 0
          ? { issueTokens: true }
          : { challengeName: 'CUSTOM_CHALLENGE' },
  });
  const { prove } = await startBySrp(opened);
  assert.deepEqual(await proofsOf(opened, await prove()), ['PASSWORD_VERIFIER']);
  const wrong = opened.answer(await opened.start(), 'wrong');
  await assert.rejects(wrong, refused('NotAuthorizedException', incorrect));
});

test('a new password is asked after the one that an administrator made, then the functions go on', async (t) => {
  const opened = await openCustomAuth(t);
  const { harness, made, start, answer } = opened;
  const user = { UserPoolId: made.UserPoolId, Username: 'ann' };
  await harness.call('AdminSetUserPassword', { ...user, Password: goodPassword });
  // Without the password there is nothing to change it by.
  await assert.rejects(answer(await start(), CODE), refused('NotAuthorizedException', incorrect));
  const { prove } = await startBySrp(opened);
  const task = await prove();
  assert.equal(task.ChallengeName, 'NEW_PASSWORD_REQUIRED');
  const next = await harness.call('RespondToAuthChallenge', {
    ...{ ClientId: made.ClientId, ChallengeName: 'NEW_PASSWORD_REQUIRED', Session: task.Session },
    ChallengeResponses: { USERNAME: 'ann', NEW_PASSWORD: 'Chosen-5678' },
  });
  assert.equal(next.ChallengeName, 'CUSTOM_CHALLENGE');
  assert((await answer(next, CODE)).AuthenticationResult);
});

/** A pool with authenticator applications, one of which ann has. */
async function openWithMfa(
  t: TestContext,
  MfaConfiguration: 'ON' | 'OPTIONAL',
  functions: Parameters<typeof openCustomAuth>[1] = {},
) {
  const client: Partial<InputOf<'CreateUserPoolClient'>> = {
    ExplicitAuthFlows: ['ALLOW_CUSTOM_AUTH', 'ALLOW_ADMIN_USER_PASSWORD_AUTH'],
  };
  const opened = await openCustomAuth(t, functions, { client });
  const { harness, made } = opened;
  const { UserPoolId } = made;
  const SoftwareTokenMfaConfiguration = { Enabled: true };
  const set = (mode: 'ON' | 'OPTIONAL') =>
    harness.call('SetUserPoolMfaConfig', {
      ...{ UserPoolId, MfaConfiguration: mode, SoftwareTokenMfaConfiguration },
    });
  await set('OPTIONAL');
  const target = { ...made, username: 'ann', password: goodPassword };
  const authenticator = authenticatorOf(harness, target);
  await authenticator.setUp();
  await harness.call('AdminSetUserMFAPreference', {
    ...{ UserPoolId, Username: 'ann' },
    SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true },
  });
  await set(MfaConfiguration);
  const answerToken = ({ Session }: OutputOf<'InitiateAuth'>, code = authenticator.code()) =>
    harness.call('RespondToAuthChallenge', {
      ...{ ClientId: made.ClientId, ChallengeName: 'SOFTWARE_TOKEN_MFA', Session },
      ChallengeResponses: { USERNAME: 'ann', SOFTWARE_TOKEN_MFA_CODE: code },
    });
  return { opened, answerToken };
}

for (const mode of ['ON', 'OPTIONAL'] as const) {
  test(`MFA ${mode}: a challenge of the pool's own is one factor, and the user's other one is asked after it`, async (t) => {
    const { opened, answerToken } = await openWithMfa(t, mode);
    const asked = await opened.answer(await opened.start(), CODE);
    assert.equal(asked.ChallengeName, 'SOFTWARE_TOKEN_MFA');
    await assert.rejects(answerToken(asked, '000000'), refused('CodeMismatchException'));
    const last = await answerToken(asked);
    assert.deepEqual(await proofsOf(opened, last), ['CUSTOM_CHALLENGE', 'SOFTWARE_TOKEN_MFA']);
    // They had decided before.
    assert.deepEqual(heard(opened).at(-1), ['CUSTOM_CHALLENGE true']);
  });

  test(`MFA ${mode}: after the password the user's second factor comes first, and the functions hear of it`, async (t) => {
    const { opened, answerToken } = await openWithMfa(t, mode);
    const { prove } = await startBySrp(opened);
    const asked = await prove();
    assert.equal(asked.ChallengeName, 'SOFTWARE_TOKEN_MFA');
    const next = await answerToken(asked);
    assert.equal(next.ChallengeName, 'CUSTOM_CHALLENGE');
    assert((await opened.answer(next, CODE)).AuthenticationResult);
    assert.deepEqual(heard(opened).at(-1), [
      'SRP_A true',
      'PASSWORD_VERIFIER true',
      'SOFTWARE_TOKEN_MFA true',
      'CUSTOM_CHALLENGE true',
    ]);
  });
}

test('two rounds are no two factors', async (t) => {
  const { opened, answerToken } = await openWithMfa(t, 'ON', {
    DefineAuthChallenge: (event) =>
      sessionIn(event).length > 1 ? { issueTokens: true } : { challengeName: 'CUSTOM_CHALLENGE' },
  });
  const { start, answer } = opened;
  const asked = await answer(await answer(await start(), CODE), CODE);
  assert.equal(asked.ChallengeName, 'SOFTWARE_TOKEN_MFA');
  assert((await answerToken(asked)).AuthenticationResult);
});

test('an authenticator application that is set up on the way does not lead past the functions', async (t) => {
  const opened = await openCustomAuth(t);
  const { harness, made } = opened;
  await harness.call('SetUserPoolMfaConfig', {
    ...{ UserPoolId: made.UserPoolId, MfaConfiguration: 'ON' },
    SoftwareTokenMfaConfiguration: { Enabled: true },
  });
  const { prove } = await startBySrp(opened);
  const asked = await prove();
  assert.equal(asked.ChallengeName, 'MFA_SETUP');
  const target = { ...made, username: 'ann', password: goodPassword };
  const { Session } = await authenticatorOf(harness, target).setUpIn(asked.Session ?? '');
  const next = await harness.call('RespondToAuthChallenge', {
    ...{ ClientId: made.ClientId, ChallengeName: 'MFA_SETUP', Session },
    ChallengeResponses: { USERNAME: 'ann' },
  });
  assert.equal(next.ChallengeName, 'CUSTOM_CHALLENGE');
  await assert.rejects(
    opened.answer({ ...next, Session }, CODE),
    refused('NotAuthorizedException'),
  );
  assert((await opened.answer(next, CODE)).AuthenticationResult);
});

test('the functions are called for nobody, too, who is told from a user by no answer', async (t) => {
  const opened = await openCustomAuth(t, {}, { client: hiding });
  const { start, answer, events } = opened;
  const shape = ({ Session, ...rest }: OutputOf<'InitiateAuth'>, name: string) =>
    JSON.stringify([rest, Session?.length]).replaceAll(name, 'NAME');
  const asked = { user: await start('ann'), nobody: await start('bob') };
  assert.equal(shape(asked.user, 'ann'), shape(asked.nobody, 'bob'));
  const next = {
    user: await answer(asked.user, 'wrong', 'ann'),
    nobody: await answer(asked.nobody, 'wrong', 'bob'),
  };
  assert.equal(shape(next.user, 'ann'), shape(next.nobody, 'bob'));
  // A right answer is right in their eyes, and leads to nothing.
  const right = answer(next.nobody, CODE, 'bob');
  await assert.rejects(right, refused('NotAuthorizedException', incorrect));
  const { request } = events.at(-1) ?? {};
  assert.deepEqual([request?.['userNotFound'], request?.['userAttributes']], [true, {}]);
  for (const { userName, request } of events) {
    assert.equal(request['userNotFound'], userName === 'bob', userName);
  }
});

test('nobody is locked out like a user, and a client that tells who exists calls no function for nobody', async (t) => {
  const opened = await openCustomAuth(t, {}, { client: hiding });
  const { harness, made, start, answer, events } = opened;
  for (const name of ['ann', 'bob']) {
    let asked = await start(name);
    for (let at = 0; at < 5; at += 1) asked = await answer(asked, 'wrong', name);
    const locked = refused('NotAuthorizedException', 'Password attempts exceeded');
    await assert.rejects(answer(asked, CODE, name), locked);
    await assert.rejects(start(name), locked);
  }
  const { UserPoolId, ClientId } = made;
  await harness.call('UpdateUserPoolClient', {
    ...{ UserPoolId, ClientId, PreventUserExistenceErrors: 'LEGACY' },
    ExplicitAuthFlows: ['ALLOW_CUSTOM_AUTH'],
  });
  const before = events.length;
  await assert.rejects(start('bob'), refused('UserNotFoundException'));
  assert.equal(events.length, before);
});

test('wrong answers are bounded by the hour, across sign-ins and locks', async (t) => {
  const { harness, start, answer } = await openCustomAuth(t);
  for (const tries of [7, 7, 6]) {
    let asked = await start();
    for (let at = 0; at < tries; at += 1) {
      asked = await answer(asked, 'wrong');
      // Longer than a lock.
      harness.advance(10_000);
    }
    // Until failures are forgotten.
    harness.advance(901_000);
  }
  const asked = await start();
  await assert.rejects(answer(asked, CODE), refused('TooManyRequestsException'));
  harness.advance(3_600_000);
  assert((await answer(await start(), CODE)).AuthenticationResult);
});

test('what is private stays private: nothing of it is in a response, or in the size of one', async (t) => {
  let answerText = CODE;
  const { start } = await openCustomAuth(t, {
    CreateAuthChallenge: () => ({
      publicChallengeParameters: { hint: 'x', USERNAME: 'somebody else' },
      privateChallengeParameters: { answer: answerText },
      challengeMetadata: 'METADATA',
    }),
  });
  const short = await start();
  assert.deepEqual(short.ChallengeParameters, { hint: 'x', USERNAME: 'ann' });
  const text = JSON.stringify(short) + Buffer.from(short.Session ?? '', 'base64url').toString();
  assert.doesNotMatch(text, new RegExp(`${CODE}|METADATA`));
  answerText = 'x'.repeat(800);
  const long = await start();
  assert.equal(long.Session?.length, short.Session?.length);
  // Also where the pool's id, which stands before it, is as long as one can be.
  const { made } = await openCustomAuth(t);
  const poolIdLength = made.UserPoolId.length;
  assert((long.Session?.length ?? 0) - poolIdLength + 55 <= 2_048);
});

test('an administrator directs the flow likewise', async (t) => {
  const { harness, made } = await openCustomAuth(t);
  const asked = await harness.call('AdminInitiateAuth', {
    ...{ ...made, AuthFlow: 'CUSTOM_AUTH', AuthParameters: { USERNAME: 'ann' } },
  });
  const last = await harness.call('AdminRespondToAuthChallenge', {
    ...{ ...made, ChallengeName: 'CUSTOM_CHALLENGE', Session: asked.Session },
    ChallengeResponses: { USERNAME: 'ann', ANSWER: CODE },
  });
  assert(last.AuthenticationResult);
  await harness.refuses(
    'RespondToAuthChallenge',
    {
      ...{ ClientId: made.ClientId, ChallengeName: 'CUSTOM_CHALLENGE', Session: asked.Session },
      ChallengeResponses: { USERNAME: 'ann' },
    },
    'InvalidParameterException',
    'Missing required parameter ANSWER',
  );
});
