import { test } from 'node:test';
import { openHarness } from '../../testing/harness.ts';
import { addUser } from '../../testing/signed-in.ts';

test('a code that was sent before its address became the second factor recovers nothing (behaviour.md 5.7)', async (t) => {
  for (const how of ['turned on by the user', 'required by the pool', 'sent by an administrator']) {
    const harness = await openHarness(t);
    const made = await harness.makePool();
    const { UserPoolId, ClientId } = made;
    const email = 'ann@example.com';
    await addUser(harness, made, 'ann', { email, email_verified: 'true' });
    const user = { UserPoolId, Username: 'ann' };
    if (how === 'sent by an administrator') await harness.call('AdminResetUserPassword', user);
    else await harness.call('ForgotPassword', { ClientId, Username: 'ann' });
    const MfaConfiguration = how === 'required by the pool' ? 'ON' : 'OPTIONAL';
    const config = { UserPoolId, MfaConfiguration, EmailMfaConfiguration: {} } as const;
    await harness.call('SetUserPoolMfaConfig', config);
    const EmailMfaSettings = { Enabled: true };
    await harness.call('AdminSetUserMFAPreference', { ...user, EmailMfaSettings });
    const reset = {
      ...{ ClientId, Username: 'ann', Password: 'Another-Horse-7' },
      ConfirmationCode: await harness.code(email),
    };
    await harness.refuses('ConfirmForgotPassword', reset, 'ExpiredCodeException');
  }
});
