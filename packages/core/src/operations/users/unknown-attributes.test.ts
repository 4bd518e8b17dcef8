import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AttributeType } from '@poolhouse/model';
import { openHouse } from '../../testing/house.ts';

/* Attributes that a pool has not, or that only the service sets, on every way that writes attributes. Source: behaviour.md 5.2, 5.6. */

const password = 'Passw0rd!x';
const values: readonly (readonly [string, string | undefined])[] = [
  ['a value', 'x'],
  ['an empty value', ''],
  ['no value', undefined],
];

for (const [what, Value] of values) {
  test(`an attribute outside the schema is refused with ${what}, wherever it is written`, async (t) => {
    const house = await openHouse(t);
    const { UserPoolId, ClientId } = await house.makePool();
    const unknown: AttributeType = { Name: 'custom:none', Value };
    const UserAttributes = [unknown, { Name: 'name', Value: 'Ann' }];
    const refused = (reason: string) => ['InvalidParameterException', reason] as const;
    const atCreation = refused(
      'Attributes did not conform to the schema: custom:none: Attribute does not exist in the schema.\n',
    );
    const atUpdate = refused('user.custom:none: Attribute does not exist in the schema.\n');
    await house.refuses(
      'SignUp',
      { ClientId, Username: 'ann', Password: password, UserAttributes },
      ...atCreation,
    );
    await house.refuses(
      'AdminCreateUser',
      { UserPoolId, Username: 'ann', UserAttributes },
      ...atCreation,
    );
    await house.call('AdminCreateUser', {
      UserPoolId,
      Username: 'ann',
      TemporaryPassword: password,
      MessageAction: 'SUPPRESS',
    });
    await house.refuses(
      'AdminUpdateUserAttributes',
      { UserPoolId, Username: 'ann', UserAttributes },
      ...atUpdate,
    );
    const credentials = { USERNAME: 'ann', PASSWORD: password };
    const first = await house.call('InitiateAuth', {
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
    await house.refuses('RespondToAuthChallenge', answer, ...atCreation);
    await house.refuses('AdminRespondToAuthChallenge', { UserPoolId, ...answer }, ...atCreation);
    await house.call('AdminSetUserPassword', {
      UserPoolId,
      Username: 'ann',
      Password: 'An0ther!pass',
      Permanent: true,
    });
    const { AuthenticationResult } = await house.call('InitiateAuth', {
      ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { ...credentials, PASSWORD: 'An0ther!pass' },
    });
    const AccessToken = AuthenticationResult?.AccessToken ?? '';
    await house.refuses('UpdateUserAttributes', { AccessToken, UserAttributes }, ...atUpdate);
    const { UserAttributes: kept } = await house.call('GetUser', { AccessToken });
    assert.deepEqual(
      kept.map(({ Name }) => Name),
      ['sub'],
    );
  });
}

test('identities stand in the schema and are nobody’s to write', async (t) => {
  const house = await openHouse(t);
  const { UserPoolId, ClientId } = await house.makePool();
  const UserAttributes = [{ Name: 'identities', Value: '[]' }];
  await house.refuses(
    'SignUp',
    { ClientId, Username: 'ann', Password: password, UserAttributes },
    'NotAuthorizedException',
    'A client attempted to write unauthorized attribute',
  );
  await house.refuses(
    'AdminCreateUser',
    { UserPoolId, Username: 'ann', UserAttributes },
    'InvalidParameterException',
    'Attributes did not conform to the schema: identities: Attribute cannot be updated.\n',
  );
  await house.call('AdminCreateUser', { UserPoolId, Username: 'ann', MessageAction: 'SUPPRESS' });
  await house.refuses(
    'AdminUpdateUserAttributes',
    { UserPoolId, Username: 'ann', UserAttributes },
    'InvalidParameterException',
    'user.identities: Attribute cannot be updated.\n',
  );
  await house.refuses(
    'AdminDeleteUserAttributes',
    { UserPoolId, Username: 'ann', UserAttributeNames: ['identities'] },
    'InvalidParameterException',
    'user.identities: Attribute cannot be updated.\n',
  );
});
