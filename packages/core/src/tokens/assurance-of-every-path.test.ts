import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeTarget } from '../testing/target.ts';
import { openFor, waysToAToken } from '../testing/token-paths.ts';

/** The level that the proofs of a way reach, and how its tokens name them. A way with other proofs gets its row here first. */
const levels: Readonly<Record<string, readonly [level: number, amr?: readonly string[]]>> = {
  PASSWORD: [1, ['pwd']],
  PASSWORD_VERIFIER: [1, ['pwd']],
  SMS_OTP: [2, ['sms']],
  EMAIL_OTP: [2, ['email_otp']],
  WEB_AUTHN: [3, ['swk']],
  CUSTOM_CHALLENGE: [1],
  'PASSWORD_VERIFIER CUSTOM_CHALLENGE': [1, ['pwd']],
  'PASSWORD SMS_MFA': [3, ['pwd', 'sms', 'mfa']],
  'PASSWORD_VERIFIER SMS_MFA': [3, ['pwd', 'sms', 'mfa']],
  'PASSWORD EMAIL_OTP': [3, ['pwd', 'email_otp', 'mfa']],
  'PASSWORD_VERIFIER EMAIL_OTP': [3, ['pwd', 'email_otp', 'mfa']],
  'PASSWORD SOFTWARE_TOKEN_MFA': [4, ['pwd', 'otp', 'mfa']],
  // For a device the service names nothing, and it makes nobody better recognised.
  'PASSWORD DEVICE_PASSWORD_VERIFIER': [1, ['pwd']],
  'PASSWORD_VERIFIER SOFTWARE_TOKEN_MFA': [4, ['pwd', 'otp', 'mfa']],
};

const claimsOf = (token = '') => {
  const [, body = ''] = token.split('.');
  return JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>;
};

for (const way of waysToAToken) {
  test(`${way.name}: both tokens say how well the person was recognised`, async (t) => {
    const harness = await openFor(t, way);
    const last = await way.begin(harness, await makeTarget(harness, way));
    const tokens = await last();
    const row = levels[way.proves.join(' ')];
    assert(row, `a row for ${way.proves.join(' ')}`);
    const [level, wanted] = row;
    for (const token of [tokens?.AccessToken, tokens?.IdToken]) {
      const { acr, amr } = claimsOf(token);
      assert.deepEqual([acr, amr], [`urn:cognito:loa:${level}`, wanted]);
    }
  });
}
