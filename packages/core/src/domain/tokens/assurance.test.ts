import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChallengeNameType } from '@poolhouse/model';
import type { Pool } from '../pools/pool.ts';
import { assuranceClaims, reachesLevel } from './assurance.ts';

const pool = (settings: Partial<Pool['settings']> = {}) => ({
  settings: { SchemaAttributes: [], ...settings },
});
const session = (...proved: readonly ChallengeNameType[]) => ({
  proofs: proved.map((challenge, atMs) => ({ challenge, atMs })),
});

/** What was proved, the level that it reaches, and what the tokens say of how. */
const cases: readonly (readonly [
  proved: readonly ChallengeNameType[],
  level: number,
  amr?: readonly string[],
])[] = [
  [['PASSWORD'], 1, ['pwd']],
  [['PASSWORD_VERIFIER'], 1, ['pwd']],
  [['ADMIN_NO_SRP_AUTH'], 1, ['pwd']],
  [['PASSWORD', 'PASSWORD_VERIFIER'], 1, ['pwd']],
  [['CUSTOM_CHALLENGE'], 1],
  [['PASSWORD_VERIFIER', 'CUSTOM_CHALLENGE'], 1, ['pwd']],
  [['PASSWORD_VERIFIER', 'DEVICE_PASSWORD_VERIFIER'], 1, ['pwd']],
  [['SMS_OTP'], 2, ['sms']],
  [['EMAIL_OTP'], 2, ['email_otp']],
  [['EMAIL_OTP', 'SMS_MFA'], 2, ['email_otp', 'sms', 'mfa']],
  [['EMAIL_OTP', 'SOFTWARE_TOKEN_MFA'], 2, ['email_otp', 'otp', 'mfa']],
  [['WEB_AUTHN'], 3, ['swk']],
  [['PASSWORD', 'SMS_MFA'], 3, ['pwd', 'sms', 'mfa']],
  [['PASSWORD_VERIFIER', 'EMAIL_OTP'], 3, ['pwd', 'email_otp', 'mfa']],
  [['WEB_AUTHN', 'SOFTWARE_TOKEN_MFA'], 3, ['swk', 'otp', 'mfa']],
  [['PASSWORD', 'WEB_AUTHN'], 3, ['pwd', 'swk', 'mfa']],
  [['PASSWORD', 'SOFTWARE_TOKEN_MFA'], 4, ['pwd', 'otp', 'mfa']],
  [['PASSWORD_VERIFIER', 'SMS_MFA', 'SOFTWARE_TOKEN_MFA'], 4, ['pwd', 'sms', 'otp', 'mfa']],
];

test('the level is the highest that the proofs reach together, and every method is named once', () => {
  for (const [proved, level, amr] of cases) {
    assert.deepEqual(
      assuranceClaims(pool(), session(...proved)),
      { acr: `urn:cognito:loa:${level}`, ...(amr && { amr }) },
      proved.join(' '),
    );
  }
});

test('a passkey that is carried along is named otherwise', () => {
  const roaming = { challenge: 'WEB_AUTHN', atMs: 0, isRoaming: true } as const;
  const claims = assuranceClaims(pool(), { proofs: [roaming] });
  assert.deepEqual(claims, { acr: 'urn:cognito:loa:3', amr: ['hwk'] });
  // Nothing else is named after that.
  const odd = { challenge: 'PASSWORD', atMs: 0, isRoaming: true } as const;
  assert.deepEqual(assuranceClaims(pool(), { proofs: [odd] })['amr'], ['pwd']);
});

test('proofs reach a level, and all below it', () => {
  const levels = ['Level1', 'Level2', 'Level3', 'Level4'] as const;
  for (const [proved, level] of cases) {
    const proofs = session(...proved).proofs ?? [];
    assert.deepEqual(
      levels.map((one) => reachesLevel(proofs, one)),
      levels.map((_, at) => at < level),
      proved.join(' '),
    );
  }
});

test('a level has the pool’s own name', () => {
  const named = pool({ AcrConfiguration: { Level1: { AcrValue: 'https://shop.example/low' } } });
  assert.equal(assuranceClaims(named, session('PASSWORD'))['acr'], 'https://shop.example/low');
  assert.equal(assuranceClaims(named, session('SMS_OTP'))['acr'], 'urn:cognito:loa:2');
});

test('whom an identity provider vouched for has the lowest level', () => {
  const federated = { proofs: [], identityProvider: 'Google' };
  assert.deepEqual(assuranceClaims(pool(), federated), { acr: 'urn:cognito:loa:1', amr: ['fed'] });
});

test('nothing is said below Essentials, or of a session about which nothing is known', () => {
  assert.deepEqual(assuranceClaims(pool({ UserPoolTier: 'LITE' }), session('PASSWORD')), {});
  assert.deepEqual(assuranceClaims(pool(), {}), {});
});
