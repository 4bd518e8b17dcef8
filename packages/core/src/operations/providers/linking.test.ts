import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { InputOf } from '@poolhouse/model';
import { openHarness } from '../../testing/harness.ts';
import { addUser, attributesOf, goodPassword, signIn } from '../../testing/signed-in.ts';

const invalid = 'InvalidParameterException';
const missing = 'UserNotFoundException';
type Identity = InputOf<'AdminLinkProviderForUser'>['SourceUser'];

const subject = (ProviderName: string, ProviderAttributeValue: string): Identity => ({
  ...{ ProviderName, ProviderAttributeName: 'Cognito_Subject', ProviderAttributeValue },
});
const own = (ProviderAttributeValue: string): Identity => ({
  ...{ ProviderName: 'Cognito', ProviderAttributeValue },
});

/** A pool with Google, an OIDC provider that maps addresses, and two users. */
async function open(t: TestContext) {
  const harness = await openHarness(t);
  const made = await harness.makePool({ AutoVerifiedAttributes: ['email'] });
  const { UserPoolId } = made;
  const url = 'https://idp.example.com';
  const social = { client_id: 'id', client_secret: 'hush', authorize_scopes: 'openid' };
  await harness.call('CreateIdentityProvider', {
    ...{ UserPoolId, ProviderName: 'Google', ProviderType: 'Google', ProviderDetails: social },
    AttributeMapping: { email: 'email' },
  });
  await harness.call('CreateIdentityProvider', {
    ...{ UserPoolId, ProviderName: 'Acme', ProviderType: 'OIDC' },
    ProviderDetails: {
      ...{ ...social, oidc_issuer: url, attributes_request_method: 'GET' },
      ...{ authorize_url: url, token_url: url, attributes_url: url, jwks_uri: url },
    },
    AttributeMapping: { email: 'mail' },
  });
  const address = { email: 'ada@example.com', email_verified: 'true' };
  await addUser(harness, made, 'ada', address);
  await addUser(harness, made, 'mara');
  const linkTo = (DestinationUser: Identity, SourceUser: Identity) =>
    harness.call('AdminLinkProviderForUser', { UserPoolId, DestinationUser, SourceUser });
  const unlink = (User: Identity) =>
    harness.call('AdminDisableProviderForUser', { UserPoolId, User });
  const identities = async (name: string) =>
    JSON.parse((await attributesOf(harness, made, name))['identities'] ?? '[]') as unknown;
  return { harness, made, UserPoolId, linkTo, unlink, identities };
}

const listed = (providerName: string, providerType: string, userId: string) => ({
  ...{ userId, providerName, providerType, issuer: null, primary: false },
  dateCreated: 1795424400000,
});

test('identities are linked, seen among the user’s attributes, and unlinked', async (t) => {
  const { harness, made, UserPoolId, linkTo, unlink, identities } = await open(t);
  assert.deepEqual(await linkTo(own('ada'), subject('Google', '117')), {});
  assert.deepEqual(await linkTo(own('ada'), subject('Acme', 'Ada|1')), {});
  const byMail = { ...subject('Acme', 'ada@example.com'), ProviderAttributeName: 'email' };
  assert.deepEqual(await linkTo(own('ada'), byMail), {});
  const google = listed('Google', 'Google', '117');
  assert.deepEqual(await identities('ada'), [google, listed('Acme', 'OIDC', 'Ada|1')]);
  assert.deepEqual(await identities('mara'), []);
  // Who is linked signs in as before.
  const { AccessToken } = await signIn(harness, made, 'ada');
  const { UserAttributes } = await harness.call('GetUser', { AccessToken });
  assert.ok(UserAttributes.some(({ Name }) => Name === 'identities'));

  assert.deepEqual(await unlink(subject('Acme', 'Ada|1')), {});
  assert.deepEqual(await identities('ada'), [google]);
  assert.deepEqual(await unlink(byMail), {});
  assert.deepEqual(await unlink(subject('Google', '117')), {});
  assert.equal((await attributesOf(harness, made, 'ada'))['identities'], undefined);
  const notLinked = "Account isn't linked to anyone else, verify that the account has been linked";
  for (const User of [byMail, subject('Google', '117'), subject('Google', 'google_117')]) {
    const input = { UserPoolId, User };
    await harness.refuses('AdminDisableProviderForUser', input, invalid, notLinked);
  }
  // Free for somebody else; and a deleted user frees it, too.
  await linkTo(own('mara'), subject('Google', '117'));
  await harness.call('AdminDeleteUser', { UserPoolId, Username: 'mara' });
  await linkTo(own('ada'), subject('Google', '117'));
  await harness.call('DeleteIdentityProvider', { UserPoolId, ProviderName: 'Google' });
  assert.deepEqual(await unlink(subject('Google', '117')), {}, 'after the provider, too');
});

test('what cannot be linked is refused, and links nothing', async (t) => {
  const { harness, made, UserPoolId, linkTo, identities } = await open(t);
  await addUser(harness, made, 'Google_200');
  const refuse = (
    SourceUser: Identity,
    code: string,
    text?: string | RegExp,
    DestinationUser = own('ada'),
  ) =>
    harness.refuses(
      'AdminLinkProviderForUser',
      { UserPoolId, DestinationUser, SourceUser },
      code,
      text,
    );
  const google = subject('Google', '117');
  const isOwn =
    'Invalid SourceUser: Cognito users with a username/password may not be passed in as a SourceUser, only as a DestinationUser';
  await refuse(subject('Cognito', 'mara'), invalid, isOwn);
  const merged =
    'Merging is not currently supported, provide a SourceUser that has not been signed up in order to link';
  await refuse(subject('Google', '200'), invalid, merged);
  const unknown = `The provider Facebook does not exist for User Pool ${UserPoolId}.`;
  await refuse(subject('Facebook', '117'), invalid, unknown);
  for (const name of ['email', 'sub', 'constructor', '__proto__']) {
    const text = `Invalid ProviderAttributeName: ${name}`;
    await refuse({ ...google, ProviderAttributeName: name }, invalid, text);
    if (name === 'email') continue;
    await refuse({ ...subject('Acme', 'x'), ProviderAttributeName: name }, invalid, text);
  }
  await refuse({ ProviderName: 'Google' }, invalid, /^SourceUser needs/);
  await refuse(subject('Google', ''), invalid, /^SourceUser needs/);
  await refuse(google, invalid, /^DestinationUser needs/, { ProviderName: 'Cognito' });
  await refuse(subject('Google', 'x'.repeat(108)), invalid, /at most 128 characters/);
  await refuse(google, missing, 'User does not exist.', own('nobody'));
  await refuse(google, missing, 'User does not exist.', subject('Google', '201'));
  assert.deepEqual(await identities('ada'), []);

  await linkTo(subject('Google', '200'), subject('Google', 'x'.repeat(107)));
  await linkTo(own('ada'), google);
  await refuse(google, invalid, isOwn);
  await refuse(google, 'AliasExistsException', undefined, own('mara'));
  for (const value of ['2', '3', '4', '5']) await linkTo(own('ada'), subject('Google', value));
  await refuse(subject('Google', '6'), 'LimitExceededException', /at most 5/);
  assert.equal(((await identities('ada')) as unknown[]).length, 5);
  assert.deepEqual(await identities('mara'), []);
});

test('ending the sign-in by password ends every way in here, until an administrator gives another password', async (t) => {
  const { harness, made, UserPoolId, linkTo, unlink } = await open(t);
  const { ClientId } = made;
  const Username = 'ada';
  const { AccessToken, RefreshToken } = await signIn(harness, made, Username);
  await harness.call('ForgotPassword', { ClientId, Username });
  const ConfirmationCode = await harness.code('ada@example.com');
  await linkTo(own(Username), subject('Google', '117'));
  assert.deepEqual(await unlink(subject('Cognito', Username)), {});
  const { UserStatus } = await harness.call('AdminGetUser', { UserPoolId, Username });
  assert.equal(UserStatus, 'EXTERNAL_PROVIDER');
  const refused = { code: 'NotAuthorizedException' };
  await assert.rejects(signIn(harness, made, Username), refused);
  await assert.rejects(harness.call('GetUser', { AccessToken }), refused);
  const refresh = harness.call('GetTokensFromRefreshToken', { ClientId, RefreshToken });
  await assert.rejects(refresh, refused);
  const forgot = { ClientId, Username };
  await harness.refuses('ForgotPassword', forgot, 'NotAuthorizedException');
  const reset = { ...forgot, ConfirmationCode, Password: 'Another-Horse-8' };
  await assert.rejects(harness.call('ConfirmForgotPassword', reset));
  await assert.rejects(signIn(harness, made, Username, 'Another-Horse-8'), refused);

  const again = { UserPoolId, Username, Password: goodPassword, Permanent: true };
  await harness.call('AdminSetUserPassword', again);
  await signIn(harness, made, Username);
  const nobody = { UserPoolId, User: subject('Cognito', 'nobody') };
  await harness.refuses('AdminDisableProviderForUser', nobody, missing, 'User does not exist.');
  const byMail = { ...subject('Cognito', Username), ProviderAttributeName: 'email' };
  const other = { UserPoolId, User: byMail };
  await harness.refuses('AdminDisableProviderForUser', other, invalid, /ProviderAttributeName/);
  const empty = { UserPoolId, User: { ProviderName: 'Google' } };
  await harness.refuses('AdminDisableProviderForUser', empty, invalid, /^User needs/);
});
