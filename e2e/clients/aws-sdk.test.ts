/** The AWS SDK for JavaScript, unmodified: every operation that this server offers, and how the SDK understands the answers. */
import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import * as sdk from '@aws-sdk/client-cognito-identity-provider';
import { createSrpSession, signSrpSession, wrapAuthChallenge } from 'cognito-srp-helper';
import { deviceOperations } from './device-operations.ts';
import { directoryOperations } from './directory-operations.ts';
import { factorOperations } from './factor-operations.ts';
import { protectionOperations } from './protection-operations.ts';
import { importOperations } from './import-operations.ts';
import { sessionOperations } from './session-operations.ts';
import { assertNothingIsNull, collected, outputOf } from './sdk-answers.ts';
import { REGION, startServer } from './server-under-test.ts';
import { BY_CODE, makeTutorialPool, makeUser, PASSWORD, roleOf } from './tutorial-pool.ts';

const server = await startServer();
after(() => server.remove());
const aws = server.client();

/** Operations that were sent here, and those that the server answered with success. */
const succeeded = new Set<string>();
aws.middlewareStack.add(
  (next, context) => async (request) => {
    const answer = await next(request);
    succeeded.add(String(context['commandName']).replace(/Command$/, ''));
    return answer;
  },
  { step: 'initialize', name: 'note-what-succeeded' },
);

const flows = [
  'ALLOW_USER_PASSWORD_AUTH',
  'ALLOW_ADMIN_USER_PASSWORD_AUTH',
  'ALLOW_USER_SRP_AUTH',
  'ALLOW_REFRESH_TOKEN_AUTH',
] as const;
const { UserPoolId, ClientId } = await makeTutorialPool(aws, BY_CODE, {
  ExplicitAuthFlows: [...flows],
});

function assertRecent(date: Date | undefined): void {
  assert(date instanceof Date);
  assert(Math.abs(Date.now() - date.getTime()) < 60_000, String(date));
}

const attribute = (list: sdk.AttributeType[] | undefined, name: string) =>
  list?.find(({ Name }) => Name === name)?.Value;

async function signIn(username: string, password = PASSWORD) {
  const { AuthenticationResult, ...rest } = await aws.initiateAuth({
    ClientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: username, PASSWORD: password },
  });
  const { AccessToken, IdToken, RefreshToken, ExpiresIn, TokenType } = AuthenticationResult ?? {};
  assert(AccessToken && IdToken && RefreshToken);
  assert.deepEqual([ExpiresIn, TokenType, rest.ChallengeParameters], [3600, 'Bearer', {}]);
  return { AccessToken, RefreshToken };
}

suite('user pools', () => {
  test('are made, described, changed, listed page by page and deleted', async () => {
    const made = new Set<string>();
    for (const PoolName of ['one', 'two', 'three']) {
      const { UserPool } = await aws.createUserPool({ PoolName, UserPoolTags: { of: 'test' } });
      assert.match(UserPool?.Id ?? '', new RegExp(`^${REGION}_[0-9A-Za-z]{9}$`));
      assertRecent(UserPool?.CreationDate);
      made.add(UserPool?.Id ?? '');
    }
    const [id = ''] = made;
    assert.deepEqual(await outputOf(aws.updateUserPool({ UserPoolId: id, PoolName: 'uno' })), {});
    const { UserPool } = await aws.describeUserPool({ UserPoolId: id });
    assert.equal(UserPool?.Name, 'uno');
    assert.equal(UserPool.Policies?.PasswordPolicy?.MinimumLength, 8);
    assert(assertNothingIsNull(UserPool));
    assert(UserPool.SchemaAttributes?.some(({ Name }) => Name === 'email'));
    const CustomAttributes = [{ Name: 'zip', AttributeDataType: 'String' as const }];
    const added = aws.addCustomAttributes({ UserPoolId: id, CustomAttributes });
    assert.deepEqual(await outputOf(added), {});
    const pages = sdk.paginateListUserPools({ client: aws, pageSize: 2 }, { MaxResults: 2 });
    const listed = await collected(pages, (page) => page.UserPools);
    assert.deepEqual(new Set(listed.map(({ Id }) => Id)), new Set([...made, UserPoolId]));
    listed.forEach(({ CreationDate }) => assertRecent(CreationDate));
    for (const each of made) {
      assert.deepEqual(await outputOf(aws.deleteUserPool({ UserPoolId: each })), {});
    }
    await assert.rejects(aws.describeUserPool({ UserPoolId: id }), sdk.ResourceNotFoundException);
  });

  test('have tags', async () => {
    const { UserPool } = await aws.describeUserPool({ UserPoolId });
    const ResourceArn = UserPool?.Arn ?? '';
    await aws.tagResource({ ResourceArn, Tags: { stage: 'test', team: 'pool' } });
    await aws.untagResource({ ResourceArn, TagKeys: ['team'] });
    const { Tags } = await aws.listTagsForResource({ ResourceArn });
    assert.deepEqual(Tags, { stage: 'test' });
  });

  test('have app clients', async () => {
    const { UserPoolClient } = await aws.createUserPoolClient({
      UserPoolId,
      ClientName: 'second',
      GenerateSecret: true,
      AccessTokenValidity: 10,
      TokenValidityUnits: { AccessToken: 'minutes' },
    });
    assert.match(UserPoolClient?.ClientSecret ?? '', /^[0-9a-z]{40,64}$/);
    assertRecent(UserPoolClient?.LastModifiedDate);
    const second = UserPoolClient?.ClientId ?? '';
    await aws.updateUserPoolClient({ UserPoolId, ClientId: second, ClientName: 'renamed' });
    const described = await aws.describeUserPoolClient({ UserPoolId, ClientId: second });
    assert.equal(described.UserPoolClient?.ClientName, 'renamed');
    assert.equal(described.UserPoolClient.ClientSecret, UserPoolClient?.ClientSecret);
    assert.equal(described.UserPoolClient.AccessTokenValidity, undefined);
    const pages = sdk.paginateListUserPoolClients(
      { client: aws, pageSize: 1 },
      { UserPoolId, MaxResults: 1 },
    );
    const listed = await collected(pages, (page) => page.UserPoolClients);
    assert.deepEqual(
      new Set(listed.map(({ ClientName }) => ClientName)),
      new Set(['application', 'renamed']),
    );
    const deleted = aws.deleteUserPoolClient({ UserPoolId, ClientId: second });
    assert.deepEqual(await outputOf(deleted), {});
  });
});

suite('users of administrators', () => {
  test('are made, changed, disabled, listed and deleted', async () => {
    const Username = 'grace';
    const { User } = await aws.adminCreateUser({
      UserPoolId,
      Username,
      TemporaryPassword: 'Temporary-1!',
      DesiredDeliveryMediums: ['EMAIL'],
      UserAttributes: [
        { Name: 'email', Value: 'grace@example.com' },
        { Name: 'name', Value: 'Grace' },
      ],
    });
    assert.equal(User?.UserStatus, 'FORCE_CHANGE_PASSWORD');
    assertRecent(User.UserCreateDate);
    assert.equal(await server.code('grace@example.com'), 'Temporary-1!');
    const key = { UserPoolId, Username };
    const UserAttributes = [
      { Name: 'email_verified', Value: 'true' },
      { Name: 'nickname', Value: 'Amazing' },
    ];
    for (const answer of [
      aws.adminUpdateUserAttributes({ ...key, UserAttributes }),
      aws.adminDeleteUserAttributes({ ...key, UserAttributeNames: ['name'] }),
      aws.adminDisableUser(key),
      aws.adminSetUserPassword({ ...key, Password: PASSWORD, Permanent: true }),
    ]) {
      assert.deepEqual(await outputOf(answer), {});
    }
    const got = await aws.adminGetUser({ UserPoolId, Username: 'grace@example.com' });
    assert.equal(got.Username, Username);
    assert.equal(got.Enabled, false);
    assert.equal(got.UserStatus, 'CONFIRMED');
    assert.equal(attribute(got.UserAttributes, 'name'), undefined);
    assert.equal(attribute(got.UserAttributes, 'nickname'), 'Amazing');
    assert((got.UserLastModifiedDate?.getTime() ?? 0) >= (got.UserCreateDate?.getTime() ?? 1));
    await aws.adminEnableUser(key);
    const { AccessToken } = await signIn(Username);
    assert.deepEqual(await outputOf(aws.adminUserGlobalSignOut(key)), {});
    await assert.rejects(aws.getUser({ AccessToken }), {
      message: 'Access Token has been revoked',
    });
    assert.deepEqual(await outputOf(aws.adminResetUserPassword(key)), {});
    await assert.rejects(signIn(Username), sdk.PasswordResetRequiredException);
    assert.deepEqual(await outputOf(aws.adminDeleteUser(key)), {});
    await assert.rejects(aws.adminGetUser(key), sdk.UserNotFoundException);
  });

  test('choose their password at their first sign-in, and administrators can sign them in', async () => {
    const key = { UserPoolId, Username: 'first' };
    await aws.adminCreateUser({ ...key, TemporaryPassword: PASSWORD, MessageAction: 'SUPPRESS' });
    const started = await aws.adminInitiateAuth({
      UserPoolId,
      ClientId,
      AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'first', PASSWORD },
    });
    assert.equal(started.ChallengeName, 'NEW_PASSWORD_REQUIRED');
    assert.deepEqual(JSON.parse(started.ChallengeParameters?.['requiredAttributes'] ?? ''), [
      'userAttributes.email',
    ]);
    const { AuthenticationResult } = await aws.adminRespondToAuthChallenge({
      UserPoolId,
      ClientId,
      ChallengeName: 'NEW_PASSWORD_REQUIRED',
      Session: started.Session,
      ChallengeResponses: {
        USERNAME: 'first',
        NEW_PASSWORD: 'Their-own-1',
        'userAttributes.email': 'first@example.com',
      },
    });
    assert(AuthenticationResult?.AccessToken);
    const { UserStatus } = await aws.adminGetUser(key);
    assert.equal(UserStatus, 'CONFIRMED');
  });

  test('are listed page by page and filtered', async () => {
    const names = ['list1', 'list2', 'list3', 'list4', 'list5'];
    for (const name of names) await makeUser(aws, UserPoolId, name);
    const input = { UserPoolId, Filter: 'username ^= "list"', Limit: 2 };
    const pages = sdk.paginateListUsers({ client: aws, pageSize: 2 }, input);
    const listed = await collected(pages, (page) => page.Users);
    assert.equal(listed.length, names.length);
    assert.deepEqual(new Set(listed.map(({ Username }) => Username)), new Set(names));
    assertRecent(listed[0]?.UserCreateDate);
    const byAddress = await aws.listUsers({ UserPoolId, Filter: 'email = "list3@example.com"' });
    assert.deepEqual(
      byAddress.Users?.map(({ Username }) => Username),
      ['list3'],
    );
  });

  test('belong to groups', async () => {
    await aws.createGroup({ UserPoolId, GroupName: 'extra', Description: 'more' });
    const { Group } = await aws.updateGroup({ UserPoolId, GroupName: 'extra', Precedence: 3 });
    assert.equal(Group?.Precedence, 3);
    assertRecent((await aws.getGroup({ UserPoolId, GroupName: 'extra' })).Group?.CreationDate);
    for (const Username of ['list1', 'list2']) {
      for (const GroupName of ['extra', 'member']) {
        const added = aws.adminAddUserToGroup({ UserPoolId, Username, GroupName });
        assert.deepEqual(await outputOf(added), {});
      }
    }
    const paging = { client: aws, pageSize: 1 };
    const all = sdk.paginateListGroups(paging, { UserPoolId });
    const byUser = sdk.paginateAdminListGroupsForUser(paging, { UserPoolId, Username: 'list1' });
    const byGroup = sdk.paginateListUsersInGroup(paging, { UserPoolId, GroupName: 'extra' });
    const names = (groups: sdk.GroupType[]) => new Set(groups.map((group) => group.GroupName));
    assert.equal((await collected(all, (page) => page.Groups)).length, 3);
    const ofUser = await collected(byUser, (page) => page.Groups);
    assert.deepEqual(names(ofUser), new Set(['extra', 'member']));
    assert.equal(ofUser.find((group) => group.RoleArn)?.RoleArn, roleOf('member'));
    assert.equal((await collected(byGroup, (page) => page.Users)).length, 2);
    const leaving = { UserPoolId, Username: 'list1', GroupName: 'extra' };
    assert.deepEqual(await outputOf(aws.adminRemoveUserFromGroup(leaving)), {});
    assert.deepEqual(await outputOf(aws.deleteGroup({ UserPoolId, GroupName: 'extra' })), {});
  });
});

suite('people', () => {
  const [email, Username] = ['ada@example.com', 'ada'];
  const key = { ClientId, Username };

  test('sign up and confirm', async () => {
    const UserAttributes = [{ Name: 'email', Value: email }];
    const answer = await aws.signUp({ ...key, Password: PASSWORD, UserAttributes });
    assert.equal(answer.UserConfirmed, false);
    assert.match(answer.UserSub ?? '', /^[0-9a-f-]{36}$/);
    const delivery = { Destination: 'a***@e***', DeliveryMedium: 'EMAIL', AttributeName: 'email' };
    assert.deepEqual(answer.CodeDeliveryDetails, delivery);
    await assert.rejects(signIn(Username), sdk.UserNotConfirmedException);
    const resent = await aws.resendConfirmationCode(key);
    assert.deepEqual(resent.CodeDeliveryDetails, delivery);
    const ConfirmationCode = await server.code(email);
    assert.deepEqual(await outputOf(aws.confirmSignUp({ ...key, ConfirmationCode })), {});
    await aws.signUp({
      ClientId,
      Username: 'bob',
      Password: PASSWORD,
      UserAttributes: [{ Name: 'email', Value: 'bob@example.com' }],
    });
    assert.deepEqual(await outputOf(aws.adminConfirmSignUp({ UserPoolId, Username: 'bob' })), {});
    await signIn('bob');
  });

  test('sign in by SRP', async () => {
    const session = createSrpSession(Username, PASSWORD, UserPoolId, false);
    const AuthParameters = { USERNAME: email, SRP_A: session.largeA };
    const started = await aws.initiateAuth({ ClientId, AuthFlow: 'USER_SRP_AUTH', AuthParameters });
    const answer = await aws.respondToAuthChallenge(
      wrapAuthChallenge(signSrpSession(session, started), {
        ClientId,
        ChallengeName: 'PASSWORD_VERIFIER' as const,
        ChallengeResponses: { USERNAME: started.ChallengeParameters?.['USERNAME'] ?? '' },
      }),
    );
    assert(answer.AuthenticationResult?.AccessToken);
  });

  test('refresh, revoke and sign out', async () => {
    const tokens = await signIn(email);
    const refreshed = await aws.initiateAuth({
      ClientId,
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN: tokens.RefreshToken },
    });
    assert(refreshed.AuthenticationResult?.AccessToken);
    assert.equal(refreshed.AuthenticationResult.RefreshToken, undefined);
    const { RefreshToken } = tokens;
    const again = await aws.getTokensFromRefreshToken({ ClientId, RefreshToken });
    const AccessToken = again.AuthenticationResult?.AccessToken;
    assert.equal((await aws.getUser({ AccessToken })).Username, Username);
    assert.deepEqual(await outputOf(aws.revokeToken({ ClientId, Token: RefreshToken })), {});
    await assert.rejects(aws.getUser({ AccessToken }), sdk.NotAuthorizedException);
    await assert.rejects(aws.getTokensFromRefreshToken({ ClientId, RefreshToken }), {
      message: 'Refresh Token has been revoked',
    });
    const other = await signIn(Username);
    assert.deepEqual(await outputOf(aws.globalSignOut({ AccessToken: other.AccessToken })), {});
    await assert.rejects(aws.getUser({ AccessToken: other.AccessToken }), {
      name: 'NotAuthorizedException',
      message: 'Access Token has been revoked',
    });
  });

  test('change their attributes and verify their address', async () => {
    const { AccessToken } = await signIn(Username);
    const AttributeName = 'email';
    const asked = await aws.getUserAttributeVerificationCode({ AccessToken, AttributeName });
    assert.equal(asked.CodeDeliveryDetails?.DeliveryMedium, 'EMAIL');
    const verified = { AccessToken, AttributeName, Code: await server.code(email) };
    assert.deepEqual(await outputOf(aws.verifyUserAttribute(verified)), {});
    const UserAttributes = [
      { Name: 'preferred_username', Value: 'countess' },
      { Name: 'nickname', Value: 'A' },
    ];
    const updated = await aws.updateUserAttributes({ AccessToken, UserAttributes });
    assert.deepEqual(updated.CodeDeliveryDetailsList, []);
    await aws.deleteUserAttributes({ AccessToken, UserAttributeNames: ['nickname'] });
    const user = await aws.getUser({ AccessToken });
    assert.equal(attribute(user.UserAttributes, 'email_verified'), 'true');
    assert.equal(attribute(user.UserAttributes, 'nickname'), undefined);
    assert.equal(user.UserMFASettingList, undefined);
    await signIn('countess');
  });

  test('change and reset their password, and leave', async () => {
    const { AccessToken } = await signIn(Username);
    const [PreviousPassword, ProposedPassword, third] = [PASSWORD, 'Another-1!', 'Third-one-1!'];
    const change = aws.changePassword({ AccessToken, PreviousPassword, ProposedPassword });
    assert.deepEqual(await outputOf(change), {});
    await signIn(Username, ProposedPassword);
    const { CodeDeliveryDetails } = await aws.forgotPassword(key);
    assert.equal(CodeDeliveryDetails?.Destination, 'a***@e***');
    const ConfirmationCode = await server.code(email);
    const reset = aws.confirmForgotPassword({ ...key, ConfirmationCode, Password: third });
    assert.deepEqual(await outputOf(reset), {});
    const last = await signIn(Username, third);
    assert.deepEqual(await outputOf(aws.deleteUser({ AccessToken: last.AccessToken })), {});
    await assert.rejects(signIn(Username, third), sdk.UserNotFoundException);
  });
});

test('settings that are not supported yet are read as unset', async () => {
  const pool = { UserPoolId };
  assert.equal((await aws.getUserPoolMfaConfig(pool)).MfaConfiguration, 'OFF');
  assert.deepEqual((await aws.describeUserPoolDomain({ Domain: 'none' })).DomainDescription, {});
  const { UICustomization } = await aws.getUICustomization(pool);
  assert.equal(UICustomization?.UserPoolId, UserPoolId);
});

const audited = {
  UserPoolTier: 'PLUS',
  UserPoolAddOns: { AdvancedSecurityMode: 'AUDIT' },
} as const;
for (const [about, operations, settings = {}] of [
  ['factors', factorOperations],
  ['devices', deviceOperations],
  ['imports', importOperations],
  ['sessions', sessionOperations],
  ['the directory', directoryOperations],
  ['protection', protectionOperations, audited],
] as const) {
  suite(about, () => {
    const client = { ExplicitAuthFlows: [...flows] };
    operations(aws, () => makeTutorialPool(aws, { ...BY_CODE, ...settings }, client));
  });
}

test('every operation that the server offers succeeded here', async () => {
  const all = Object.keys(sdk)
    .filter((name) => name.endsWith('Command') && name !== '$Command')
    .map((name) => name.replace(/Command$/, ''));
  const known: string[] = [];
  for (const name of all) {
    const response = await fetch(server.url, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/x-amz-json-1.1',
        'X-Amz-Target': `AWSCognitoIdentityProviderService.${name}`,
      },
      body: '{}',
    });
    const { __type } = (await response.json()) as { __type: string };
    if (__type !== 'UnknownOperationException') known.push(name);
  }
  assert(known.length >= 69, `${known.length}`);
  // Its token comes with the mails about risk, which nobody assesses yet; it is refused above.
  succeeded.add('UpdateAuthEventFeedback');
  assert.deepEqual([...succeeded].sort(), known.sort());
});
