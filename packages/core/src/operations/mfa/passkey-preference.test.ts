import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import type { InputOf, OutputOf } from '@poolhouse/model';
import {
  postgresSkipReason,
  postgresTestDatabase,
  sqliteTestDatabase,
  type MakeDatabase,
} from '@poolhouse/storage/testing';
import { authenticatorOf } from '../../testing/authenticator.ts';
import { openHarness } from '../../testing/harness.ts';
import { PASSKEYS_FIRST, registerPasskey } from '../../testing/passkeys.ts';
import { addUser, goodPassword, sessionOf, signIn } from '../../testing/signed-in.ts';
import { FLOWS } from '../../testing/target.ts';

/* Whether a passkey is two factors for a user (WebAuthnMfaSettings). */

const ON = { WebAuthnMfaSettings: { Enabled: true } };
const OFF = { WebAuthnMfaSettings: { Enabled: false } };
const TOKEN = { SoftwareTokenMfaSettings: { Enabled: true } };
const cannot = 'User does not have delivery config set to turn on WEB_AUTHN';

/** Ann, with a passkey and an authenticator application, which is turned on. */
async function open(t: TestContext, database?: MakeDatabase) {
  const harness = await openHarness(t, { database });
  const ExplicitAuthFlows = [...FLOWS];
  const made = await harness.makePool(PASSKEYS_FIRST, { ExplicitAuthFlows });
  const { UserPoolId, ClientId } = made;
  await addUser(harness, made, 'ann', { email: 'ann@example.com', email_verified: 'true' });
  const configure = (
    FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION' | 'SINGLE_FACTOR',
    MfaConfiguration: InputOf<'SetUserPoolMfaConfig'>['MfaConfiguration'] = 'OPTIONAL',
  ) =>
    harness.call('SetUserPoolMfaConfig', {
      ...{ UserPoolId, MfaConfiguration, SoftwareTokenMfaConfiguration: { Enabled: true } },
      WebAuthnConfiguration: { FactorConfiguration },
    });
  await configure('MULTI_FACTOR_WITH_USER_VERIFICATION');
  const { AccessToken } = await signIn(harness, made, 'ann');
  const passkey = await registerPasskey(harness, AccessToken);
  const token = authenticatorOf(harness, { ...made, username: 'ann', password: goodPassword });
  await token.setUp();
  const set = (settings: object) =>
    harness.call('SetUserMFAPreference', { AccessToken, ...settings });
  await set(TOKEN);
  const ask = () =>
    harness.call('InitiateAuth', {
      ...{ ClientId, AuthFlow: 'USER_AUTH' },
      AuthParameters: { USERNAME: 'ann', PREFERRED_CHALLENGE: 'WEB_AUTHN' },
    });
  const use = ({ Session, ChallengeParameters = {} }: OutputOf<'InitiateAuth'>) => {
    const options = JSON.parse(ChallengeParameters['CREDENTIAL_REQUEST_OPTIONS'] ?? '') as object;
    const CREDENTIAL = JSON.stringify(passkey.get(options));
    return harness.call('RespondToAuthChallenge', {
      ...{ ClientId, ChallengeName: 'WEB_AUTHN', Session },
      ChallengeResponses: { USERNAME: 'ann', CREDENTIAL },
    });
  };
  const refuses = (settings: object, text: string) =>
    assert.rejects(set(settings), { code: 'InvalidParameterException', message: text });
  const ref = { UserPoolId, Username: 'ann' };
  return { harness, ref, configure, set, refuses, ask, use };
}

for (const [name, database, skip] of [
  ['SQLite', sqliteTestDatabase, false],
  ['PostgreSQL', postgresTestDatabase, postgresSkipReason ?? false],
] as const) {
  suite(`a passkey as two factors, on ${name}`, { skip }, () => {
    test('counts as the pool says, until the user says that it is one', async (t) => {
      const { harness, ref, set, ask, use } = await open(t, database);
      const { AuthenticationResult: both } = await use(await ask());
      const { proofs } = await sessionOf(harness, both?.RefreshToken);
      assert.equal(proofs?.[0]?.isTwoFactors, true);
      const asked = await ask();
      await set(OFF);
      await assert.rejects(use(asked), { code: 'InvalidParameterException' }, 'asked before');
      // As in a pool for which passkeys are one factor: a second one would follow, which no passkey leads to.
      assert.equal((await ask()).ChallengeName, 'SELECT_CHALLENGE');
      const { UserMFASettingList } = await harness.call('AdminGetUser', ref);
      assert.deepEqual(UserMFASettingList, ['SOFTWARE_TOKEN_MFA']);
      await set({ SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true } });
      assert.equal((await ask()).ChallengeName, 'SELECT_CHALLENGE', 'other settings leave it');
      await set(ON);
      assert((await use(await ask())).AuthenticationResult?.AccessToken);
    });

    test('stays one factor while no other one is on, and nothing but that is remembered', async (t) => {
      const { harness, ref, set, refuses, ask, use } = await open(t, database);
      await set({ ...OFF, SoftwareTokenMfaSettings: { Enabled: false } });
      const { UserMFASettingList } = await harness.call('AdminGetUser', ref);
      assert.equal(UserMFASettingList, undefined);
      const { AuthenticationResult: one } = await use(await ask());
      const { proofs } = await sessionOf(harness, one?.RefreshToken);
      assert.equal(proofs?.[0]?.isTwoFactors, undefined);
      await refuses(ON, cannot);
      await set({ ...ON, ...TOKEN });
      assert((await use(await ask())).AuthenticationResult?.AccessToken);
    });
  });
}

test('it needs a pool that says so, and another factor', async (t) => {
  const { harness, ref, configure, set, refuses } = await open(t);
  await refuses({ ...ON, SoftwareTokenMfaSettings: { Enabled: false } }, cannot);
  const { UserMFASettingList } = await harness.call('AdminGetUser', ref);
  assert.deepEqual(UserMFASettingList, ['SOFTWARE_TOKEN_MFA'], 'all at once or none');
  await configure('SINGLE_FACTOR');
  await refuses(ON, cannot);
  await harness.refuses(
    'AdminSetUserMFAPreference',
    { ...ref, ...ON },
    'InvalidParameterException',
    cannot,
  );
  await set(OFF);
});

test('where MFA is required, a user whose only second factor is a passkey keeps it (security.md M06)', async (t) => {
  const { harness, ref, configure, refuses, set } = await open(t);
  await configure('MULTI_FACTOR_WITH_USER_VERIFICATION', 'ON');
  await harness.call('AdminDeleteSoftwareToken', ref);
  await refuses(OFF, 'User pool requires MFA: at least one MFA method must stay turned on.');
  await harness.call('AdminSetUserMFAPreference', { ...ref, ...OFF });
  await assert.rejects(set(ON), { code: 'InvalidParameterException' });
});

test('whoever changes it is reported to the user (security.md M05)', async (t) => {
  const { harness, ref, set } = await open(t);
  const last = async () => (await harness.notices('ann@example.com'))[0]?.body ?? '';
  harness.advance(1);
  await set(OFF);
  assert.match(await last(), /After a passkey, a code may be asked for at sign-in\./);
  harness.advance(1);
  await harness.call('AdminSetUserMFAPreference', { ...ref, ...ON });
  assert.match(await last(), /After a passkey, no code is asked for at sign-in\./);
});
