/** The operations on sessions, sent by the AWS SDK for JavaScript. A part of `aws-sdk.test.ts`, which counts what succeeded. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CognitoIdentityProvider } from '@aws-sdk/client-cognito-identity-provider';
import { outputOf } from './sdk-answers.ts';

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
}
