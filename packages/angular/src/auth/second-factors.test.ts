import { AuthError } from '../errors/auth-error';
import { newAuth } from '../testing/new-auth';
import { lost, PoolDouble, refuse, tokensFor } from '../testing/pool-double';
import type { AuthAnswer } from '../pool/wire';

const CREDENTIALS = { username: 'ann@example.com', password: 'Correct-Horse-7' };
const ASKS_APP: AuthAnswer = {
  ChallengeName: 'SOFTWARE_TOKEN_MFA',
  Session: 'first',
  ChallengeParameters: { USER_ID_FOR_SRP: 'ann', FRIENDLY_DEVICE_NAME: 'Old phone' },
};

async function failureOf(promise: Promise<unknown>): Promise<AuthError> {
  const failure: unknown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(AuthError);
  return failure as AuthError;
}

describe('a second factor at sign-in', () => {
  let close = (): void => undefined;
  afterEach(() => close());

  function open(asked: AuthAnswer, answers: ConstructorParameters<typeof PoolDouble>[0] = {}) {
    const pool = new PoolDouble({ InitiateAuth: () => asked, ...answers });
    const opened = newAuth(pool, { clientId: 'kit', storage: 'memory' });
    close = opened.close;
    return { pool, auth: opened.auth };
  }
  const refused = (name: string, text: string) => () =>
    refuse('RespondToAuthChallenge', name, text);

  it.each([
    ['SOFTWARE_TOKEN_MFA', 'authenticator'],
    ['SMS_MFA', 'sms'],
    ['EMAIL_OTP', 'email'],
  ] as const)('the code of %s goes back with name and Session', async (ChallengeName, factor) => {
    const { auth, pool } = open(
      { ChallengeName, Session: 'first', ChallengeParameters: { USER_ID_FOR_SRP: 'ann' } },
      { RespondToAuthChallenge: () => ({ AuthenticationResult: tokensFor() }) },
    );
    expect(await auth.signIn(CREDENTIALS)).toEqual({ next: 'code-required', factor });
    expect([auth.status(), auth.step()]).toEqual(['signed-out', 'code-required']);
    expect(await auth.enterCode(' 123 456 ')).toEqual({ next: 'signed-in' });
    expect(pool.calls.at(-1)?.input).toEqual({
      ...{ ClientId: 'kit', ChallengeName, Session: 'first' },
      ChallengeResponses: { USERNAME: 'ann', [`${ChallengeName}_CODE`]: '123456' },
    });
    expect([auth.status(), auth.step(), auth.challenge()]).toEqual(['signed-in', 'none', null]);
  });

  it('tells where a code was sent, or which device shows it', async () => {
    const sent = { CODE_DELIVERY_DELIVERY_MEDIUM: 'SMS', CODE_DELIVERY_DESTINATION: '+*******89' };
    const { auth, pool } = open({ ChallengeName: 'SMS_MFA', ChallengeParameters: sent });
    const destination = { medium: 'sms', address: '+*******89' };
    expect(await auth.signIn(CREDENTIALS)).toMatchObject({ factor: 'sms', destination });
    expect(auth.challenge()).toEqual({
      ...{ kind: 'code', username: 'ann@example.com', factor: 'sms', destination },
    });
    pool.answer({ InitiateAuth: () => ASKS_APP });
    await auth.signIn(CREDENTIALS);
    expect(auth.challenge()).toEqual({
      ...{ kind: 'code', username: 'ann', factor: 'authenticator', deviceName: 'Old phone' },
    });
  });

  it('a wrong code keeps the Session for another one', async () => {
    const { auth, pool } = open(ASKS_APP, {
      RespondToAuthChallenge: refused('CodeMismatchException', 'Invalid code received for user'),
    });
    await auth.signIn(CREDENTIALS);
    const wrong = await failureOf(auth.enterCode('000000'));
    expect([wrong.code, wrong.field]).toEqual(['wrong-code', 'code']);
    pool.answer({
      RespondToAuthChallenge: refused(
        'ExpiredCodeException',
        'Your software token has already been used once.',
      ),
    });
    const used = await failureOf(auth.enterCode('111111'));
    expect([used.code, used.field]).toEqual(['used-code', 'code']);
    pool.answer({
      RespondToAuthChallenge: ({ Session }) => {
        expect(Session).toBe('first');
        return { AuthenticationResult: tokensFor() };
      },
    });
    expect(await auth.enterCode('123456')).toEqual({ next: 'signed-in' });
  });

  it('a sign-in that the pool has ended leads back to the password', async () => {
    const { auth } = open(ASKS_APP, {
      RespondToAuthChallenge: refused(
        'NotAuthorizedException',
        'Invalid session for the user, session is expired.',
      ),
    });
    await auth.signIn(CREDENTIALS);
    expect((await failureOf(auth.enterCode('123456'))).code).toBe('challenge-expired');
    expect([auth.step(), auth.challenge()]).toEqual(['none', null]);
    expect((await failureOf(auth.enterCode('123456'))).code).toBe('challenge-expired');
  });

  it('a choice leads to the code, for which the pool does not repeat the name', async () => {
    const choice = {
      USER_ID_FOR_SRP: 'ann',
      MFAS_CAN_CHOOSE: '["SMS_MFA","SOFTWARE_TOKEN_MFA","NEWER_MFA"]',
    };
    const asked = { ChallengeName: 'SELECT_MFA_TYPE', Session: 'first' };
    const { auth, pool } = open(
      { ...asked, ChallengeParameters: choice },
      {
        RespondToAuthChallenge: ({ ChallengeName }) =>
          ChallengeName === 'SELECT_MFA_TYPE'
            ? { ChallengeName: 'SOFTWARE_TOKEN_MFA', Session: 'second', ChallengeParameters: {} }
            : { AuthenticationResult: tokensFor() },
      },
    );
    const factors = ['sms', 'authenticator'];
    expect(await auth.signIn(CREDENTIALS)).toEqual({ next: 'factor-choice-required', factors });
    expect(auth.challenge()).toEqual({ kind: 'choose-factor', username: 'ann', factors });
    expect(auth.step()).toBe('factor-choice-required');
    expect(await auth.chooseFactor('authenticator')).toEqual({
      ...{ next: 'code-required', factor: 'authenticator' },
    });
    expect(pool.calls.at(-1)?.input).toMatchObject({
      ...{ ChallengeName: 'SELECT_MFA_TYPE', Session: 'first' },
      ChallengeResponses: { USERNAME: 'ann', ANSWER: 'SOFTWARE_TOKEN_MFA' },
    });
    await auth.enterCode('123456');
    expect(pool.calls.at(-1)?.input).toMatchObject({
      ...{ Session: 'second', ChallengeResponses: { USERNAME: 'ann' } },
    });
  });

  it('a new sign-in that fails leaves the code that was asked for before', async () => {
    const { auth, pool } = open(ASKS_APP, {
      RespondToAuthChallenge: () => ({ AuthenticationResult: tokensFor() }),
    });
    await auth.signIn(CREDENTIALS);
    pool.answer({ InitiateAuth: () => lost('InitiateAuth') });
    expect((await failureOf(auth.signIn(CREDENTIALS))).code).toBe('network');
    expect(auth.step()).toBe('code-required');
    expect(await auth.enterCode('123456')).toEqual({ next: 'signed-in' });
    expect(pool.calls.at(-1)?.input).toMatchObject({ Session: 'first' });
  });

  const setUp = (factors: readonly string[]): AuthAnswer => ({
    ...{ ChallengeName: 'MFA_SETUP', Session: 'first' },
    ChallengeParameters: { USER_ID_FOR_SRP: 'ann', MFAS_CAN_SETUP: JSON.stringify(factors) },
  });

  it('an application is set up by the Session, which each step renews, and answers the challenge', async () => {
    const { auth, pool } = open(setUp(['SMS_MFA', 'SOFTWARE_TOKEN_MFA']), {
      AssociateSoftwareToken: () => ({ SecretCode: 'KEY', Session: 'second' }),
      VerifySoftwareToken: () =>
        refuse('VerifySoftwareToken', 'EnableSoftwareTokenMFAException', 'Code mismatch'),
      RespondToAuthChallenge: () => ({ AuthenticationResult: tokensFor() }),
    });
    const factors = ['sms', 'authenticator'];
    expect(await auth.signIn(CREDENTIALS)).toEqual({ next: 'factor-set-up-required', factors });
    expect(auth.challenge()).toEqual({ kind: 'set-up-factor', username: 'ann', factors });
    expect(await auth.startAuthenticator()).toEqual({ key: 'KEY' });
    expect(pool.calls.at(-1)?.input).toEqual({ Session: 'first' });
    const wrong = await failureOf(auth.finishAuthenticator({ code: '000000' }));
    expect([wrong.code, wrong.field]).toEqual(['wrong-code', 'code']);
    pool.answer({ VerifySoftwareToken: () => ({ Status: 'ERROR' }) });
    expect((await failureOf(auth.finishAuthenticator({ code: '1' }))).code).toBe('wrong-code');
    pool.answer({ VerifySoftwareToken: () => ({ Status: 'SUCCESS', Session: 'third' }) });
    const right = { code: '123 456', deviceName: ' My phone ' };
    expect(await auth.finishAuthenticator(right)).toEqual({ next: 'signed-in' });
    expect(pool.calls.slice(-2).map(({ input }) => input)).toEqual([
      { Session: 'second', UserCode: '123456', FriendlyDeviceName: 'My phone' },
      {
        ...{ ClientId: 'kit', ChallengeName: 'MFA_SETUP', Session: 'third' },
        ChallengeResponses: { USERNAME: 'ann' },
      },
    ]);
    expect(auth.status()).toBe('signed-in');
  });

  it('an email address leads to the code that is sent there', async () => {
    const { auth, pool } = open(setUp(['EMAIL_OTP']), {
      RespondToAuthChallenge: () => ({
        ...{ ChallengeName: 'EMAIL_OTP', Session: 'second' },
        ChallengeParameters: { CODE_DELIVERY_DESTINATION: 'a***@e***' },
      }),
    });
    await auth.signIn(CREDENTIALS);
    const destination = { medium: 'email', address: 'a***@e***' };
    expect(await auth.setUpEmail(' ann@example.com ')).toEqual({
      ...{ next: 'code-required', factor: 'email', destination },
    });
    expect(pool.calls.at(-1)?.input).toMatchObject({
      ChallengeResponses: { USERNAME: 'ann', EMAIL: 'ann@example.com' },
    });
  });

  it('who is signed in sets an application up by the access token, and it is turned on unless it is on', async () => {
    const tokens = tokensFor();
    const { auth, pool } = open(
      { AuthenticationResult: tokens },
      {
        AssociateSoftwareToken: () => ({ SecretCode: 'KEY' }),
        VerifySoftwareToken: () => ({ Status: 'SUCCESS' }),
        GetUser: () => ({ Username: 'ann' }),
        SetUserMFAPreference: () => ({}),
      },
    );
    expect((await failureOf(auth.startAuthenticator())).code).toBe('signed-out');
    await auth.signIn(CREDENTIALS);
    const { AccessToken } = tokens;
    expect(await auth.startAuthenticator()).toEqual({ key: 'KEY' });
    expect(pool.calls.at(-1)?.input).toEqual({ AccessToken });
    await auth.finishAuthenticator({ code: '123456' });
    expect(pool.calls.at(-1)).toEqual({
      operation: 'SetUserMFAPreference',
      input: { AccessToken, SoftwareTokenMfaSettings: { Enabled: true } },
    });
    pool.answer({
      GetUser: () => ({ Username: 'ann', UserMFASettingList: ['SOFTWARE_TOKEN_MFA'] }),
    });
    await auth.finishAuthenticator({ code: '123456' });
    expect(pool.count('SetUserMFAPreference')).toBe(1);
  });

  it('who is signed in reads and changes the factors, one at a time', async () => {
    const tokens = tokensFor();
    const { auth, pool } = open(
      { AuthenticationResult: tokens },
      {
        GetUser: () => ({
          ...{ Username: 'ann', PreferredMfaSetting: 'EMAIL_OTP' },
          UserMFASettingList: ['SMS_MFA', 'EMAIL_OTP', 'NEWER_MFA'],
          UserAttributes: [
            { Name: 'email', Value: 'ann@example.com' },
            { Name: 'phone_number', Value: '' },
          ],
        }),
        SetUserMFAPreference: () => ({}),
      },
    );
    await auth.signIn(CREDENTIALS);
    const factors = {
      ...{ on: ['sms', 'email'], preferred: 'email' },
      addresses: { email: 'ann@example.com' },
    };
    expect(await auth.loadFactors()).toEqual(factors);
    const { AccessToken } = tokens;
    for (const [factor, state, input] of [
      ['sms', 'off', { SMSMfaSettings: { Enabled: false, PreferredMfa: false } }],
      ['email', 'on', { EmailMfaSettings: { Enabled: true, PreferredMfa: false } }],
      [
        'authenticator',
        'preferred',
        { SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true } },
      ],
    ] as const) {
      expect(await auth.setFactor(factor, state)).toEqual(factors);
      expect(pool.calls.at(-2)).toEqual({
        ...{ operation: 'SetUserMFAPreference', input: { AccessToken, ...input } },
      });
    }
  });

  it.each([
    ['User does not have delivery config set to turn on EMAIL_OTP', 'factor-not-offered'],
    ['User pool requires MFA: at least one MFA method must stay turned on.', 'factor-required'],
  ])('a refused change is told in words: %s', async (text, code) => {
    const { auth } = open(
      { AuthenticationResult: tokensFor() },
      {
        SetUserMFAPreference: () =>
          refuse('SetUserMFAPreference', 'InvalidParameterException', text),
        AssociateSoftwareToken: () =>
          refuse('AssociateSoftwareToken', 'SoftwareTokenMFANotFoundException', 'not enabled'),
      },
    );
    await auth.signIn(CREDENTIALS);
    expect((await failureOf(auth.setFactor('email', 'on'))).code).toBe(code);
    expect((await failureOf(auth.startAuthenticator())).code).toBe('factor-not-offered');
  });
});
