import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FLAGS, makeAuthenticator } from '../testing/passkey-authenticator.ts';
import {
  openWithPasskeys,
  optionsOf,
  proofsOf,
  WRONG,
  type OpenedWithPasskeys,
} from '../testing/passkey-sign-in.ts';
import { configurePasskeys, PASSKEYS_FIRST, registerPasskey } from '../testing/passkeys.ts';
import { signIn } from '../testing/signed-in.ts';
import { testFactor } from '../testing/test-challenges.ts';
import type { FactorChallenge } from './challenges/challenge.ts';
import { webAuthn } from './challenges/web-authn.ts';

/* For how many factors a passkey counts. */

const MULTI = { FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION' } as const;
const SMS = { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms', ExternalId: 'poolhouse' };

/** Whatever the operations would say to it: a pool may have come to it otherwise. */
async function requireMfa({ harness, ref }: OpenedWithPasskeys) {
  await harness.storage.stores.pools.change((await ref()).poolId, (pool) => ({
    ...pool,
    settings: { ...pool.settings, MfaConfiguration: 'ON', SmsConfiguration: SMS },
  }));
}

test('with a verified user it is two factors where the pool says so, on every way to a token', async (t) => {
  const opened = await openWithPasskeys(t);
  const { harness, made, AccessToken, ask, answer } = opened;
  const authenticator = await registerPasskey(harness, AccessToken);
  const byPassword = await signIn(harness, made, 'ann');
  await configurePasskeys(harness, made, MULTI);
  const before = await ask();
  assert.equal(optionsOf(before).userVerification, 'required', 'also where MFA is not');
  const unverified = authenticator.get(optionsOf(before), { flags: FLAGS.UP });
  await assert.rejects(answer(before, unverified), WRONG);
  await requireMfa(opened);
  const asked = await ask();
  const options = optionsOf(asked);
  assert.equal(options.userVerification, 'required');
  await assert.rejects(answer(asked, authenticator.get(options, { flags: FLAGS.UP })), WRONG);
  const outcome = await answer(asked, authenticator.get(options));
  const atMs = harness.world.clock.nowMs();
  const proof = { challenge: 'WEB_AUTHN', atMs, isTwoFactors: true };
  assert.deepEqual(await proofsOf(opened, outcome), [proof]);
  assert(outcome.kind === 'tokens');
  const refresh = (RefreshToken: string | undefined) =>
    harness.call('GetTokensFromRefreshToken', {
      ClientId: made.ClientId,
      RefreshToken: RefreshToken ?? '',
    });
  assert((await refresh(outcome.tokens.RefreshToken)).AuthenticationResult?.AccessToken);
  await assert.rejects(refresh(byPassword.RefreshToken), { code: 'NotAuthorizedException' });
});

test('it is one factor where the pool does not say so', async (t) => {
  for (const configuration of [undefined, { FactorConfiguration: 'SINGLE_FACTOR' }] as const) {
    const opened = await openWithPasskeys(t);
    const { harness, made, AccessToken, ask, answer } = opened;
    const authenticator = await registerPasskey(harness, AccessToken);
    await configurePasskeys(harness, made, configuration);
    const asked = await ask();
    const outcome = await answer(asked, authenticator.get(optionsOf(asked)));
    const atMs = harness.world.clock.nowMs();
    assert.deepEqual(await proofsOf(opened, outcome), [{ challenge: 'WEB_AUTHN', atMs }]);
    assert(outcome.kind === 'tokens');
    await requireMfa(opened);
    const { RefreshToken = '' } = outcome.tokens;
    await assert.rejects(
      harness.call('GetTokensFromRefreshToken', { ClientId: made.ClientId, RefreshToken }),
      { code: 'NotAuthorizedException' },
    );
  }
});

test('a passkey that is one factor leads to the second one', async (t) => {
  const token = testFactor('SOFTWARE_TOKEN_MFA', 'token');
  const opened = await openWithPasskeys(t, PASSKEYS_FIRST, { SOFTWARE_TOKEN_MFA: token });
  const { harness, AccessToken, ask, answer } = opened;
  const authenticator = await registerPasskey(harness, AccessToken);
  const asked = await ask();
  const next = await answer(asked, authenticator.get(optionsOf(asked)));
  assert.equal(next.kind === 'challenge' && next.name, 'SOFTWARE_TOKEN_MFA');
});

test('where it is asked after a password, both are proved', async (t) => {
  const second: FactorChallenge = {
    ...webAuthn,
    isDue: ({ proofs }) => !proofs.some(({ challenge }) => challenge === 'WEB_AUTHN'),
  };
  const opened = await openWithPasskeys(t, PASSKEYS_FIRST, { WEB_AUTHN: second });
  const { harness, AccessToken, start, answer } = opened;
  const authenticator = await registerPasskey(harness, AccessToken);
  const asked = await start();
  await assert.rejects(answer(asked, makeAuthenticator().get(optionsOf(asked))), WRONG);
  const outcome = await answer(asked, authenticator.get(optionsOf(asked)));
  const atMs = harness.world.clock.nowMs();
  const proofs = ['PASSWORD', 'WEB_AUTHN'].map((challenge) => ({ challenge, atMs }));
  assert.deepEqual(await proofsOf(opened, outcome), proofs);
});

test('a passkey that is carried from device to device is told by its proof', async (t) => {
  const opened = await openWithPasskeys(t);
  const { harness, AccessToken, ask, answer } = opened;
  const key = makeAuthenticator({ attachment: 'cross-platform' });
  await registerPasskey(harness, AccessToken, key);
  const asked = await ask();
  const outcome = await answer(asked, key.get(optionsOf(asked)));
  const atMs = harness.world.clock.nowMs();
  const proof = { challenge: 'WEB_AUTHN', atMs, isRoaming: true };
  assert.deepEqual(await proofsOf(opened, outcome), [proof]);
});

test('a user with a second factor is not asked for it after two factors, and is after one', async (t) => {
  for (const [configuration, expected] of [
    [MULTI, 'tokens'],
    [{ FactorConfiguration: 'SINGLE_FACTOR' }, 'challenge'],
  ] as const) {
    const opened = await openWithPasskeys(t, {
      ...PASSKEYS_FIRST,
      MfaConfiguration: 'OPTIONAL',
      SmsConfiguration: SMS,
      AutoVerifiedAttributes: ['phone_number'],
    });
    const { harness, AccessToken, ask, answer, ref } = opened;
    const authenticator = await registerPasskey(harness, AccessToken);
    await harness.storage.stores.users.change(await ref(), (user) => ({
      ...user,
      attributes: { ...user.attributes, phone_number: '+15550100' },
      mfa: { enabled: ['SMS_MFA'] },
    }));
    await configurePasskeys(harness, opened.made, {
      ...configuration,
      UserVerification: 'preferred',
    });
    await harness.storage.stores.configurations.change(
      { poolId: (await ref()).poolId, kind: 'mfa' },
      (current) => ({ ...current, SmsMfaConfiguration: {} }),
      harness.world.clock.nowMs(),
    );
    const asked = await ask();
    const outcome = await answer(asked, authenticator.get(optionsOf(asked)));
    assert.equal(outcome.kind, expected);
    if (outcome.kind === 'challenge') assert.equal(outcome.name, 'SMS_MFA');
  }
});
