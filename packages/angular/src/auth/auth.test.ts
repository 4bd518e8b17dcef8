import { AuthError } from '../errors/auth-error';
import { newAuth, newClientId } from '../testing/new-auth';
import { lost, PoolDouble, refuse, tokensFor } from '../testing/pool-double';

const CREDENTIALS = { username: ' ann ', password: 'Correct-Horse-7' };

function signsIn(tokens = () => tokensFor({ groups: ['admin'] })): PoolDouble {
  return new PoolDouble({
    InitiateAuth: () => ({ ChallengeParameters: {}, AuthenticationResult: tokens() }),
    RevokeToken: () => ({}),
    GlobalSignOut: () => ({}),
  });
}

async function failureOf(promise: Promise<unknown>): Promise<AuthError> {
  const failure: unknown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(AuthError);
  return failure as AuthError;
}

describe('Auth', () => {
  let close = (): void => undefined;
  const open = (...args: Parameters<typeof newAuth>) => {
    const opened = newAuth(...args);
    close = opened.close;
    return opened.auth;
  };
  afterEach(() => {
    close();
    close = () => undefined;
  });

  it('knows nobody before the storage was read, and then that nobody is signed in', async () => {
    const auth = open(signsIn());
    expect(auth.status()).toBe('unknown');
    await auth.ready();
    expect(auth.status()).toBe('signed-out');
    expect(auth.user()).toBeNull();
    expect(auth.session()).toBeNull();
    expect(await auth.accessToken()).toBeNull();
  });

  it('signs in: status, user and session tell', async () => {
    const pool = signsIn(() =>
      tokensFor(
        { groups: ['admin'] },
        { name: 'Ann Öz', 'custom:size': '7', 'cognito:roles': ['r'] },
      ),
    );
    const auth = open(pool);
    const result = auth.signIn(CREDENTIALS);
    expect(auth.step()).toBe('signing-in');
    expect(await result).toEqual({ next: 'signed-in' });
    expect(auth.status()).toBe('signed-in');
    expect(auth.user()).toEqual({
      sub: 'sub-ann',
      username: 'ann',
      email: 'ann@example.com',
      emailVerified: true,
      name: 'Ann Öz',
      groups: ['admin'],
      roles: ['r'],
      attributes: {
        sub: 'sub-ann',
        email: 'ann@example.com',
        email_verified: 'true',
        name: 'Ann Öz',
        'custom:size': '7',
      },
      // As the token has them; what tells of the token is left out, so that new tokens are no new person.
      claims: {
        sub: 'sub-ann',
        email: 'ann@example.com',
        email_verified: true,
        name: 'Ann Öz',
        'custom:size': '7',
        'cognito:username': 'ann',
        'cognito:groups': ['admin'],
        'cognito:roles': ['r'],
      },
    });
    expect(Object.keys(auth.session() ?? {}).sort()).toEqual([
      'accessToken',
      'expiresAtMs',
      'idToken',
    ]);
    expect(pool.calls[0]?.input).toMatchObject({
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'ann', PASSWORD: 'Correct-Horse-7' },
    });
  });

  it('shows a refusal in words for people until something else is tried', async () => {
    const pool = new PoolDouble({
      InitiateAuth: () =>
        refuse('InitiateAuth', 'NotAuthorizedException', 'Incorrect username or password.'),
      ForgotPassword: () => ({}),
    });
    const auth = open(pool);
    const failure = await failureOf(auth.signIn(CREDENTIALS));
    expect(failure.code).toBe('wrong-credentials');
    expect(failure.serviceCode).toBe('NotAuthorizedException');
    expect(failure.message).toBe('The user name or password is not correct.');
    expect(auth.error()).toBe(failure);
    await auth.ready();
    expect(auth.status()).toBe('signed-out');
    await auth.forgotPassword('ann');
    expect(auth.error()).toBeNull();
  });

  it('leads through a sign-up', async () => {
    const pool = signsIn();
    pool.answer({
      SignUp: () => ({
        UserConfirmed: false,
        UserSub: 'sub-ann',
        CodeDeliveryDetails: {
          Destination: 'a***@e***',
          DeliveryMedium: 'EMAIL',
          AttributeName: 'email',
        },
      }),
      ConfirmSignUp: () => ({}),
      ResendConfirmationCode: () => ({
        CodeDeliveryDetails: {
          Destination: '+*******4444',
          DeliveryMedium: 'SMS',
          AttributeName: 'phone_number',
        },
      }),
    });
    const auth = open(pool, { signUpVerification: 'link' });
    const destination = { medium: 'email', address: 'a***@e***', attribute: 'email' };
    expect(await auth.signUp({ ...CREDENTIALS, attributes: { email: 'ann@example.com' } })).toEqual(
      {
        sub: 'sub-ann',
        confirmed: false,
        verification: 'link',
        destination,
      },
    );
    expect(auth.step()).toBe('confirmation-required');
    expect(auth.challenge()).toEqual({
      kind: 'confirm-sign-up',
      username: 'ann',
      verification: 'link',
      destination,
    });
    expect((await auth.resendCode('ann'))?.medium).toBe('sms');
    // Pools send links by mail only.
    const sms = { verification: 'code', destination: { address: '+*******4444' } };
    expect(auth.challenge()).toMatchObject(sms);
    await auth.confirmSignUp('ann', ' 123 456 ');
    expect(pool.calls.at(-1)?.input).toMatchObject({ ConfirmationCode: '123456' });
    expect(auth.challenge()).toBeNull();
    expect(auth.step()).toBe('none');
  });

  it('asks people to confirm who sign in too early', async () => {
    const pool = new PoolDouble({
      InitiateAuth: () =>
        refuse('InitiateAuth', 'UserNotConfirmedException', 'User is not confirmed.'),
    });
    const auth = open(pool);
    expect(await auth.signIn(CREDENTIALS)).toEqual({
      next: 'confirmation-required',
      username: 'ann',
    });
    expect(auth.step()).toBe('confirmation-required');
    expect(auth.error()).toBeNull();
    auth.cancelChallenge();
    expect(auth.step()).toBe('none');
  });

  it('replaces the password that an administrator gave, after a refusal too', async () => {
    const pool = new PoolDouble({
      InitiateAuth: () => ({
        ChallengeName: 'NEW_PASSWORD_REQUIRED',
        Session: 'session-1',
        ChallengeParameters: {
          USER_ID_FOR_SRP: 'stored-ann',
          requiredAttributes: '["userAttributes.name"]',
          userAttributes: '{"email":"ann@example.com"}',
        },
      }),
      RespondToAuthChallenge: () =>
        refuse(
          'RespondToAuthChallenge',
          'InvalidPasswordException',
          'Password did not conform with policy: Password not long enough',
        ),
    });
    const auth = open(pool);
    expect(await auth.signIn(CREDENTIALS)).toEqual({
      next: 'new-password-required',
      missingAttributes: ['name'],
    });
    expect(auth.challenge()).toEqual({
      kind: 'new-password',
      username: 'stored-ann',
      missingAttributes: ['name'],
      attributes: { email: 'ann@example.com' },
    });
    const refused = await failureOf(auth.completeNewPassword({ password: 'short' }));
    expect([refused.code, refused.reason, refused.field]).toEqual([
      'invalid-password',
      'too-short',
      'password',
    ]);
    expect(auth.step()).toBe('new-password-required');
    pool.answer({ RespondToAuthChallenge: () => ({ AuthenticationResult: tokensFor() }) });
    const done = { password: 'Correct-Horse-8', attributes: { name: 'Ann' } };
    expect(await auth.completeNewPassword(done)).toEqual({ next: 'signed-in' });
    expect(pool.calls.at(-1)?.input).toMatchObject({
      Session: 'session-1',
      ChallengeResponses: {
        USERNAME: 'stored-ann',
        NEW_PASSWORD: 'Correct-Horse-8',
        'userAttributes.name': 'Ann',
      },
    });
    expect([auth.status(), auth.challenge()]).toEqual(['signed-in', null]);
  });

  it('goes back to sign-in when a challenge took too long, and refuses steps that it cannot do', async () => {
    const pool = new PoolDouble({
      InitiateAuth: () => ({ ChallengeName: 'NEW_PASSWORD_REQUIRED', ChallengeParameters: {} }),
      RespondToAuthChallenge: () =>
        refuse(
          'RespondToAuthChallenge',
          'NotAuthorizedException',
          'Invalid session for the user, session is expired.',
        ),
    });
    const auth = open(pool);
    await auth.signIn(CREDENTIALS);
    expect((await failureOf(auth.completeNewPassword({ password: 'x' }))).code).toBe(
      'challenge-expired',
    );
    expect(auth.challenge()).toBeNull();
    expect((await failureOf(auth.completeNewPassword({ password: 'x' }))).code).toBe(
      'challenge-expired',
    );
    pool.answer({ InitiateAuth: () => ({ ChallengeName: 'CUSTOM_CHALLENGE' }) });
    const failure = await failureOf(auth.signIn(CREDENTIALS));
    expect([failure.code, failure.detail]).toEqual(['unsupported', 'challenge CUSTOM_CHALLENGE']);
    expect(failure.message).not.toMatch(/CHALLENGE/);
  });

  it('stays signed in over a reload, by choice of the storage', async () => {
    const kept: string[] = [];
    for (const storage of ['memory', 'session', 'local'] as const) {
      const config = { storage, clientId: newClientId() };
      const first = newAuth(signsIn(), config);
      await first.auth.signIn(CREDENTIALS);
      first.close();
      const second = newAuth(signsIn(), config);
      await second.auth.ready();
      if (second.auth.status() === 'signed-in') kept.push(storage);
      second.close();
      const all = JSON.stringify([{ ...localStorage }, { ...sessionStorage }]);
      expect(all.includes(config.clientId)).toBe(storage !== 'memory');
      expect(JSON.stringify({ ...localStorage }).includes(config.clientId)).toBe(
        storage === 'local',
      );
    }
    expect(kept).toEqual(['session', 'local']);
  });

  it('takes a storage of its own, also one that takes its time', async () => {
    const texts = new Map<string, string>();
    const storage = {
      get: (key: string) => Promise.resolve(texts.get(key) ?? null),
      set: (key: string, value: string) => Promise.resolve(void texts.set(key, value)),
      remove: (key: string) => Promise.resolve(void texts.delete(key)),
    };
    const auth = open(signsIn(), { storage, clientId: 'mine' });
    await auth.signIn(CREDENTIALS);
    expect([...texts.keys()]).toEqual(['poolhouse.mine']);
    expect(auth.ended()).toBeNull();
    await auth.signOut();
    expect(auth.ended()).toBe('signed-out');
    expect(texts.size).toBe(0);
  });

  it('takes nothing for a session that is none', async () => {
    for (const junk of ['', '{', 'null', '[]', '{"accessToken":1}', '"text"']) {
      const clientId = newClientId();
      localStorage.setItem(`poolhouse.${clientId}`, junk);
      const { auth, close: end } = newAuth(signsIn(), { clientId });
      await auth.ready();
      expect(auth.status()).toBe('signed-out');
      end();
    }
  });

  it('signs out: the tokens are gone here even when the pool cannot be told', async () => {
    const pool = signsIn();
    const clientId = newClientId();
    const auth = open(pool, { clientId });
    await auth.signIn(CREDENTIALS);
    pool.answer({ RevokeToken: () => lost('RevokeToken') });
    await auth.signOut();
    expect(auth.status()).toBe('signed-out');
    expect(localStorage.getItem(`poolhouse.${clientId}`)).toBeNull();
    expect(pool.count('RevokeToken')).toBe(1);
    expect(pool.count('GlobalSignOut')).toBe(0);
    expect(await auth.accessToken()).toBeNull();
  });

  it('signs out everywhere, or says that it could not', async () => {
    const pool = signsIn();
    const auth = open(pool);
    await auth.signIn(CREDENTIALS);
    pool.answer({ GlobalSignOut: () => lost('GlobalSignOut') });
    expect((await failureOf(auth.signOut({ everywhere: true }))).code).toBe('network');
    expect(auth.status()).toBe('signed-in');
    pool.answer({ GlobalSignOut: () => ({}) });
    await auth.signOut({ everywhere: true });
    expect(auth.status()).toBe('signed-out');
    expect(pool.count('RevokeToken')).toBe(0);
  });

  it('changes attributes, and shows them at once', async () => {
    const pool = signsIn();
    pool.answer({
      UpdateUserAttributes: () => ({
        CodeDeliveryDetailsList: [
          { Destination: 'n***@e***', DeliveryMedium: 'EMAIL', AttributeName: 'email' },
        ],
      }),
      GetTokensFromRefreshToken: () => ({ AuthenticationResult: tokensFor({}, { name: 'New' }) }),
      GetUser: () => ({ Username: 'ann', UserAttributes: [{ Name: 'name', Value: 'Newest' }] }),
    });
    const auth = open(pool);
    await auth.signIn(CREDENTIALS);
    const before = auth.session()?.idToken;
    const sent = await auth.updateAttributes({ name: 'Newest' });
    expect(sent).toEqual([{ medium: 'email', address: 'n***@e***', attribute: 'email' }]);
    expect(auth.user()?.name).toBe('Newest');
    expect(auth.session()?.idToken).not.toBe(before);
    expect(pool.calls.map(({ operation }) => operation)).toEqual([
      'InitiateAuth',
      'UpdateUserAttributes',
      'GetTokensFromRefreshToken',
      'GetUser',
    ]);
  });

  it('renews a token that the pool refuses, and calls once more', async () => {
    const pool = signsIn();
    let asked = 0;
    pool.answer({
      ChangePassword: () =>
        (asked += 1) === 1
          ? refuse('ChangePassword', 'NotAuthorizedException', 'Access Token has been revoked')
          : {},
      GetTokensFromRefreshToken: () => ({ AuthenticationResult: tokensFor() }),
    });
    const auth = open(pool);
    await auth.signIn(CREDENTIALS);
    await auth.changePassword({ previous: 'a', proposed: 'b' });
    expect(pool.count('ChangePassword')).toBe(2);
  });

  it('ends the session when the pool has ended it, and says so', async () => {
    const pool = signsIn();
    pool.answer({
      GetUser: () => refuse('GetUser', 'NotAuthorizedException', 'Access Token has been revoked'),
      GetTokensFromRefreshToken: () =>
        refuse(
          'GetTokensFromRefreshToken',
          'NotAuthorizedException',
          'Refresh Token has been revoked',
        ),
    });
    const auth = open(pool);
    await auth.signIn(CREDENTIALS);
    expect((await failureOf(auth.loadAttributes())).code).toBe('signed-out');
    expect(auth.status()).toBe('signed-out');
    expect(auth.ended()).toBe('ended-by-pool');
    expect((await failureOf(auth.loadAttributes())).code).toBe('signed-out');
  });

  it('speaks the texts that it was given', async () => {
    const pool = new PoolDouble({ ForgotPassword: () => lost('ForgotPassword') });
    const auth = open(pool, {}, { texts: { errors: { network: 'Keine Verbindung.' } } });
    expect((await failureOf(auth.forgotPassword('ann'))).message).toBe('Keine Verbindung.');
  });

  it('tells how to configure it', () => {
    expect(() => newAuth(null, { userPoolId: 'nonsense' })).toThrow(/userPoolId/);
    // What a JSON without the member gives at run time.
    expect(() => newAuth(null, { userPoolId: undefined as never })).toThrow(/needs a userPoolId/);
  });
});
