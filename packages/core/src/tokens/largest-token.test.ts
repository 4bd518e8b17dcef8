import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHarness, type Harness } from '../testing/harness.ts';
import { addUser, signIn, type MadePool } from '../testing/signed-in.ts';

/** Four bytes in UTF-8 for one character, which is the most; three, as in Chinese names; and one that JSON doubles. */
const widest = ['𝒜', '組', '"'] as const;

async function withMostGroups(harness: Harness, character: string) {
  // A host name of the greatest length (RFC 1035).
  harness.moveTo(`https://${'a'.repeat(60)}.${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(62)}`);
  const made: MadePool = await harness.makePool();
  const { UserPoolId } = made;
  const username = character.repeat(128);
  await addUser(harness, made, username);
  for (let index = 100; index < 200; index += 1) {
    const GroupName = `${character.repeat(125)}${index}`;
    await harness.call('CreateGroup', { UserPoolId, GroupName });
    await harness.call('AdminAddUserToGroup', { UserPoolId, Username: username, GroupName });
  }
  return { made, tokens: await signIn(harness, made, username) };
}

for (const character of widest) {
  test(`whoever is in the most groups of ${character} is let in with the token just given (reports F4)`, async (t) => {
    const harness = await openHarness(t);
    const { made, tokens } = await withMostGroups(harness, character);
    const { AccessToken } = tokens;
    // Below the limit for reading, with room: the bound is computed from this.
    assert.ok(
      AccessToken.length > 16 * 1024 && AccessToken.length < 74_000,
      `${AccessToken.length}`,
    );
    const { ClientId } = made;
    const { AuthenticationResult } = await harness.call('GetTokensFromRefreshToken', {
      ClientId,
      RefreshToken: tokens.RefreshToken,
    });
    const again = AuthenticationResult?.AccessToken ?? '';
    // Every operation that takes an access token; those that need something else get past the token at least.
    await harness.call('GetUser', { AccessToken: again });
    await harness.call('UpdateUserAttributes', {
      AccessToken,
      UserAttributes: [{ Name: 'name', Value: 'Mara' }],
    });
    await harness.call('DeleteUserAttributes', { AccessToken, UserAttributeNames: ['name'] });
    await harness.call('ChangePassword', {
      AccessToken,
      PreviousPassword: 'Correct-Horse-7',
      ProposedPassword: 'Better-Horse-8',
    });
    const address = { AccessToken, AttributeName: 'email' };
    await harness.refuses('GetUserAttributeVerificationCode', address, 'InvalidParameterException');
    await harness.refuses(
      'VerifyUserAttribute',
      { ...address, Code: '123456' },
      'ExpiredCodeException',
    );
    await harness.call('GlobalSignOut', { AccessToken });
    await harness.refuses(
      'DeleteUser',
      { AccessToken },
      'NotAuthorizedException',
      'Access Token has been revoked',
    );
  });
}
