import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { openHarness } from '../../testing/harness.ts';
import { addUser, signIn } from '../../testing/signed-in.ts';
import { sms } from '../../testing/sms-role.ts';

async function open(t: TestContext, MfaConfiguration: 'ON' | 'OPTIONAL' = 'OPTIONAL') {
  const harness = await openHarness(t);
  const made = await harness.makePool();
  const { UserPoolId } = made;
  await addUser(harness, made, 'ann', { email: 'ann@example.com', phone_number: '+15550123456' });
  const { AccessToken } = await signIn(harness, made, 'ann');
  await harness.call('SetUserPoolMfaConfig', {
    ...{ UserPoolId, MfaConfiguration },
    SmsMfaConfiguration: { SmsConfiguration: sms },
    EmailMfaConfiguration: {},
    SoftwareTokenMfaConfiguration: { Enabled: true },
  });
  const user = { UserPoolId, Username: 'ann' };
  const shown = async () => {
    const { UserMFASettingList, PreferredMfaSetting } = await harness.call('AdminGetUser', user);
    return { UserMFASettingList, PreferredMfaSetting };
  };
  return { harness, made, user, AccessToken, shown };
}

const ON = { Enabled: true };
const OFF = { Enabled: false };
const PREFERRED = { Enabled: true, PreferredMfa: true };

test('methods are listed in one order, and what is left out stays as it is', async (t) => {
  const { harness, AccessToken, shown } = await open(t);
  const set = (settings: object) =>
    harness.call('SetUserMFAPreference', { AccessToken, ...settings });
  await set({ EmailMfaSettings: ON });
  await set({ SMSMfaSettings: PREFERRED });
  const both = ['SMS_MFA', 'EMAIL_OTP'];
  assert.deepEqual(await shown(), { UserMFASettingList: both, PreferredMfaSetting: 'SMS_MFA' });
  await set({ EmailMfaSettings: PREFERRED });
  assert.deepEqual(await shown(), { UserMFASettingList: both, PreferredMfaSetting: 'EMAIL_OTP' });
  await set({ EmailMfaSettings: { Enabled: true, PreferredMfa: false } });
  assert.deepEqual(await shown(), { UserMFASettingList: both, PreferredMfaSetting: undefined });
  await set({ EmailMfaSettings: PREFERRED });
  await set({ EmailMfaSettings: OFF });
  assert.deepEqual(await shown(), {
    UserMFASettingList: ['SMS_MFA'],
    PreferredMfaSetting: undefined,
  });
  await set({ SMSMfaSettings: OFF });
  assert.deepEqual(await shown(), {
    UserMFASettingList: undefined,
    PreferredMfaSetting: undefined,
  });
});

test('two preferred methods, or one that the user cannot answer, change nothing', async (t) => {
  const { harness, user, AccessToken, shown } = await open(t);
  const nothing = await shown();
  const cannot = 'User does not have delivery config set to turn on SOFTWARE_TOKEN_MFA';
  const lacking = { SMSMfaSettings: ON, SoftwareTokenMfaSettings: ON };
  const two = { SMSMfaSettings: PREFERRED, EmailMfaSettings: PREFERRED };
  const passkey = { WebAuthnMfaSettings: ON };
  for (const [settings, text] of [
    [lacking, cannot],
    [two, undefined],
    [passkey, undefined],
  ] as const) {
    const own = { AccessToken, ...settings };
    await harness.refuses('SetUserMFAPreference', own, 'InvalidParameterException', text);
    const byAdmin = { ...user, ...settings };
    await harness.refuses('AdminSetUserMFAPreference', byAdmin, 'InvalidParameterException', text);
  }
  await harness.call('AdminDeleteUserAttributes', {
    ...user,
    UserAttributeNames: ['phone_number'],
  });
  const gone = { AccessToken, SMSMfaSettings: ON };
  await harness.refuses(
    'SetUserMFAPreference',
    gone,
    'InvalidParameterException',
    'User does not have delivery config set to turn on SMS_MFA',
  );
  assert.deepEqual(await shown(), nothing);
});

test('a method that the pool does not have cannot be turned on', async (t) => {
  const { harness, user, AccessToken } = await open(t);
  await harness.call('SetUserPoolMfaConfig', {
    ...{ UserPoolId: user.UserPoolId, MfaConfiguration: 'OPTIONAL' },
    SoftwareTokenMfaConfiguration: { Enabled: true },
  });
  const settings = { AccessToken, SMSMfaSettings: ON };
  await harness.refuses('SetUserMFAPreference', settings, 'InvalidParameterException');
});

test('where MFA is required, a user cannot turn the last method off (security.md M06)', async (t) => {
  const { harness, user, AccessToken, shown } = await open(t, 'ON');
  await harness.call('AdminSetUserMFAPreference', { ...user, SMSMfaSettings: ON });
  // The session began with one factor, before the pool required two; its access token lives on.
  const off = { AccessToken, SMSMfaSettings: OFF };
  await harness.refuses('SetUserMFAPreference', off, 'InvalidParameterException');
  assert.deepEqual((await shown()).UserMFASettingList, ['SMS_MFA']);
  await harness.call('SetUserMFAPreference', {
    AccessToken,
    SMSMfaSettings: OFF,
    EmailMfaSettings: ON,
  });
  assert.deepEqual((await shown()).UserMFASettingList, ['EMAIL_OTP']);
});

test('the older operations turn text messages on and off', async (t) => {
  const { harness, user, AccessToken, shown } = await open(t);
  const MFAOptions = [{ DeliveryMedium: 'SMS', AttributeName: 'phone_number' }] as const;
  await harness.call('SetUserSettings', { AccessToken, MFAOptions });
  assert.deepEqual((await shown()).UserMFASettingList, ['SMS_MFA']);
  await harness.call('SetUserSettings', { AccessToken, MFAOptions: [] });
  assert.deepEqual((await shown()).UserMFASettingList, undefined);
  await harness.call('AdminSetUserSettings', { ...user, MFAOptions });
  assert.deepEqual((await shown()).UserMFASettingList, ['SMS_MFA']);
  await harness.call('AdminSetUserSettings', { ...user, MFAOptions: [] });
  assert.deepEqual((await shown()).UserMFASettingList, undefined);
});
