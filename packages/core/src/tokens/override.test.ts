import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { InputOf } from '@poolhouse/model';
import { poolId } from '../domain/ids.ts';
import type { TriggerAnswer, TriggerEvent, TriggerRunner } from '../ports/triggers.ts';
import { openHarness, type Harness } from '../testing/harness.ts';
import { addUser, goodPassword, signIn } from '../testing/signed-in.ts';

/* A function of the pool's owner changes what tokens say. It is asked before anything is stored; the harness fails where that is in a transaction. */

const lambda = 'arn:aws:lambda:eu-west-1:000000000000:function:mine';
const ROLE = 'arn:aws:iam::000000000000:role/readers';

/** A pool whose function answers as `write` does, with a user in a group. */
async function open(
  t: TestContext,
  write: (event: TriggerEvent, harness: Harness) => Promise<unknown>,
  client: Partial<InputOf<'CreateUserPoolClient'>> = {},
) {
  const events: TriggerEvent[] = [];
  const triggers: TriggerRunner = {
    run: async (_pool, _trigger, _function, event): Promise<TriggerAnswer> => {
      events.push(event);
      const claimsOverrideDetails = await write(event, harness);
      if (typeof claimsOverrideDetails === 'string') {
        return { kind: 'threw', message: claimsOverrideDetails };
      }
      return { kind: 'returned', output: { ...event, response: { claimsOverrideDetails } } };
    },
  };
  const harness: Harness = await openHarness(t, { triggers });
  const LambdaConfig = { PreTokenGeneration: lambda };
  const made = await harness.makePool({ LambdaConfig }, client);
  const { UserPoolId, ClientId } = made;
  const user = { UserPoolId, Username: 'ann' };
  await addUser(harness, made, 'ann', { nickname: 'first' });
  await harness.call('CreateGroup', { UserPoolId, GroupName: 'readers', RoleArn: ROLE });
  await harness.call('AdminAddUserToGroup', { ...user, GroupName: 'readers' });
  const credentials = { USERNAME: 'ann', PASSWORD: goodPassword };
  const AuthFlow = 'USER_PASSWORD_AUTH' as const;
  const begin = { ClientId, AuthFlow, AuthParameters: credentials };
  const signInsNoted = async () =>
    (await harness.storage.stores.users.list(poolId(UserPoolId), 60)).items.map(
      ({ lastSignInAtMs }) => lastSignInAtMs,
    );
  return { harness, made, user, begin, events, signInsNoted };
}

const claimsOf = (token: string | undefined) =>
  JSON.parse(Buffer.from(token?.split('.')[1] ?? '', 'base64url').toString()) as Readonly<
    Record<string, unknown>
  >;

test('a function hears of user and groups, and changes the ID token', async (t) => {
  const { harness, made, events } = await open(t, async () => ({
    claimsToAddOrOverride: { tier: 'gold', sub: 'somebody' },
    claimsToSuppress: ['nickname'],
    groupOverrideDetails: { groupsToOverride: ['writers'], iamRolesToOverride: [] },
  }));
  const { AccessToken, IdToken } = await signIn(harness, made, 'ann');
  const id = claimsOf(IdToken);
  assert.equal(id['tier'], 'gold');
  assert.notEqual(id['sub'], 'somebody');
  assert.equal(id['nickname'], undefined);
  assert.equal(id['cognito:roles'], undefined);
  assert.deepEqual(id['cognito:groups'], ['writers']);
  assert.deepEqual(claimsOf(AccessToken)['cognito:groups'], ['writers']);
  assert.equal(claimsOf(AccessToken)['tier'], undefined);
  const [event] = events;
  assert.equal(event?.triggerSource, 'TokenGeneration_Authentication');
  assert.equal(event.callerContext.clientId, made.ClientId);
  assert.deepEqual(event.response, { claimsOverrideDetails: null });
  assert.deepEqual(event.request['groupConfiguration'], {
    ...{ groupsToOverride: ['readers'], iamRolesToOverride: [ROLE], preferredRole: ROLE },
  });
  const { nickname } = event.request['userAttributes'] as Readonly<Record<string, string>>;
  assert.equal(nickname, 'first');
});

test('a function that changes nothing leaves the tokens as they are', async (t) => {
  const { harness, made } = await open(t, async () => null);
  const { IdToken } = await signIn(harness, made, 'ann');
  assert.deepEqual(claimsOf(IdToken)['cognito:groups'], ['readers']);
  assert.equal(claimsOf(IdToken)['cognito:preferred_role'], ROLE);
});

test('tokens show the state that the function was asked about', async (t) => {
  const { harness, made } = await open(t, async (_, harness) => {
    const ann = { UserPoolId: made.UserPoolId, Username: 'ann' };
    const UserAttributes = [{ Name: 'nickname', Value: 'second' }];
    await harness.call('AdminUpdateUserAttributes', { ...ann, UserAttributes });
    await harness.call('AdminRemoveUserFromGroup', { ...ann, GroupName: 'readers' });
    return {};
  });
  const first = claimsOf((await signIn(harness, made, 'ann')).IdToken);
  assert.deepEqual([first['nickname'], first['cognito:groups']], ['first', ['readers']]);
  const second = claimsOf((await signIn(harness, made, 'ann')).IdToken);
  assert.deepEqual([second['nickname'], second['cognito:groups']], ['second', undefined]);
});

for (const [what, end] of [
  ['disabled', 'AdminDisableUser'],
  ['deleted', 'AdminDeleteUser'],
  ['told to reset the password', 'AdminResetUserPassword'],
] as const) {
  test(`a user who is ${what} while a function is asked gets no tokens, and no sign-in is noted`, async (t) => {
    const { harness, user, begin, signInsNoted } = await open(t, async (_, harness) => {
      if (end === 'AdminResetUserPassword') {
        const UserAttributes = [
          { Name: 'email', Value: 'ann@example.com' },
          { Name: 'email_verified', Value: 'true' },
        ];
        await harness.call('AdminUpdateUserAttributes', { ...user, UserAttributes });
      }
      await harness.call(end, user);
      return {};
    });
    await harness.refuses('InitiateAuth', begin, 'NotAuthorizedException');
    assert(!(await signInsNoted()).some((atMs) => atMs !== 0));
  });
}

for (const [what, write, code, message] of [
  [
    'that refuses',
    async () => 'not today',
    'UserLambdaValidationException',
    'PreTokenGeneration failed with error not today.',
  ],
  [
    'whose answer has another form',
    async () => ({ claimsToAddOrOverride: { age: 7 } }),
    'InvalidLambdaResponseException',
    'Unrecognizable lambda output',
  ],
  [
    'whose groups are no texts',
    async () => ({ groupOverrideDetails: { groupsToOverride: 'admins' } }),
    'InvalidLambdaResponseException',
    'Unrecognizable lambda output',
  ],
] as const) {
  test(`a function ${what} lets nobody in, and nothing is stored`, async (t) => {
    const { harness, begin, signInsNoted } = await open(t, write);
    await harness.refuses('InitiateAuth', begin, code, message);
    assert.deepEqual(await signInsNoted(), [0]);
  });
}

test('an invited user: the function is asked after the new password, and hears of it', async (t) => {
  const { harness, user, made, begin, events } = await open(t, async () => ({}));
  const Password = 'Temporary-7';
  await harness.call('AdminSetUserPassword', { ...user, Password, Permanent: false });
  const AuthParameters = { ...begin.AuthParameters, PASSWORD: Password };
  const { Session } = await harness.call('InitiateAuth', { ...begin, AuthParameters });
  assert.equal(events.length, 0);
  const { AuthenticationResult } = await harness.call('RespondToAuthChallenge', {
    ...{ ClientId: made.ClientId, ChallengeName: 'NEW_PASSWORD_REQUIRED', Session },
    ChallengeResponses: { USERNAME: 'ann', NEW_PASSWORD: goodPassword },
  });
  assert(AuthenticationResult?.AccessToken);
  assert.equal(events[0]?.triggerSource, 'TokenGeneration_NewPasswordChallenge');
});

const rotating = { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 } as const;
const byPassword = ['ALLOW_USER_PASSWORD_AUTH'] as const;
const withRefresh = [...byPassword, 'ALLOW_REFRESH_TOKEN_AUTH'] as const;
for (const [what, flows, more] of [
  ['stays', withRefresh, {}],
  ['rotates', byPassword, { RefreshTokenRotation: rotating }],
] as const) {
  test(`a refresh token that ${what}: a function is asked, and who is signed out meanwhile gets nothing`, async (t) => {
    let ends = false;
    const { harness, user, made, events } = await open(
      t,
      async (_, harness) => {
        if (ends) await harness.call('AdminUserGlobalSignOut', user);
        return { claimsToAddOrOverride: { tier: `call ${events.length}` } };
      },
      { ExplicitAuthFlows: [...flows], ...more },
    );
    const { RefreshToken } = await signIn(harness, made, 'ann');
    const refresh = { ClientId: made.ClientId, RefreshToken };
    const { AuthenticationResult } = await harness.call('GetTokensFromRefreshToken', refresh);
    assert.equal(claimsOf(AuthenticationResult?.IdToken)['tier'], 'call 2');
    assert.equal(events[1]?.triggerSource, 'TokenGeneration_RefreshTokens');
    ends = true;
    await harness.refuses(
      'GetTokensFromRefreshToken',
      { ...refresh, RefreshToken: AuthenticationResult?.RefreshToken ?? RefreshToken },
      'NotAuthorizedException',
      'Refresh Token has been revoked',
    );
  });
}

test('a function of a version that is not built is not asked, and lets nobody in', async (t) => {
  const { harness, user, begin, events } = await open(t, async () => ({}));
  await harness.call('UpdateUserPool', {
    UserPoolId: user.UserPoolId,
    LambdaConfig: { PreTokenGenerationConfig: { LambdaArn: lambda, LambdaVersion: 'V2_0' } },
  });
  await harness.refuses('InitiateAuth', begin, 'UnexpectedLambdaException');
  assert.equal(events.length, 0);
});
