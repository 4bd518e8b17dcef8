/** amazon-cognito-identity-js, unmodified, with only its `endpoint` set: what older web applications use. */
import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserAttribute,
  CognitoUserPool,
  type CognitoUserSession,
  type ICognitoStorage,
  type ISignUpResult,
} from 'amazon-cognito-identity-js';
import { startServer } from './server-under-test.ts';
import { BY_CODE, makeTutorialPool, makeUser, PASSWORD } from './tutorial-pool.ts';

const server = await startServer();
after(() => server.remove());
const aws = server.client();
const pool = await makeTutorialPool(aws, BY_CODE);
const strict = await makeTutorialPool(aws, BY_CODE, { PreventUserExistenceErrors: 'ENABLED' });

/** A device of its own: the library stores tokens and the last user there. */
function memory(): ICognitoStorage {
  const kept = new Map<string, string>();
  return {
    setItem: (name, value) => void kept.set(name, value),
    getItem: (name) => kept.get(name) ?? null,
    removeItem: (name) => void kept.delete(name),
    clear: () => kept.clear(),
  };
}

function userPool({ UserPoolId, ClientId } = pool, Storage = memory()): CognitoUserPool {
  return new CognitoUserPool({ UserPoolId, ClientId, endpoint: server.url, Storage });
}

function userNamed(Username: string, Pool = userPool(), Storage = memory()): CognitoUser {
  return new CognitoUser({ Username, Pool, Storage });
}

/** Converts the library's callbacks with two arguments into a promise. */
function answerOf<Result>(
  start: (callback: (error: Error | null | undefined, result: Result) => void) => void,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    start((error, result) => (error ? reject(error) : resolve(result)));
  });
}

/** How a sign-in ended: with a session, or with a request for a new password. */
type SignedIn =
  | { readonly session: CognitoUserSession }
  | { readonly given: Record<string, string>; readonly required: readonly string[] };

function authenticate(
  user: CognitoUser,
  Password = PASSWORD,
  // The library's SRP takes half a second, so it is used only where it matters.
  flow: 'USER_SRP_AUTH' | 'USER_PASSWORD_AUTH' = 'USER_PASSWORD_AUTH',
): Promise<SignedIn> {
  user.setAuthenticationFlowType(flow);
  const details = new AuthenticationDetails({ Username: user.getUsername(), Password });
  return new Promise((resolve, reject) => {
    user.authenticateUser(details, {
      onSuccess: (session) => resolve({ session }),
      onFailure: reject,
      newPasswordRequired: (given: Record<string, string>, required: string[]) =>
        resolve({ given, required }),
    });
  });
}

async function sessionOf(...words: Parameters<typeof authenticate>): Promise<CognitoUserSession> {
  const answer = await authenticate(...words);
  assert('session' in answer, 'a new password is required');
  return answer.session;
}

/** Signs a user up and returns the library's result. */
function signUp(name: string, password = PASSWORD): Promise<ISignUpResult> {
  const email = new CognitoUserAttribute({ Name: 'email', Value: `${name}@example.com` });
  return answerOf<ISignUpResult | undefined>((callback) =>
    userPool().signUp(name, password, [email], [], callback),
  ).then((result) => result ?? assert.fail('no result'));
}

/** A confirmed user who is signed in. */
async function signedIn(name: string): Promise<CognitoUser> {
  await makeUser(aws, pool.UserPoolId, name);
  const user = userNamed(name);
  await sessionOf(user);
  return user;
}

const attributesOf = async (user: CognitoUser) => {
  const list = await answerOf<CognitoUserAttribute[] | undefined>((callback) =>
    user.getUserAttributes(callback),
  );
  return Object.fromEntries((list ?? []).map(({ Name, Value }) => [Name, Value]));
};

suite('signing up', () => {
  test('by code: the code is sent again, a wrong one is refused, the right one confirms', async () => {
    const { user, userConfirmed, userSub, codeDeliveryDetails } = await signUp('ada');
    assert.equal(userConfirmed, false);
    assert.match(userSub, /^[0-9a-f-]{36}$/);
    assert.equal(codeDeliveryDetails.Destination, 'a***@e***');
    await assert.rejects(sessionOf(user), { code: 'UserNotConfirmedException' });
    const first = await server.code('ada@example.com');
    const resent = await answerOf<{ CodeDeliveryDetails: object }>((callback) =>
      user.resendConfirmationCode(callback),
    );
    assert.deepEqual(resent.CodeDeliveryDetails, codeDeliveryDetails);
    const code = await server.code('ada@example.com');
    const wrong = ['000000', '000001'].find((other) => other !== code && other !== first) ?? '';
    const confirm = (given: string) =>
      answerOf<unknown>((callback) => user.confirmRegistration(given, false, callback));
    await assert.rejects(confirm(wrong), {
      code: 'CodeMismatchException',
      message: 'Invalid verification code provided, please try again.',
    });
    assert.equal(await confirm(code), 'SUCCESS');
    await assert.rejects(confirm(code), {
      code: 'NotAuthorizedException',
      message: 'User cannot be confirmed. Current status is CONFIRMED',
    });
    const session = await sessionOf(user);
    assert.equal(session.getIdToken().payload['email_verified'], true);
  });

  test('is refused for a name that is taken and for a weak password', async () => {
    await makeUser(aws, pool.UserPoolId, 'taken');
    await assert.rejects(signUp('taken'), {
      code: 'UsernameExistsException',
      message: 'User already exists',
    });
    await assert.rejects(signUp('weak', 'weak'), { code: 'InvalidPasswordException' });
  });
});

suite('signing in', () => {
  for (const flow of ['USER_SRP_AUTH', 'USER_PASSWORD_AUTH'] as const) {
    test(`by ${flow}: the session is stored, found again and renewed`, async () => {
      const name = `in-${flow}`;
      await makeUser(aws, pool.UserPoolId, name, ['member']);
      const Storage = memory();
      const user = userNamed(name, userPool(pool, Storage), Storage);
      const session = await sessionOf(user, PASSWORD, flow);
      assert(session.isValid());
      assert.equal(session.getAccessToken().payload['username'], name);
      assert.deepEqual(session.getIdToken().payload['cognito:groups'], ['member']);
      assert.equal(session.getIdToken().payload['aud'], pool.ClientId);

      const found = userPool(pool, Storage).getCurrentUser();
      assert.equal(found?.getUsername(), name);
      const kept = await answerOf<CognitoUserSession | null>((callback) =>
        found.getSession(callback),
      );
      assert.equal(kept?.getAccessToken().getJwtToken(), session.getAccessToken().getJwtToken());
      const renewed = await answerOf<CognitoUserSession>((callback) =>
        found.refreshSession(session.getRefreshToken(), callback),
      );
      assert(renewed.isValid());
      assert.notEqual(
        renewed.getAccessToken().getJwtToken(),
        session.getAccessToken().getJwtToken(),
      );
      assert.equal((await attributesOf(found))['email'], `${name}@example.com`);
      await assert.rejects(sessionOf(userNamed(name), 'Wrong-one-1', flow), {
        code: 'NotAuthorizedException',
        message: 'Incorrect username or password.',
      });
    });

    test(`by ${flow}: unknown users are told apart only if the app client says so`, async () => {
      await assert.rejects(sessionOf(userNamed('nobody'), PASSWORD, flow), {
        code: 'UserNotFoundException',
        message: 'User does not exist.',
      });
      const hidden = userNamed('nobody', userPool(strict));
      await assert.rejects(sessionOf(hidden, PASSWORD, flow), {
        code: 'NotAuthorizedException',
        message: 'Incorrect username or password.',
      });
    });

    test(`by ${flow}: a temporary password has to be replaced`, async () => {
      const Username = `new-${flow}`;
      await aws.adminCreateUser({
        UserPoolId: pool.UserPoolId,
        Username,
        TemporaryPassword: 'Temporary-1!',
        MessageAction: 'SUPPRESS',
      });
      const user = userNamed(Username);
      const asked = await authenticate(user, 'Temporary-1!', flow);
      assert('given' in asked);
      assert.deepEqual(asked.required, ['email']);
      const complete = (password: string) =>
        new Promise<CognitoUserSession>((onSuccess, onFailure) => {
          const email = `${Username}@example.com`;
          user.completeNewPasswordChallenge(password, { email }, { onSuccess, onFailure });
        });
      await assert.rejects(complete('weak'), { code: 'InvalidPasswordException' });
      const session = await complete(PASSWORD);
      assert.equal(session.getIdToken().payload['email'], `${Username}@example.com`);
      await sessionOf(userNamed(Username));
    });
  }
});

suite('somebody who is signed in', () => {
  test('reads, changes and deletes attributes, and verifies the address', async () => {
    const user = await signedIn('attributes');
    const list = [
      new CognitoUserAttribute({ Name: 'preferred_username', Value: 'preferred' }),
      new CognitoUserAttribute({ Name: 'email', Value: 'changed@example.com' }),
    ];
    const deliveries = await new Promise<unknown>((resolve, reject) => {
      user.updateAttributes(list, (error, _, details) =>
        error ? reject(error) : resolve(details),
      );
    });
    assert.deepEqual((deliveries as { CodeDeliveryDetailsList: object }).CodeDeliveryDetailsList, [
      { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: 'c***@e***' },
    ]);
    assert.equal((await attributesOf(user))['email_verified'], 'false');
    const code = await server.code('changed@example.com');
    const verified = await new Promise<string>((onSuccess, onFailure) => {
      user.verifyAttribute('email', code, { onSuccess, onFailure });
    });
    assert.equal(verified, 'SUCCESS');
    assert.equal((await attributesOf(user))['email_verified'], 'true');
    await new Promise<void>((resolve, reject) => {
      user.getAttributeVerificationCode('email', {
        onSuccess: () => resolve(),
        onFailure: reject,
        inputVerificationCode: () => resolve(),
      });
    });
    assert.notEqual(await server.code('changed@example.com'), code);
    await sessionOf(userNamed('preferred'));
    await answerOf<unknown>((callback) => user.deleteAttributes(['preferred_username'], callback));
    assert.equal((await attributesOf(user))['preferred_username'], undefined);
  });

  test('changes the password', async () => {
    const user = await signedIn('changer');
    const change = (before: string) =>
      answerOf<unknown>((callback) => user.changePassword(before, 'Another-1!', callback));
    await assert.rejects(change('Wrong-one-1'), { code: 'NotAuthorizedException' });
    assert.equal(await change(PASSWORD), 'SUCCESS');
    await sessionOf(userNamed('changer'), 'Another-1!');
  });

  test('signs out everywhere', async () => {
    const user = await signedIn('leaver');
    const session = await answerOf<CognitoUserSession>((callback) => user.getSession(callback));
    const refresh = session.getRefreshToken();
    const left = await new Promise<string>((onSuccess, onFailure) => {
      user.globalSignOut({ onSuccess, onFailure });
    });
    assert.equal(left, 'SUCCESS');
    const renew = answerOf<unknown>((callback) =>
      userNamed('leaver').refreshSession(refresh, callback),
    );
    await assert.rejects(renew, { code: 'NotAuthorizedException' });
  });

  test('signs out here: the tokens of this sign-in are revoked', async () => {
    const user = await signedIn('quitter');
    const session = await answerOf<CognitoUserSession>((callback) => user.getSession(callback));
    await new Promise<void>((resolve) => user.signOut(() => resolve()));
    const AccessToken = session.getAccessToken().getJwtToken();
    await assert.rejects(aws.getUser({ AccessToken }), { name: 'NotAuthorizedException' });
  });

  test('deletes the account', async () => {
    const user = await signedIn('deleted');
    assert.equal(
      await answerOf<string | undefined>((callback) => user.deleteUser(callback)),
      'SUCCESS',
    );
    await assert.rejects(sessionOf(userNamed('deleted')), { code: 'UserNotFoundException' });
  });
});

test('somebody who forgot the password sets another with a code', async () => {
  await makeUser(aws, pool.UserPoolId, 'forgetful');
  const user = userNamed('forgetful@example.com');
  const told = await new Promise<{ CodeDeliveryDetails: { Destination: string } }>(
    (resolve, onFailure) => {
      user.forgotPassword({
        onSuccess: () => undefined,
        onFailure,
        inputVerificationCode: resolve,
      });
    },
  );
  assert.equal(told.CodeDeliveryDetails.Destination, 'f***@e***');
  const code = await server.code('forgetful@example.com');
  const confirmed = await new Promise<string>((onSuccess, onFailure) => {
    user.confirmPassword(code, 'Remembered-1!', { onSuccess, onFailure });
  });
  assert.equal(confirmed, 'SUCCESS');
  await sessionOf(userNamed('forgetful'), 'Remembered-1!');
  await assert.rejects(sessionOf(userNamed('forgetful')), { code: 'NotAuthorizedException' });
});
