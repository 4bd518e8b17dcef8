/** Amplify v6, unmodified, with only `userPoolEndpoint` set: what today's web applications use. */
import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { Amplify } from 'aws-amplify';
import {
  AuthError,
  confirmResetPassword,
  confirmSignIn,
  confirmSignUp,
  confirmUserAttribute,
  deleteUser,
  deleteUserAttributes,
  fetchAuthSession,
  fetchUserAttributes,
  getCurrentUser,
  resendSignUpCode,
  resetPassword,
  sendUserAttributeVerificationCode,
  signIn,
  signOut,
  signUp,
  updatePassword,
  updateUserAttribute,
  updateUserAttributes,
} from 'aws-amplify/auth';
import { cognitoUserPoolsTokenProvider } from 'aws-amplify/auth/cognito';
import { startServer } from './server-under-test.ts';
import { BY_CODE, makeTutorialPool, makeUser, PASSWORD, roleOf } from './tutorial-pool.ts';

const server = await startServer();
after(() => server.remove());
const aws = server.client();
const pool = await makeTutorialPool(aws, {
  ...BY_CODE,
  UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
});
Amplify.configure({
  Auth: {
    Cognito: {
      userPoolId: pool.UserPoolId,
      userPoolClientId: pool.ClientId,
      userPoolEndpoint: server.url,
    },
  },
});

/** Replaces the last device by a fresh one, on which nobody is signed in. */
function takeNewDevice(): void {
  const kept = new Map<string, string>();
  cognitoUserPoolsTokenProvider.setKeyValueStorage({
    setItem: async (name, value) => void kept.set(name, value),
    getItem: async (name) => kept.get(name) ?? null,
    removeItem: async (name) => void kept.delete(name),
    clear: async () => kept.clear(),
  });
}

type Flow = 'USER_SRP_AUTH' | 'USER_PASSWORD_AUTH';
const DONE = { isSignedIn: true, nextStep: { signInStep: 'DONE' } };

/** Signs in on a fresh device. */
function enter(username: string, password = PASSWORD, authFlowType: Flow = 'USER_PASSWORD_AUTH') {
  takeNewDevice();
  return signIn({ username, password, options: { authFlowType } });
}

/** The tokens of whoever is signed in. */
async function tokens(forceRefresh = false) {
  const { tokens: found } = await fetchAuthSession({ forceRefresh });
  assert(found?.accessToken && found.idToken);
  return { access: found.accessToken, id: found.idToken };
}

/** A refusal as applications see it: its name, and its text if they show it. */
async function refuses(attempt: Promise<unknown>, name: string, message?: string): Promise<void> {
  await assert.rejects(attempt, (error) => {
    assert(error instanceof AuthError, String(error));
    assert.equal(error.name, name);
    if (message !== undefined) assert.equal(error.message, message);
    return true;
  });
}

suite('signing up', () => {
  const [username, email] = ['ada', 'ada@example.com'];

  test('asks for the code, sends it again, refuses a wrong one and takes the right one', async () => {
    const details = { destination: 'a***@e***', deliveryMedium: 'EMAIL', attributeName: 'email' };
    const answer = await signUp({
      username,
      password: PASSWORD,
      options: { userAttributes: { email, nickname: 'Countess' } },
    });
    assert.equal(answer.isSignUpComplete, false);
    assert.match(answer.userId ?? '', /^[0-9a-f-]{36}$/);
    assert.deepEqual(answer.nextStep, {
      signUpStep: 'CONFIRM_SIGN_UP',
      codeDeliveryDetails: details,
    });
    const early = await enter(username);
    assert.equal(early.nextStep.signInStep, 'CONFIRM_SIGN_UP');
    const first = await server.code(email);
    assert.deepEqual(await resendSignUpCode({ username }), details);
    const confirmationCode = await server.code(email);
    const wrong = ['000000', '000001', '000002'].find(
      (code) => code !== first && code !== confirmationCode,
    );
    await refuses(
      confirmSignUp({ username, confirmationCode: wrong ?? '' }),
      'CodeMismatchException',
      'Invalid verification code provided, please try again.',
    );
    assert.deepEqual(await confirmSignUp({ username, confirmationCode }), {
      isSignUpComplete: true,
      nextStep: { signUpStep: 'DONE' },
    });
    assert.deepEqual(await enter(username), DONE);
    const attributes = await fetchUserAttributes();
    assert.equal(attributes.sub, answer.userId);
    assert.equal(attributes.email_verified, 'true');
    assert.equal(attributes.nickname, 'Countess');
  });

  test('names what is wrong', async () => {
    const again = (password: string, name = username) =>
      signUp({ username: name, password, options: { userAttributes: { email } } });
    await refuses(again(PASSWORD), 'UsernameExistsException', 'User already exists');
    await refuses(
      again('short', 'new'),
      'InvalidPasswordException',
      'Password did not conform with policy: Password not long enough',
    );
    await refuses(
      signUp({ username: 'new', password: PASSWORD }),
      'InvalidParameterException',
      'Attributes did not conform to the schema: email: The attribute is required\n',
    );
    await refuses(
      again(PASSWORD, email),
      'InvalidParameterException',
      'Username cannot be of email format, since user pool is configured for email alias.',
    );
    await refuses(
      confirmSignUp({ username, confirmationCode: '123456' }),
      'NotAuthorizedException',
      'User cannot be confirmed. Current status is CONFIRMED',
    );
    await refuses(
      resendSignUpCode({ username }),
      'InvalidParameterException',
      'User is already confirmed.',
    );
  });
});

suite('signing in', () => {
  for (const flow of ['USER_SRP_AUTH', 'USER_PASSWORD_AUTH'] as const) {
    test(`by ${flow}: the session, the user and a forced refresh`, async () => {
      const username = `in-${flow}`;
      await makeUser(aws, pool.UserPoolId, username, ['admin', 'member']);
      assert.deepEqual(await enter(`${username}@example.com`, PASSWORD, flow), DONE);
      const first = await tokens();
      assert.equal(first.access.payload['username'], username);
      assert.deepEqual(first.id.payload['cognito:groups'], ['admin', 'member']);
      assert.equal(first.id.payload['cognito:preferred_role'], roleOf('admin'));
      assert.equal(first.access.payload.iss, `${server.publicUrl}/${pool.UserPoolId}`);
      const user = await getCurrentUser();
      assert.equal(user.username, username);
      assert.equal(user.userId, first.access.payload.sub);
      assert.equal(user.signInDetails?.authFlowType, flow);

      assert.equal((await tokens()).access.toString(), first.access.toString());
      const renewed = await tokens(true);
      assert.notEqual(renewed.access.toString(), first.access.toString());
      assert.notEqual(renewed.id.toString(), first.id.toString());
      assert.equal(renewed.access.payload['origin_jti'], first.access.payload['origin_jti']);
      assert.equal(renewed.access.payload['auth_time'], first.access.payload['auth_time']);
      await signOut();
      await refuses(getCurrentUser(), 'UserUnAuthenticatedException');
    });

    test(`by ${flow}: a temporary password has to be replaced`, async () => {
      const Username = `new-${flow}`;
      await aws.adminCreateUser({
        UserPoolId: pool.UserPoolId,
        Username,
        TemporaryPassword: 'Temporary-1!',
        MessageAction: 'SUPPRESS',
      });
      const asked = await enter(Username, 'Temporary-1!', flow);
      assert.deepEqual(asked.nextStep, {
        signInStep: 'CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED',
        missingAttributes: ['email'],
      });
      const userAttributes = { email: `${Username}@example.com` };
      await refuses(
        confirmSignIn({ challengeResponse: 'weak', options: { userAttributes } }),
        'InvalidPasswordException',
      );
      assert.deepEqual(
        await confirmSignIn({ challengeResponse: PASSWORD, options: { userAttributes } }),
        DONE,
      );
      assert.equal((await fetchUserAttributes()).email, `${Username}@example.com`);
    });

    test(`by ${flow}: names what is wrong`, async () => {
      await makeUser(aws, pool.UserPoolId, `out-${flow}`);
      const key = { UserPoolId: pool.UserPoolId, Username: `out-${flow}` };
      await refuses(
        enter(key.Username, 'Wrong-one-1', flow),
        'NotAuthorizedException',
        'Incorrect username or password.',
      );
      await refuses(
        enter('nobody', PASSWORD, flow),
        'UserNotFoundException',
        'User does not exist.',
      );
      await aws.adminDisableUser(key);
      await refuses(
        enter(key.Username, PASSWORD, flow),
        'NotAuthorizedException',
        'User is disabled.',
      );
      await aws.adminEnableUser(key);
      await aws.adminResetUserPassword(key);
      const { nextStep } = await enter(key.Username, PASSWORD, flow);
      assert.equal(nextStep.signInStep, 'RESET_PASSWORD');
    });
  }

  test('happens once: a user who is signed in cannot sign in again', async () => {
    await makeUser(aws, pool.UserPoolId, 'twice');
    await enter('twice');
    await refuses(
      signIn({ username: 'twice', password: PASSWORD }),
      'UserAlreadyAuthenticatedException',
    );
  });
});

suite('somebody who is signed in', () => {
  test('changes attributes; a new address counts once its code has been entered', async () => {
    await makeUser(aws, pool.UserPoolId, 'mover');
    await enter('mover');
    const updated = await updateUserAttributes({
      userAttributes: { email: 'moved@example.com', preferred_username: 'shaker' },
    });
    assert.deepEqual(updated.preferred_username, {
      isUpdated: true,
      nextStep: { updateAttributeStep: 'DONE' },
    });
    assert.deepEqual(updated.email, {
      isUpdated: false,
      nextStep: {
        updateAttributeStep: 'CONFIRM_ATTRIBUTE_WITH_CODE',
        codeDeliveryDetails: {
          attributeName: 'email',
          deliveryMedium: 'EMAIL',
          destination: 'm***@e***',
        },
      },
    });
    const before = await fetchUserAttributes();
    assert.equal(before.email, 'mover@example.com');
    assert.equal(before.email_verified, 'true');
    const confirm = (confirmationCode: string) =>
      confirmUserAttribute({ userAttributeKey: 'email', confirmationCode });
    const code = await server.code('moved@example.com');
    await refuses(confirm(code === '000000' ? '000001' : '000000'), 'CodeMismatchException');
    await confirm(code);
    const changed = await fetchUserAttributes();
    assert.equal(changed.email, 'moved@example.com');
    assert.equal(changed.email_verified, 'true');
    const sent = await sendUserAttributeVerificationCode({ userAttributeKey: 'email' });
    assert.equal(sent.deliveryMedium, 'EMAIL');
    await updateUserAttribute({ userAttribute: { attributeKey: 'nickname', value: 'M' } });
    assert.equal((await fetchUserAttributes()).nickname, 'M');
    await deleteUserAttributes({ userAttributeKeys: ['nickname'] });
    assert.equal((await fetchUserAttributes()).nickname, undefined);
    const renewed = await tokens(true);
    assert.equal(renewed.id.payload['email'], 'moved@example.com');
    assert.equal(renewed.id.payload['preferred_username'], 'shaker');
    for (const name of ['shaker', 'moved@example.com']) assert.deepEqual(await enter(name), DONE);
    await refuses(enter('mover@example.com'), 'UserNotFoundException');
  });

  test('changes the password', async () => {
    await makeUser(aws, pool.UserPoolId, 'changer');
    await enter('changer');
    await refuses(
      updatePassword({ oldPassword: 'Wrong-one-1', newPassword: 'Another-1!' }),
      'NotAuthorizedException',
      'Incorrect username or password.',
    );
    await updatePassword({ oldPassword: PASSWORD, newPassword: 'Another-1!' });
    assert.deepEqual(await enter('changer', 'Another-1!', 'USER_SRP_AUTH'), DONE);
    await refuses(enter('changer'), 'NotAuthorizedException');
  });

  test('signs out everywhere: the other device is signed out with its next refresh', async () => {
    await makeUser(aws, pool.UserPoolId, 'leaver');
    const answer = await aws.initiateAuth({
      ClientId: pool.ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'leaver', PASSWORD },
    });
    await enter('leaver');
    const { access } = await tokens();
    await signOut({ global: true });
    await refuses(getCurrentUser(), 'UserUnAuthenticatedException');
    const { AccessToken, RefreshToken } = answer.AuthenticationResult ?? {};
    for (const token of [AccessToken, access.toString()]) {
      await assert.rejects(aws.getUser({ AccessToken: token }), {
        message: 'Access Token has been revoked',
      });
    }
    await assert.rejects(aws.getTokensFromRefreshToken({ ClientId: pool.ClientId, RefreshToken }), {
      name: 'NotAuthorizedException',
      message: 'Refresh Token has been revoked',
    });
  });

  test('deletes the account', async () => {
    await makeUser(aws, pool.UserPoolId, 'deleted');
    await enter('deleted');
    await deleteUser();
    await refuses(enter('deleted'), 'UserNotFoundException', 'User does not exist.');
  });
});

test('somebody who forgot the password sets another with a code', async () => {
  await makeUser(aws, pool.UserPoolId, 'forgetful');
  const username = 'forgetful@example.com';
  const { nextStep } = await resetPassword({ username });
  assert.equal(nextStep.resetPasswordStep, 'CONFIRM_RESET_PASSWORD_WITH_CODE');
  assert.equal(nextStep.codeDeliveryDetails.destination, 'f***@e***');
  const confirmationCode = await server.code(username);
  const confirm = (newPassword: string, code = confirmationCode) =>
    confirmResetPassword({ username, confirmationCode: code, newPassword });
  await refuses(confirm('weak'), 'InvalidPasswordException');
  await confirm('Remembered-1!');
  await refuses(confirm('Remembered-2!'), 'ExpiredCodeException');
  assert.deepEqual(await enter('forgetful', 'Remembered-1!'), DONE);
  await refuses(resetPassword({ username: 'nobody' }), 'UserNotFoundException');
});
