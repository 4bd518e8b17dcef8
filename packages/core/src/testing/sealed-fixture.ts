import type { TestContext } from 'node:test';
import { hashToken, sealedPlaces } from '../crypto/index.ts';
import { clientId, poolId, sub, type PoolId } from '../domain/ids.ts';
import { newDevice, STANDING_IN } from './devices.ts';
import { openHarness, type Harness } from './harness.ts';
import { authenticatorOf } from './authenticator.ts';
import { addUser, goodPassword, signIn } from './signed-in.ts';

const SETTINGS = {
  Policies: { PasswordPolicy: { MinimumLength: 8, PasswordHistorySize: 3 } },
  ...STANDING_IN,
};

/**
 * A pool with everything that is sealed: passwords, former ones, SRP verifiers, a client's secret, signing keys, where a session was used from, a
 * device, a message.
 */
export async function sealedFixture(
  t: TestContext,
  options: Parameters<typeof openHarness>[1] = {},
) {
  const harness = await openHarness(t, options);
  const made = await harness.makePool({ ...SETTINGS, AutoVerifiedAttributes: ['email'] });
  const { UserPoolId } = made;
  const annSub = await addUser(harness, made, 'ann', {
    email: 'ann@example.com',
    email_verified: 'true',
  });
  const Password = 'Another-Horse-8';
  const ann = { UserPoolId, Username: 'ann' };
  await harness.call('AdminSetUserPassword', { ...ann, Password, Permanent: true });
  await harness.call('AdminSetUserPassword', {
    ...ann,
    Password: 'A-Third-Horse-9',
    Permanent: true,
  });
  await harness.call('SetUserPoolMfaConfig', {
    ...{ UserPoolId, MfaConfiguration: 'OPTIONAL' },
    SoftwareTokenMfaConfiguration: { Enabled: true },
  });
  const target = { ...made, username: 'ann', password: 'A-Third-Horse-9' };
  await authenticatorOf(harness, target).setUp();
  const signedIn = await signIn(harness, made, 'ann', target.password);
  // Another one, which is not verified yet.
  await harness.call('AssociateSoftwareToken', { AccessToken: signedIn.AccessToken });
  const client = await harness.call('CreateUserPoolClient', {
    UserPoolId,
    ClientName: 'secret',
    GenerateSecret: true,
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
  });
  const { ClientId = '', ClientSecret = '' } = client.UserPoolClient ?? {};
  await harness.call('SignUp', {
    ClientId: made.ClientId,
    Username: 'new',
    Password: goodPassword,
    UserAttributes: [{ Name: 'email', Value: 'new@example.com' }],
  });
  const { AuthenticationResult } = await harness.call(
    'InitiateAuth',
    {
      ClientId: made.ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'ann', PASSWORD: 'A-Third-Horse-9' },
    },
    { kind: 'anyone', source: '203.0.113.9' },
  );
  const { device, confirmation } = newDevice(AuthenticationResult);
  await harness.call(
    'ConfirmDevice',
    { AccessToken: AuthenticationResult?.AccessToken ?? '', ...confirmation },
    { kind: 'anyone', source: '203.0.113.9' },
  );
  await harness.call('CreateIdentityProvider', {
    UserPoolId,
    ProviderName: 'Google',
    ProviderType: 'Google',
    ProviderDetails: { client_id: 'id', client_secret: 'secret', authorize_scopes: 'openid' },
  });
  await harness.call('GetSigningCertificate', { UserPoolId });
  const session = hashToken(AuthenticationResult?.RefreshToken ?? '');
  const id = poolId(UserPoolId);
  const importId = await withFile(harness, id);
  return { harness, made, annSub, id, ClientId, ClientSecret, session, device, importId };
}

const UPLOAD = 'upload';

/** An import with a part of a file. */
async function withFile({ storage: { stores }, world }: Harness, poolId: PoolId): Promise<string> {
  const ref = { poolId, id: 'import-x' };
  // Not by the operation, whose job would end it after a day.
  await stores.imports.add(
    {
      ...ref,
      ...{ name: 'people', roleArn: '', state: 'Created', createdAtMs: 0, receiving: UPLOAD },
      ...{ imported: 0, skipped: 0, failed: 0 },
    },
    1,
  );
  const place = sealedPlaces.importPart(UPLOAD, 0);
  const sealed = (await world.vault.of(poolId)).seal(world.random, place, 'name');
  await stores.imports.addPart({ ...ref, upload: UPLOAD, number: 0, sealed });
  return ref.id;
}

/** The version of the data key that has sealed a value; not a number where there is none. */
export const versionOf = (sealed: string | undefined): number => Number(sealed?.split('.')[1]);

/** The versions under which everything of the pool is sealed, by the place's name. */
export async function versionsOf({
  harness,
  annSub,
  id,
  ClientId,
  session,
  device,
  importId,
}: SealedFixture): Promise<Readonly<Record<keyof typeof sealedPlaces, readonly number[]>>> {
  const { users, clients, signingKeys, sessions, devices, outbox, accessKeys, imports } =
    harness.storage.stores;
  const { identityProviders, samlKeys } = harness.storage.stores;
  const ann = await users.bySub({ poolId: id, sub: sub(annSub) });
  const kept = await devices.get({ poolId: id, sub: sub(annSub) }, device.key);
  return {
    password: [ann?.sealedPassword, ...(ann?.sealedHistory ?? [])].map(versionOf),
    srpVerifier: [versionOf(ann?.sealedSrp)],
    softwareToken: [ann?.sealedSoftwareToken, ann?.sealedNextSoftwareToken].map(versionOf),
    clientSecret:
      (await clients.get(clientId(ClientId)))?.secrets.map((one) => versionOf(one.sealed)) ?? [],
    signingKey: (await signingKeys.of(id)).map(({ sealedPrivate }) => versionOf(sealedPrivate)),
    lastUse: [versionOf((await sessions.byToken(session))?.session.sealedLastUse)],
    deviceVerifier: [versionOf(kept?.sealedVerifier)],
    deviceUse: [versionOf(kept?.sealedLastUse)],
    providerSecrets: [versionOf((await identityProviders.get(id, 'Google'))?.sealedSecrets)],
    samlKey: [versionOf((await samlKeys.get(id, 'signing'))?.sealedPrivate)],
    accessKey: (await accessKeys.list()).map(({ sealedSecret }) => versionOf(sealedSecret)),
    importPart: [versionOf(await imports.part({ poolId: id, id: importId }, UPLOAD, 0))],
    message: (await outbox.list({ to: 'new@example.com', limit: 10 })).map(({ sealedContent }) =>
      versionOf(sealedContent),
    ),
  };
}

/** What {@link sealedFixture} makes. */
export type SealedFixture = Awaited<ReturnType<typeof sealedFixture>>;
