import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InputOf, OutputOf } from '@poolhouse/model';
import { createSrpSession } from 'cognito-srp-helper';
import { openChoosing } from '../testing/choosing.ts';
import { goodPassword, sessionOf } from '../testing/signed-in.ts';
import { sms } from '../testing/sms-role.ts';
import type { AskedOptions } from '../testing/passkey-sign-in.ts';
import { registerPasskey } from '../testing/passkeys.ts';

type Asked = OutputOf<'InitiateAuth'>;

test('a passkey signs in where it is preferred or chosen, also whom wrong passwords have locked', async (t) => {
  const { start, answer, harness, made } = await openChoosing(t, ['PASSWORD', 'WEB_AUTHN']);
  const first = await start({ PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD: goodPassword });
  assert.deepEqual((await start()).AvailableChallenges, ['PASSWORD_SRP', 'PASSWORD']);
  const { AccessToken = '' } = first.AuthenticationResult ?? {};
  const authenticator = await registerPasskey(harness, AccessToken);
  const available = ['PASSWORD_SRP', 'PASSWORD', 'WEB_AUTHN'];
  const credentialFor = (asked: Asked) => {
    assert.equal(asked.ChallengeName, 'WEB_AUTHN');
    assert.deepEqual(asked.AvailableChallenges, available);
    const options = asked.ChallengeParameters?.['CREDENTIAL_REQUEST_OPTIONS'] ?? '';
    return JSON.stringify(authenticator.get(JSON.parse(options) as AskedOptions));
  };
  const finish = async (asked: Asked) =>
    answer(asked.Session, 'WEB_AUTHN', { CREDENTIAL: credentialFor(asked) });
  assert((await finish(await start({ PREFERRED_CHALLENGE: 'WEB_AUTHN' }))).AuthenticationResult);
  for (let at = 0; at < 6; at += 1) {
    await start({ PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD: 'Wrong-0000' }).catch(() => undefined);
  }
  const locked = { message: 'Password attempts exceeded' };
  await assert.rejects(start({ PREFERRED_CHALLENGE: 'PASSWORD' }), locked);
  const { Session } = await start();
  await assert.rejects(answer(Session, 'SELECT_CHALLENGE', { ANSWER: 'PASSWORD' }), locked);
  const SRP_A = createSrpSession('ann', goodPassword, made.UserPoolId, false).largeA;
  const bySrp = { ANSWER: 'PASSWORD_SRP', SRP_A };
  await assert.rejects(answer(Session, 'SELECT_CHALLENGE', bySrp), locked);
  const chosen = await answer(Session, 'SELECT_CHALLENGE', { ANSWER: 'WEB_AUTHN' });
  assert((await finish(chosen)).AuthenticationResult);
});

test('beside a second factor a passkey is offered only where it is two factors', async (t) => {
  const { start, harness, user } = await openChoosing(t, ['PASSWORD', 'WEB_AUTHN']);
  const first = await start({ PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD: goodPassword });
  await registerPasskey(harness, first.AuthenticationResult?.AccessToken ?? '');
  const configure = (more: Partial<InputOf<'SetUserPoolMfaConfig'>> = {}) =>
    harness.call('SetUserPoolMfaConfig', {
      ...{ UserPoolId: user.UserPoolId, MfaConfiguration: 'OPTIONAL', ...more },
      SmsMfaConfiguration: { SmsConfiguration: sms },
    });
  await configure();
  await harness.call('AdminSetUserMFAPreference', { ...user, SMSMfaSettings: { Enabled: true } });
  assert.deepEqual((await start()).AvailableChallenges, ['PASSWORD_SRP', 'PASSWORD']);
  await configure({
    WebAuthnConfiguration: { FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION' },
  });
  const { AvailableChallenges } = await start();
  assert.deepEqual(AvailableChallenges, ['PASSWORD_SRP', 'PASSWORD', 'WEB_AUTHN']);
});

test('who confirms the sign-up in the same session signs in at once, once', async (t) => {
  const { harness, made, start } = await openChoosing(t);
  const { UserPoolId, ClientId } = made;
  await harness.call('UpdateUserPool', {
    ...{ UserPoolId, AutoVerifiedAttributes: ['email'], SmsConfiguration: sms },
  });
  const email = 'new@example.com';
  const signUp = async (Username: string, client = ClientId) => {
    const UserAttributes = [{ Name: 'email', Value: `${Username}@example.com` }];
    const signedUp = await harness.call('SignUp', { ClientId: client, Username, UserAttributes });
    return signedUp.Session ?? '';
  };
  const confirm = async (Username: string, Session: string) => {
    const ConfirmationCode = await harness.code(`${Username}@example.com`);
    const given = { ClientId, Username, ConfirmationCode, Session };
    return harness.call('ConfirmSignUp', given);
  };
  const first = await signUp('new');
  const confirmed = await confirm('new', first);
  assert.deepEqual(Object.keys(confirmed), ['Session']);
  const begin = (Session: string | undefined, USERNAME = 'new') =>
    harness.call('InitiateAuth', {
      ...{ ClientId, AuthFlow: 'USER_AUTH', Session },
      AuthParameters: { USERNAME },
    });
  const invalid = { code: 'NotAuthorizedException', message: 'Invalid session for the user.' };
  await assert.rejects(begin(confirmed.Session, 'ann'), invalid);
  await assert.rejects(begin(first), invalid, 'the session from SignUp proves nothing');
  const done = await begin(confirmed.Session);
  const { proofs } = await sessionOf(harness, done.AuthenticationResult?.RefreshToken);
  assert.deepEqual(
    proofs?.map(({ challenge }) => challenge),
    ['EMAIL_OTP'],
  );
  await assert.rejects(begin(confirmed.Session), {
    message: 'Invalid session for the user, session can only be used once.',
  });
  // A session that is sent along has to be of this very sign-up; the one that comes back does not last long.
  const second = await signUp('second');
  await signUp('third');
  assert.deepEqual(await confirm('third', second), {});
  const late = await confirm('second', second);
  harness.advance(180_000);
  await assert.rejects(begin(late.Session, 'second'), { code: 'NotAuthorizedException' });
  assert.equal((await start({}, 'second')).ChallengeName, 'SELECT_CHALLENGE');
  const { ConfiguredUserAuthFactors } = await harness.call('AdminGetUserAuthFactors', {
    ...{ UserPoolId, Username: 'new' },
  });
  assert.deepEqual(ConfiguredUserAuthFactors, ['EMAIL_OTP']);
  const { AccessToken = '' } = done.AuthenticationResult ?? {};
  assert.deepEqual(await harness.call('GetUserAuthFactors', { AccessToken }), {
    ...{ Username: 'new', ConfiguredUserAuthFactors: ['EMAIL_OTP'] },
  });
  assert.equal((await harness.messages(email)).length, 1, 'no further code');
});
