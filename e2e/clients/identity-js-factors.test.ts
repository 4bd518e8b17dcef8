/** amazon-cognito-identity-js, unmodified: second factors. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserPool,
  type CognitoUserSession,
} from 'amazon-cognito-identity-js';
import { codeOf } from './authenticator-app.ts';
import { startServer } from './server-under-test.ts';
import { BY_CODE, makeTutorialPool, makeUser, PASSWORD } from './tutorial-pool.ts';

const server = await startServer();
after(() => server.remove());
const aws = server.client();
const SmsConfiguration = {
  SnsCallerArn: 'arn:aws:iam::000000000000:role/sms',
  ExternalId: 'tutorial',
};

/** A pool with all factors, and somebody who signs in to it. */
async function open(MfaConfiguration: 'ON' | 'OPTIONAL') {
  const { UserPoolId, ClientId } = await makeTutorialPool(aws, BY_CODE);
  await makeUser(aws, UserPoolId, 'mara');
  await aws.setUserPoolMfaConfig({
    ...{ UserPoolId, MfaConfiguration, SmsMfaConfiguration: { SmsConfiguration } },
    SoftwareTokenMfaConfiguration: { Enabled: true },
  });
  const Pool = new CognitoUserPool({ UserPoolId, ClientId, endpoint: server.url });
  const user = new CognitoUser({ Username: 'mara', Pool });
  user.setAuthenticationFlowType('USER_PASSWORD_AUTH');
  return { UserPoolId, user };
}

type Asked = 'mfaRequired' | 'totpRequired' | 'mfaSetup' | 'selectMFAType';
type SignedIn = { readonly session: CognitoUserSession } | { readonly asked: Asked };

/** What the library calls back with, first. */
function ended(start: (callbacks: Parameters<CognitoUser['authenticateUser']>[1]) => void) {
  return new Promise<SignedIn>((resolve, reject) => {
    const asks = (asked: Asked) => () => resolve({ asked });
    start({
      onSuccess: (session) => resolve({ session }),
      onFailure: reject,
      mfaRequired: asks('mfaRequired'),
      totpRequired: asks('totpRequired'),
      mfaSetup: asks('mfaSetup'),
      selectMFAType: asks('selectMFAType'),
    });
  });
}

const enter = (user: CognitoUser) => {
  const details = new AuthenticationDetails({ Username: 'mara', Password: PASSWORD });
  return ended((callbacks) => user.authenticateUser(details, callbacks));
};
const sendCode = (user: CognitoUser, code: string, type?: string) =>
  ended((callbacks) => user.sendMFACode(code, callbacks, type));
const associate = (user: CognitoUser) =>
  new Promise<string>((resolve, reject) => {
    user.associateSoftwareToken({ associateSecretCode: resolve, onFailure: reject });
  });
const verify = (user: CognitoUser, code: string) =>
  new Promise<unknown>((resolve, reject) => {
    user.verifySoftwareToken(code, 'phone', { onSuccess: resolve, onFailure: reject });
  });
type Settings = Parameters<CognitoUser['setUserMfaPreference']>[0];
const prefer = (user: CognitoUser, texts: Settings, application: Settings) =>
  new Promise<string | undefined>((resolve, reject) => {
    user.setUserMfaPreference(texts, application, (error, result) =>
      error ? reject(error) : resolve(result),
    );
  });

test('an application is set up while signing in, and asked for from then on', async () => {
  const { UserPoolId, user } = await open('ON');
  await aws.adminUpdateUserAttributes({
    ...{ UserPoolId, Username: 'mara' },
    UserAttributes: [{ Name: 'phone_number', Value: '' }],
  });
  assert.deepEqual(await enter(user), { asked: 'mfaSetup' });
  const secret = await associate(user);
  await assert.rejects(verify(user, codeOf(secret, 0)), {
    name: 'EnableSoftwareTokenMFAException',
  });
  // The library ends the sign-in by itself once the code is right.
  await verify(user, codeOf(secret, Date.now() - 30_000));
  assert(user.getSignInUserSession()?.isValid());
  assert.deepEqual(await enter(user), { asked: 'totpRequired' });
  await assert.rejects(sendCode(user, codeOf(secret, 0), 'SOFTWARE_TOKEN_MFA'), {
    name: 'CodeMismatchException',
  });
  const done = await sendCode(user, codeOf(secret), 'SOFTWARE_TOKEN_MFA');
  assert('session' in done && done.session.isValid());
});

test('factors are turned on, preferred, and chosen where none is preferred', async () => {
  const { UserPoolId, user } = await open('OPTIONAL');
  const phone = '+15550123456';
  await aws.adminUpdateUserAttributes({
    ...{ UserPoolId, Username: 'mara' },
    UserAttributes: [{ Name: 'phone_number', Value: phone }],
  });
  const sent = async () => {
    const to = encodeURIComponent(phone);
    const answer = await fetch(`${server.url}/inbox/messages?to=${to}`);
    const { messages } = (await answer.json()) as { messages: readonly { code?: string }[] };
    return messages[0]?.code ?? assert.fail('no code');
  };
  assert('session' in (await enter(user)));
  const secret = await associate(user);
  await verify(user, codeOf(secret, Date.now() - 30_000));
  assert.equal(await prefer(user, { Enabled: true, PreferredMfa: true }, null), 'SUCCESS');
  assert.deepEqual(await enter(user), { asked: 'mfaRequired' });
  assert('session' in (await sendCode(user, await sent())));
  const on = { Enabled: true, PreferredMfa: false };
  assert.equal(await prefer(user, on, on), 'SUCCESS');
  assert.deepEqual(await enter(user), { asked: 'selectMFAType' });
  const asked = await ended((callbacks) =>
    user.sendMFASelectionAnswer('SOFTWARE_TOKEN_MFA', callbacks),
  );
  assert.deepEqual(asked, { asked: 'totpRequired' });
  const done = await sendCode(user, codeOf(secret), 'SOFTWARE_TOKEN_MFA');
  assert('session' in done && done.session.isValid());
});
