/** The operations on sessions, sent by the AWS SDK for JavaScript. A part of `aws-sdk.test.ts`, which counts what succeeded. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  NotAuthorizedException,
  ResourceNotFoundException,
  type CognitoIdentityProvider,
} from '@aws-sdk/client-cognito-identity-provider';
import { assertNothingIsNull, outputOf } from './sdk-answers.ts';
import { makeUser, PASSWORD } from './tutorial-pool.ts';

/** Tests with a pool of their own. */
export function sessionOperations(
  aws: CognitoIdentityProvider,
  makePool: () => Promise<{ readonly UserPoolId: string; readonly ClientId: string }>,
): void {
  test('a pool and an app client have settings of their sessions', async () => {
    const { UserPoolId, ClientId } = await makePool();
    const pool = {
      UserPoolId,
      UserSessionTracking: 'ENABLED' as const,
      TokenSession: { MaxPerUser: 3 },
    };
    const untouched = await outputOf(aws.getUserPoolSessionConfiguration({ UserPoolId }));
    assert.deepEqual(untouched, {
      UserPoolId,
      UserSessionTracking: 'DISABLED',
      TokenSession: { MaxPerUser: 20 },
    });
    assert.deepEqual(await outputOf(aws.setUserPoolSessionConfiguration(pool)), pool);
    assert.deepEqual(await outputOf(aws.getUserPoolSessionConfiguration({ UserPoolId })), pool);
    const client = { UserPoolId, ClientId, SSOSession: { MaxValidityMinutes: 43_200 } };
    assert.deepEqual(await outputOf(aws.setUserPoolClientSessionConfiguration(client)), client);
    const shown = aws.getUserPoolClientSessionConfiguration({ UserPoolId, ClientId });
    assert.deepEqual(await outputOf(shown), client);
  });

  test('people and administrators see sessions, and end them', async () => {
    const { UserPoolId, ClientId } = await makePool();
    await makeUser(aws, UserPoolId, 'mara');
    const user = { UserPoolId, Username: 'mara' };
    const signIn = async () => {
      const { AuthenticationResult } = await aws.initiateAuth({
        ClientId,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: 'mara', PASSWORD },
      });
      return AuthenticationResult?.AccessToken;
    };
    await aws.setUserPoolSessionConfiguration({
      UserPoolId,
      UserSessionTracking: 'ENABLED',
      TokenSession: { MaxPerUser: 3 },
    });
    const [lost, found, AccessToken] = [await signIn(), await signIn(), await signIn()];
    const { Sessions = [] } = await aws.listUserSessions({ AccessToken });
    assert.equal(Sessions.length, 3);
    assert(assertNothingIsNull(Sessions));
    for (const one of Sessions) {
      assert.match(one.SessionId ?? '', /^tkn[0-9a-z]{25}$/);
      assert.deepEqual([one.SessionType, one.ClientId], ['TOKEN', ClientId]);
      assert.match(one.DeviceType ?? '', /^aws-sdk-js 3/);
      assert(one.CreateDate instanceof Date && one.LastActiveDate instanceof Date);
    }
    const idOf = async (token: string | undefined) =>
      (await aws.listUserSessions({ AccessToken: token })).Sessions?.find(
        ({ IsCurrentSession }) => IsCurrentSession,
      )?.SessionId;
    const ended = aws.revokeUserSession({ AccessToken, SessionId: await idOf(lost) });
    assert.deepEqual(await outputOf(ended), {});
    const SessionId = await idOf(found);
    const revoked = aws.adminRevokeUserSession({ ...user, SessionId });
    assert.deepEqual(await outputOf(revoked), {});
    for (const token of [lost, found]) {
      await assert.rejects(aws.getUser({ AccessToken: token }), NotAuthorizedException);
    }
    const left = await aws.adminListUserSessions(user);
    assert.deepEqual(
      left.Sessions?.map((one) => one.SessionId),
      [await idOf(AccessToken)],
    );
    await assert.rejects(
      aws.adminRevokeUserSession({ ...user, SessionId }),
      ResourceNotFoundException,
    );
  });
}
