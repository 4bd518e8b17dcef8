import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import type { InputOf } from '@poolhouse/model';
import { poolId } from '../../domain/ids.ts';
import { openHarness } from '../../testing/harness.ts';

const invalid = 'InvalidParameterException';
const missing = 'ResourceNotFoundException';
type Create = InputOf<'CreateIdentityProvider'>;

const social = { client_id: 'id', client_secret: 'hush', authorize_scopes: 'email' };
const endpoints = {
  authorize_url: 'https://idp.example.com/authorize',
  token_url: 'https://idp.example.com/token',
  attributes_url: 'https://idp.example.com/userinfo',
  jwks_uri: 'https://idp.example.com/keys',
};
const issuer = 'https://idp.example.com';
const bare = {
  client_id: 'id',
  client_secret: 'hush',
  authorize_scopes: 'openid email',
  oidc_issuer: issuer,
  attributes_request_method: 'GET',
};
const signOn = 'https://saml.example.com/in';
const logout = 'https://saml.example.com/out';
const redirect = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect';
const metadata = `<EntityDescriptor><IDPSSODescriptor>
  <SingleLogoutService Binding="${redirect}" Location="${logout}"/>
  <SingleSignOnService Binding="${redirect}" Location="${signOn}"/></IDPSSODescriptor></EntityDescriptor>`;

/** A pool, and the web as its providers publish it. */
async function open(t: Parameters<typeof openHarness>[0], web: Record<string, string> = {}) {
  const asked: string[] = [];
  const harness = await openHarness(t, {
    documents: { read: async (url) => (asked.push(url), web[url]) },
  });
  const { UserPoolId } = await harness.makePool();
  const create = async (given: Omit<Create, 'UserPoolId'>) =>
    (await harness.call('CreateIdentityProvider', { UserPoolId, ...given })).IdentityProvider;
  return { harness, UserPoolId, create, asked };
}

test('social providers get what the service adds, and show it again', async (t) => {
  const { harness, UserPoolId, create } = await open(t);
  const apple = { client_id: 'id', team_id: 'team', key_id: 'key', private_key: 'hush' };
  const cases = [
    [
      'Google',
      social,
      'sub',
      {
        attributes_url: 'https://people.googleapis.com/v1/people/me?personFields=',
        attributes_url_add_attributes: 'true',
        authorize_url: 'https://accounts.google.com/o/oauth2/v2/auth',
        oidc_issuer: 'https://accounts.google.com',
        token_request_method: 'POST',
        token_url: 'https://www.googleapis.com/oauth2/v4/token',
        ...social,
      },
    ],
    [
      'Facebook',
      { ...social, api_version: 'v12.0' },
      'id',
      {
        api_version: 'v12.0',
        attributes_url: 'https://graph.facebook.com/v12.0/me?fields=',
        attributes_url_add_attributes: 'true',
        authorize_url: 'https://www.facebook.com/v12.0/dialog/oauth',
        token_request_method: 'GET',
        token_url: 'https://graph.facebook.com/v12.0/oauth/access_token',
        ...social,
      },
    ],
    [
      'LoginWithAmazon',
      social,
      'user_id',
      {
        attributes_url: 'https://api.amazon.com/user/profile',
        attributes_url_add_attributes: 'false',
        authorize_url: 'https://www.amazon.com/ap/oa',
        token_request_method: 'POST',
        token_url: 'https://api.amazon.com/auth/o2/token',
        ...social,
      },
    ],
    [
      'SignInWithApple',
      apple,
      'sub',
      {
        attributes_url_add_attributes: 'false',
        authorize_url: 'https://appleid.apple.com/auth/authorize',
        oidc_issuer: 'https://appleid.apple.com',
        token_request_method: 'POST',
        token_url: 'https://appleid.apple.com/auth/token',
        ...{ client_id: 'id', team_id: 'team', key_id: 'key' },
      },
    ],
  ] as const;
  for (const [type, ProviderDetails, username, expected] of cases) {
    const named = { ProviderName: type, ProviderType: type };
    const made = await create({ ...named, ProviderDetails, AttributeMapping: { email: 'email' } });
    assert.deepEqual(made, {
      ...{ UserPoolId, ...named, ProviderDetails: expected },
      AttributeMapping: { username, email: 'email' },
      IdpIdentifiers: [],
      ...{ LastModifiedDate: 1795424400, CreationDate: 1795424400 },
    });
    const key = { UserPoolId, ProviderName: type };
    const shown = await harness.call('DescribeIdentityProvider', key);
    assert.deepEqual(shown.IdentityProvider, made);
    // Infrastructure tools send back what they read: nothing changes by that.
    const { ProviderDetails: read = {}, AttributeMapping } = made;
    const sent = type === 'SignInWithApple' ? { ...read, private_key: 'hush' } : read;
    const same = { ...key, ProviderDetails: sent, AttributeMapping, IdpIdentifiers: [] };
    const again = await harness.call('UpdateIdentityProvider', same);
    assert.deepEqual(again.IdentityProvider, made);
  }
  const { storage } = harness;
  for (const { details, sealedSecrets } of (
    await storage.stores.identityProviders.list(poolId(UserPoolId), 60)
  ).items) {
    assert.ok(!JSON.stringify(details).includes('hush'));
    assert.ok(sealedSecrets && !sealedSecrets.includes('hush'));
  }
});

test('the endpoints of OIDC providers are discovered, unless they are all given', async (t) => {
  const address = `${issuer}/.well-known/openid-configuration`;
  const document = {
    authorization_endpoint: endpoints.authorize_url,
    token_endpoint: endpoints.token_url,
    userinfo_endpoint: endpoints.attributes_url,
    jwks_uri: endpoints.jwks_uri,
  };
  const web: Record<string, string> = { [address]: JSON.stringify(document) };
  const { harness, UserPoolId, create, asked } = await open(t, web);
  const oidc = { ProviderType: 'OIDC' as const };
  const all = { ...bare, ...endpoints, attributes_url_add_attributes: 'false' };
  const found = await create({ ...oidc, ProviderName: 'Found', ProviderDetails: bare });
  assert.deepEqual(found.ProviderDetails, all);
  assert.deepEqual(found.AttributeMapping, { username: 'sub' });
  const slash = { ...bare, oidc_issuer: `${issuer}/`, token_url: 'https://other.example.com/t' };
  const own = await create({ ...oidc, ProviderName: 'Own', ProviderDetails: slash });
  assert.deepEqual(own.ProviderDetails, { ...all, ...slash });
  assert.deepEqual(asked, [address, address]);
  const given = { ...bare, ...endpoints };
  await create({ ...oidc, ProviderName: 'Given', ProviderDetails: given });
  assert.equal(asked.length, 2, 'nobody is asked');

  const text = 'Unable to contact well-known endpoint';
  const input = { UserPoolId, ...oidc, ProviderName: 'Lost', ProviderDetails: bare };
  const documents = [
    ...['', 'x', 'null', '[]', '1', '{}'],
    JSON.stringify({ ...document, jwks_uri: 'http://idp.example.com/keys' }),
    JSON.stringify({ ...document, token_endpoint: ['https://idp.example.com/t'] }),
    JSON.stringify({ ...document, userinfo_endpoint: 'javascript:alert(1)' }),
    undefined,
  ];
  for (const each of documents) {
    if (each === undefined) delete web[address];
    else web[address] = each;
    await harness.refuses('CreateIdentityProvider', input, invalid, text);
  }
  const { userinfo_endpoint: _none, ...without } = document;
  web[address] = JSON.stringify(without);
  const { ProviderDetails } = await create({ ...input, ProviderName: 'Short' });
  assert.equal(ProviderDetails?.['attributes_url'], undefined);
  const { Providers } = await harness.call('ListIdentityProviders', { UserPoolId });
  assert.deepEqual(
    Providers.map((one) => one.ProviderName),
    ['Found', 'Given', 'Own', 'Short'],
  );
});

test('SAML providers get endpoints from their metadata and certificates of the pool', async (t) => {
  const MetadataURL = 'https://saml.example.com/metadata';
  const { harness, UserPoolId, create } = await open(t, { [MetadataURL]: metadata });
  const saml = { ProviderType: 'SAML' as const };
  const file = await create({
    ...{ ...saml, ProviderName: 'File', IdpIdentifiers: ['acme', 'acme'] },
    ProviderDetails: { MetadataFile: metadata, IDPSignout: 'true' },
  });
  const { ActiveEncryptionCertificate = '', ...details } = file.ProviderDetails ?? {};
  assert.deepEqual(details, {
    ...{ IDPSignout: 'true', MetadataFile: metadata },
    ...{ SLORedirectBindingURI: logout, SSORedirectBindingURI: signOn },
  });
  assert.deepEqual([file.AttributeMapping, file.IdpIdentifiers], [{}, ['acme']]);
  const byUrl = await create({
    ...{ ...saml, ProviderName: 'Url', ProviderDetails: { MetadataURL } },
    AttributeMapping: { email: 'http://schemas.example.com/mail' },
  });
  assert.equal(byUrl.ProviderDetails?.['SSORedirectBindingURI'], signOn);
  assert.equal(byUrl.ProviderDetails['ActiveEncryptionCertificate'], ActiveEncryptionCertificate);

  const { Certificate = '' } = await harness.call('GetSigningCertificate', { UserPoolId });
  assert.deepEqual(await harness.call('GetSigningCertificate', { UserPoolId }), { Certificate });
  assert.notEqual(Certificate, ActiveEncryptionCertificate);
  for (const text of [Certificate, ActiveEncryptionCertificate]) {
    const certificate = new X509Certificate(Buffer.from(text, 'base64'));
    assert.equal(certificate.subject, `CN=${UserPoolId}`);
    assert.equal(certificate.validToDate.getUTCFullYear(), 2036);
    assert.equal(certificate.verify(certificate.publicKey), true);
  }
  const other = await harness.makePool();
  const theirs = await harness.call('GetSigningCertificate', { UserPoolId: other.UserPoolId });
  assert.notEqual(theirs.Certificate, Certificate);

  const lost = { ...saml, UserPoolId, ProviderName: 'Lost' };
  const cases: readonly (readonly [Record<string, string>, string])[] = [
    [{}, 'At least one of the MetadataURL or MetadataFile should be provided.'],
    [
      { MetadataURL, MetadataFile: metadata },
      'Only one of the MetadataURL or MetadataFile should be provided.',
    ],
    [{ MetadataURL: 'https://x.example' }, 'Error retrieving metadata from https://x.example'],
    [{ MetadataFile: '<html/>' }, 'The metadata is not that of a SAML 2.0 identity provider.'],
  ];
  for (const [ProviderDetails, text] of cases) {
    const input = { ...lost, ProviderDetails };
    await harness.refuses('CreateIdentityProvider', input, invalid, text);
  }
});

test('what the service refuses is refused in its words, and makes nothing', async (t) => {
  const { harness, UserPoolId, create } = await open(t);
  const full = { ...bare, ...endpoints };
  const oidc = (given: object, ProviderName = 'Acme'): Create => ({
    ...{ UserPoolId, ProviderName, ProviderType: 'OIDC', ProviderDetails: full },
    ...given,
  });
  const details = (given: object) => oidc({ ProviderDetails: { ...full, ...given } });
  const typed = (ProviderType: Create['ProviderType'], ProviderName: string = ProviderType) =>
    oidc({ ProviderType }, ProviderName);
  const without = (type: Create['ProviderType'], name: string): Create => {
    const given: Record<string, string> = {
      ...{ ...full, team_id: 'x', key_id: 'x', private_key: 'x' },
      [name]: '',
    };
    return { ...typed(type, type === 'OIDC' ? 'Acme' : type), ProviderDetails: given };
  };
  const ofSocial = 'clientId, clientSecret and authorizeScopes are all required idp details.';
  const ofApple = 'clientId, privateKey, teamId, and keyId are all required idp details.';
  const ofOidc =
    'clientId, authorizeScopes, oidcIssuer and attributesRequestMethod are all required idp details.';
  const cases: (readonly [Create, string | RegExp])[] = [
    ...(['client_id', 'client_secret', 'authorize_scopes'] as const).flatMap((name) =>
      (['Google', 'Facebook', 'LoginWithAmazon'] as const).map(
        (type) => [without(type, name), ofSocial] as const,
      ),
    ),
    ...(['client_id', 'team_id', 'key_id', 'private_key'] as const).map(
      (name) => [without('SignInWithApple', name), ofApple] as const,
    ),
    ...(['client_id', 'authorize_scopes', 'oidc_issuer', 'attributes_request_method'] as const).map(
      (name) => [without('OIDC', name), ofOidc] as const,
    ),
    [details({ oidc_issuer: 'http://idp.example.com' }), 'OIDC endpoint must start with https://'],
    [
      details({ attributes_request_method: 'PUT' }),
      "1 validation error detected: Value 'PUT' at 'providerConfiguration.oidcConfig.attributesRequestMethod' failed to satisfy constraint: Member must satisfy enum value set: [POST, GET]",
    ],
    [typed('Google', 'google'), 'Provider google cannot be of type Google.'],
    [typed('OIDC', 'Google'), 'Provider Google cannot be of type OIDC.'],
    [typed('OIDC', 'Cognito'), 'Provider Cognito cannot be of type OIDC.'],
    [
      oidc({ AttributeMapping: { email: 'mail', 'custom:zen_groups': 'x', sub: 'y' } }),
      'AttributeMapping contains invalid mapping: [custom:zen_groups, sub]',
    ],
    [oidc({ AcrMapping: { Level5: 'x' } }), /AcrMapping/],
    [{ ...without('Google', 'x'), AcrMapping: { Level1: 'x' } }, /AcrMapping is for OIDC/],
    [oidc({}, 'x'.repeat(33)), /at 'providerName' failed .* less than or equal to 32/],
    [oidc({}, '_acme'), /at 'providerName' failed .* regular expression/],
    [
      oidc({ IdpIdentifiers: Array.from({ length: 51 }, (_, at) => `i${at}`) }),
      /at 'idpIdentifiers' failed .* less than or equal to 50/,
    ],
    [oidc({ IdpIdentifiers: ['a/b'] }), /at 'idpIdentifiers/],
  ];
  for (const [input, text] of cases) {
    await harness.refuses('CreateIdentityProvider', input, invalid, text);
  }
  assert.deepEqual((await harness.call('ListIdentityProviders', { UserPoolId })).Providers, []);

  const acme = oidc({ IdpIdentifiers: ['acme.example'], AcrMapping: { Level1: 'urn:low' } });
  assert.deepEqual((await create(acme)).AcrMapping, { Level1: 'urn:low' });
  const exists = `Acme already exists in user pool ${UserPoolId}`;
  await harness.refuses('CreateIdentityProvider', acme, 'DuplicateProviderException', exists);
  const taken = oidc({ IdpIdentifiers: ['acme.example'] }, 'Other');
  const ofAnother = 'The identifier acme.example belongs to another identity provider.';
  await harness.refuses('CreateIdentityProvider', taken, invalid, ofAnother);
  await create(oidc({}, 'Other'));
  const update = { UserPoolId, ProviderName: 'Other', IdpIdentifiers: ['x', 'acme.example'] };
  await harness.refuses('UpdateIdentityProvider', update, invalid, ofAnother);
  const empty = { UserPoolId, ProviderName: 'Other', ProviderDetails: { client_id: 'x' } };
  await harness.refuses('UpdateIdentityProvider', empty, invalid, ofOidc);
  const mapped = { UserPoolId, ProviderName: 'Other', AttributeMapping: { nobody: 'x' } };
  await harness.refuses('UpdateIdentityProvider', mapped, invalid, /\[nobody\]/);
});

test('an update replaces what it names, and the rest stays; identifiers find their provider', async (t) => {
  const { harness, UserPoolId, create } = await open(t);
  const key = { UserPoolId, ProviderName: 'Acme' };
  const made = await create({
    ...{ ...key, ProviderType: 'OIDC', ProviderDetails: { ...bare, ...endpoints } },
    ...{ AttributeMapping: { email: 'mail' }, IdpIdentifiers: ['acme', 'acme.example'] },
  });
  harness.advance(5000);
  const IdpIdentifiers = ['acme.example'];
  const updated = await harness.call('UpdateIdentityProvider', { ...key, IdpIdentifiers });
  const changed = { ...made, IdpIdentifiers, LastModifiedDate: 1795424405 };
  assert.deepEqual(updated.IdentityProvider, changed);
  const find = (IdpIdentifier: string) => ({ UserPoolId, IdpIdentifier });
  const found = await harness.call('GetIdentityProviderByIdentifier', find('acme.example'));
  assert.deepEqual(found.IdentityProvider, changed);
  await harness.refuses('GetIdentityProviderByIdentifier', find('acme'), missing);

  const { client_secret: _secret, ...open2 } = { ...bare, ...endpoints, client_id: 'new' };
  const anew = await harness.call('UpdateIdentityProvider', { ...key, ProviderDetails: open2 });
  assert.deepEqual(anew.IdentityProvider.ProviderDetails, {
    ...open2,
    attributes_url_add_attributes: 'false',
  });
  assert.deepEqual(anew.IdentityProvider.AttributeMapping, { username: 'sub', email: 'mail' });
  const AttributeMapping = { name: 'cn', username: 'uid' };
  const other = await harness.call('UpdateIdentityProvider', { ...key, AttributeMapping });
  assert.deepEqual(other.IdentityProvider.AttributeMapping, AttributeMapping);

  assert.deepEqual(await harness.call('DeleteIdentityProvider', key), {});
  const text = `Identity provider Acme does not exist in user pool ${UserPoolId}.`;
  await harness.refuses('DescribeIdentityProvider', key, missing, text);
  await harness.refuses('UpdateIdentityProvider', key, missing, text);
  await harness.refuses('DeleteIdentityProvider', key, missing, text);
  await harness.refuses('GetIdentityProviderByIdentifier', find('acme.example'), missing);
});

test('they are listed page by page; pools elsewhere are not found', async (t) => {
  const { harness, UserPoolId, create } = await open(t);
  const names = ['Abc', 'Acme', 'Zeta'];
  for (const ProviderName of names) {
    const ProviderDetails = { ...bare, ...endpoints };
    await create({ ProviderName, ProviderType: 'OIDC', ProviderDetails });
  }
  const dates = { LastModifiedDate: 1795424400, CreationDate: 1795424400 };
  const shown = names.map((name) => ({ ProviderName: name, ProviderType: 'OIDC', ...dates }));
  const listed: object[] = [];
  let NextToken: string | undefined;
  do {
    const page = { UserPoolId, MaxResults: 2, NextToken };
    const answer = await harness.call('ListIdentityProviders', page);
    listed.push(...answer.Providers);
    NextToken = answer.NextToken;
  } while (NextToken !== undefined);
  assert.deepEqual(listed, shown);
  const all = await harness.call('ListIdentityProviders', { UserPoolId, MaxResults: 0 });
  assert.deepEqual(all, { Providers: shown });
  const wrong = { UserPoolId, NextToken: 'x' };
  await harness.refuses('ListIdentityProviders', wrong, invalid, 'Invalid pagination token');
  const nowhere = {
    ...{ UserPoolId: 'eu-west-1_none', ProviderName: 'Acme', ProviderType: 'OIDC' as const },
    ...{ ProviderDetails: bare, IdpIdentifier: 'acme' },
  };
  for (const name of [
    'CreateIdentityProvider',
    'DescribeIdentityProvider',
    'UpdateIdentityProvider',
    'DeleteIdentityProvider',
    'ListIdentityProviders',
    'GetIdentityProviderByIdentifier',
    'GetSigningCertificate',
  ] as const) {
    await harness.refuses(name, nowhere, missing, 'User pool eu-west-1_none does not exist.');
  }
});
