/** The directory beside its users: secrets of app clients, resource servers, identity providers. A part of `aws-sdk.test.ts`, which counts what succeeded. */
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import * as sdk from '@aws-sdk/client-cognito-identity-provider';
import { collected, outputOf } from './sdk-answers.ts';
import { makeUser } from './tutorial-pool.ts';

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

  test('resource servers have scopes, which app clients may name', async () => {
    const { UserPoolId } = await makePool();
    const key = { UserPoolId, Identifier: 'https://api.example.com' };
    const Scopes = [{ ScopeName: 'read', ScopeDescription: 'Reads' }];
    const server = { ...key, Name: 'API', Scopes };
    const made = await outputOf(aws.createResourceServer(server));
    assert.deepEqual(made, { ResourceServer: server });
    assert.deepEqual(await outputOf(aws.describeResourceServer(key)), made);
    const client = await aws.createUserPoolClient({
      UserPoolId,
      ClientName: 'machine',
      GenerateSecret: true,
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ['client_credentials'],
      AllowedOAuthScopes: [`${key.Identifier}/read`],
    });
    const ClientId = client.UserPoolClient?.ClientId ?? '';
    const AllowedOAuthScopes = [`${key.Identifier}/write`];
    await assert.rejects(
      aws.updateUserPoolClient({ UserPoolId, ClientId, AllowedOAuthScopes }),
      sdk.ScopeDoesNotExistException,
    );
    await aws.createResourceServer({ UserPoolId, Identifier: 'other', Name: 'Other' });
    const pages = sdk.paginateListResourceServers({ client: aws, pageSize: 1 }, { UserPoolId });
    const listed = await collected(pages, (page) => page.ResourceServers);
    assert.deepEqual(
      listed.map(({ Identifier }) => Identifier),
      [key.Identifier, 'other'],
    );
    const renamed = await aws.updateResourceServer({ ...key, Name: 'New' });
    assert.deepEqual([renamed.ResourceServer?.Name, renamed.ResourceServer?.Scopes], ['New', []]);
    assert.deepEqual(await outputOf(aws.deleteResourceServer(key)), {});
    await assert.rejects(aws.describeResourceServer(key), sdk.ResourceNotFoundException);
  });

  test('identity providers are recorded, found by identifier, and named by app clients', async () => {
    const { UserPoolId } = await makePool();
    const key = { UserPoolId, ProviderName: 'Google' };
    const google = { client_id: 'id', client_secret: 'hush', authorize_scopes: 'email' };
    const { IdentityProvider: made } = await aws.createIdentityProvider({
      ...{ ...key, ProviderType: 'Google', ProviderDetails: google },
      ...{ AttributeMapping: { email: 'email' }, IdpIdentifiers: ['acme'] },
    });
    assert(made?.CreationDate instanceof Date);
    assert.deepEqual(made.AttributeMapping, { username: 'sub', email: 'email' });
    assert.equal(made.ProviderDetails?.['token_request_method'], 'POST');
    const described = await aws.describeIdentityProvider(key);
    assert.deepEqual(described.IdentityProvider, made);
    const byIdentifier = { UserPoolId, IdpIdentifier: 'acme' };
    const found = await aws.getIdentityProviderByIdentifier(byIdentifier);
    assert.deepEqual(found.IdentityProvider, made);
    const same = { ...key, ProviderType: 'Google' as const, ProviderDetails: google };
    await assert.rejects(aws.createIdentityProvider(same), sdk.DuplicateProviderException);
    const { UserPoolClient } = await aws.createUserPoolClient({
      ...{ UserPoolId, ClientName: 'web', SupportedIdentityProviders: ['COGNITO', 'Google'] },
    });
    assert.deepEqual(UserPoolClient?.SupportedIdentityProviders, ['COGNITO', 'Google']);
    const updated = await aws.updateIdentityProvider({ ...key, IdpIdentifiers: [] });
    assert.deepEqual(updated.IdentityProvider?.IdpIdentifiers, []);
    const second = { ProviderName: 'Facebook', ProviderType: 'Facebook' as const };
    await aws.createIdentityProvider({ UserPoolId, ...second, ProviderDetails: google });
    const pages = sdk.paginateListIdentityProviders({ client: aws, pageSize: 1 }, { UserPoolId });
    const listed = await collected(pages, (page) => page.Providers);
    assert.deepEqual(
      listed.map((one) => one.ProviderName),
      ['Facebook', 'Google'],
    );
    const { Certificate = '' } = await aws.getSigningCertificate({ UserPoolId });
    const certificate = new X509Certificate(Buffer.from(Certificate, 'base64'));
    assert.equal(certificate.subject, `CN=${UserPoolId}`);
    await makeUser(aws, UserPoolId, 'ada');
    const source = { ProviderName: 'Google', ProviderAttributeName: 'Cognito_Subject' };
    const SourceUser = { ...source, ProviderAttributeValue: '117' };
    const DestinationUser = { ProviderName: 'Cognito', ProviderAttributeValue: 'ada' };
    const link = { UserPoolId, DestinationUser, SourceUser };
    assert.deepEqual(await outputOf(aws.adminLinkProviderForUser(link)), {});
    const { UserAttributes } = await aws.adminGetUser({ UserPoolId, Username: 'ada' });
    const linked = UserAttributes?.find(({ Name }) => Name === 'identities')?.Value ?? '';
    assert.match(linked, /^\[{"userId":"117","providerName":"Google"/);
    const unlink = () => aws.adminDisableProviderForUser({ UserPoolId, User: SourceUser });
    assert.deepEqual(await outputOf(unlink()), {});
    await assert.rejects(unlink(), sdk.InvalidParameterException);
    assert.deepEqual(await outputOf(aws.deleteIdentityProvider(key)), {});
    await assert.rejects(aws.describeIdentityProvider(key), sdk.ResourceNotFoundException);
  });
}
