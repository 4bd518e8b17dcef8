/** The directory beside its users: secrets of app clients. A part of `aws-sdk.test.ts`, which counts what succeeded. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as sdk from '@aws-sdk/client-cognito-identity-provider';
import { outputOf } from './sdk-answers.ts';

/** Tests with a pool of their own. */
export function directoryOperations(
  aws: sdk.CognitoIdentityProvider,
  makePool: () => Promise<{ readonly UserPoolId: string }>,
): void {
  test('an app client exchanges its secret', async () => {
    const { UserPoolId } = await makePool();
    const { UserPoolClient } = await aws.createUserPoolClient({
      UserPoolId,
      ClientName: 'confidential',
      GenerateSecret: true,
    });
    const key = { UserPoolId, ClientId: UserPoolClient?.ClientId ?? '' };
    const { ClientSecretDescriptor: added } = await aws.addUserPoolClientSecret(key);
    assert.match(added?.ClientSecretValue ?? '', /^[0-9a-z]{52}$/);
    assert(added?.ClientSecretCreateDate instanceof Date);
    await assert.rejects(aws.addUserPoolClientSecret(key), sdk.LimitExceededException);
    const { ClientSecrets = [] } = await aws.listUserPoolClientSecrets(key);
    assert.deepEqual(
      ClientSecrets.map((one) => one.ClientSecretValue),
      [undefined, undefined],
    );
    const [first, second] = ClientSecrets.map((one) => one.ClientSecretId);
    assert.equal(second, added.ClientSecretId);
    const deletion = { ...key, ClientSecretId: first };
    assert.deepEqual(await outputOf(aws.deleteUserPoolClientSecret(deletion)), {});
    const last = aws.deleteUserPoolClientSecret({ ...key, ClientSecretId: second });
    await assert.rejects(last, sdk.InvalidParameterException);
  });
}
