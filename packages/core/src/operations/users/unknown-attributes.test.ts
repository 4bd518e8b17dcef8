import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AttributeType } from '@poolhouse/model';
import { openHarness } from '../../testing/harness.ts';

/* Attributes that a pool has not, or that only the service sets, on every way that writes attributes. Source: behaviour.md 5.2, 5.6. */

const password = 'Passw0rd!x';
const values: readonly (readonly [string, string | undefined])[] = [
  ['a value', 'x'],
  ['an empty value', ''],
  ['no value', undefined],
];

for (const [what, Value] of values) {
  test(`an attribute outside the schema is refused with ${what}, wherever it is written`, async (t) => {
    const harness = await openHarness(t);
    const { UserPoolId, ClientId } = await harness.makePool();
    const unknown: AttributeType = { Name: 'custom:none', Value };
    const UserAttributes = [unknown, { Name: 'name', Value: 'Ann' }];
    const refused = (reason: string) => ['InvalidParameterException', reason] as const;
    const atCreation = refused(
      'Attributes did not conform to the schema: custom:none: Attribute does not exist in the schema.\n',
    );
    const atUpdate = refused('user.custom:none: Attribute does not exist in the schema.\n');
    await harness.refuses(
      'SignUp',
      { ClientId, Username: 'ann', Password: password, UserAttributes },
      ...atCreation,
    );
    await harness.refuses(
      'AdminCreateUser',
      { UserPoolId, Username: 'ann', UserAttributes },
      ...atCreation,
    );
    await harness.call('AdminCreateUser', {
      UserPoolId,
      Username: 'ann',
      TemporaryPassword: password,
      MessageAction: 'SUPPRESS',
    });
    await harness.refuses(
      'AdminUpdateUserAttributes',
      { UserPoolId, Username: 'ann', UserAttributes },
      ...atUpdate,
    );
    const credentials = { USERNAME: 'ann', PASSWORD: password };
    const first = await harness.call('InitiateAuth', {
      ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: credentials,
    });
    const answer = {
      ClientId,
      ChallengeName: 'NEW_PASSWORD_REQUIRED',
      Session: first.Session,
      ChallengeResponses: {
        USERNAME: 'ann',
        NEW_PASSWORD: 'An0ther!pass',
        'userAttributes.custom:none': Value ?? '',
      },
    } as const;
    await harness.refuses('RespondToAuthChallenge', answer, ...atCreation);
    await harness.refuses('AdminRespondToAuthChallenge', { UserPoolId, ...answer }, ...atCreation);
    await harness.call('AdminSetUserPassword', {
      UserPoolId,
      Username: 'ann',
      Password: 'An0ther!pass',
      Permanent: true,
    });
    const { AuthenticationResult } = await harness.call('InitiateAuth', {
      ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { ...credentials, PASSWORD: 'An0ther!pass' },
    });
    const AccessToken = AuthenticationResult?.AccessToken ?? '';
    await harness.refuses('UpdateUserAttributes', { AccessToken, UserAttributes }, ...atUpdate);
    const { UserAttributes: kept } = await harness.call('GetUser', { AccessToken });
    assert.deepEqual(
      kept.map(({ Name }) => Name),
      ['sub'],
    );
  });
}

test('identities stand in the schema and are nobody’s to write', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId, ClientId } = await harness.makePool();
  const UserAttributes = [{ Name: 'identities', Value: '[]' }];
  await harness.refuses(
    'SignUp',
    { ClientId, Username: 'ann', Password: password, UserAttributes },
    'NotAuthorizedException',
    'A client attempted to write unauthorized attribute',
  );
  await harness.refuses(
    'AdminCreateUser',
    { UserPoolId, Username: 'ann', UserAttributes },
    'InvalidParameterException',
    'Attributes did not conform to the schema: identities: Attribute cannot be updated.\n',
  );
  await harness.call('AdminCreateUser', { UserPoolId, Username: 'ann', MessageAction: 'SUPPRESS' });
  await harness.refuses(
    'AdminUpdateUserAttributes',
    { UserPoolId, Username: 'ann', UserAttributes },
    'InvalidParameterException',
    'user.identities: Attribute cannot be updated.\n',
  );
  await harness.refuses(
    'AdminDeleteUserAttributes',
    { UserPoolId, Username: 'ann', UserAttributeNames: ['identities'] },
    'InvalidParameterException',
    'user.identities: Attribute cannot be updated.\n',
  );
});
