import { authError } from '../failures/to-auth-error';
import type { AuthAnswer, PoolOperations } from '../pool/wire';
import { newAuth } from '../testing/new-auth';
import { PoolDouble, refuse, tokensFor } from '../testing/pool-double';
import { englishTexts } from '../texts/english';

type Begun = PoolOperations['InitiateAuth']['input'];
type Answered = PoolOperations['RespondToAuthChallenge']['input'];

const SELECT: AuthAnswer = {
  ChallengeName: 'SELECT_CHALLENGE',
  Session: 'choice',
  // In an order that means nothing.
  AvailableChallenges: ['PASSWORD', 'WEB_AUTHN', 'PASSWORD_SRP', 'SMS_OTP', 'EMAIL_OTP'],
};
const MAIL: AuthAnswer = {
  ChallengeName: 'EMAIL_OTP',
  Session: 'mail',
  ChallengeParameters: {
    ...{ CODE_DELIVERY_DELIVERY_MEDIUM: 'EMAIL', CODE_DELIVERY_DESTINATION: 'a***@e***' },
  },
};
const PASSKEY: AuthAnswer = {
  ChallengeName: 'WEB_AUTHN',
  Session: 'passkey',
  AvailableChallenges: ['WEB_AUTHN', 'EMAIL_OTP'],
  ChallengeParameters: { CREDENTIAL_REQUEST_OPTIONS: '{"challenge":"AAAA"}' },
};
const tokens = () => ({ AuthenticationResult: tokensFor() });
const WRONG = 'Incorrect username or password.';

function open(
  begin: (input: Begun) => AuthAnswer,
  respond: (input: Answered) => AuthAnswer = tokens,
  config: Parameters<typeof newAuth>[1] = {},
) {
  const pool = new PoolDouble({ InitiateAuth: begin, RespondToAuthChallenge: respond });
  return { ...newAuth(pool, { signInFlow: 'choice', ...config }), pool };
}

/** A browser that has one passkey, which is used as `get` says. */
function browserWith(get: (options: CredentialRequestOptions) => Promise<unknown>): void {
  const parse = (json: object) => json;
  vi.stubGlobal(
    'PublicKeyCredential',
    class {
      static readonly parseRequestOptionsFromJSON = parse;
      static readonly isConditionalMediationAvailable = () => Promise.resolve(true);
    },
  );
  vi.stubGlobal('navigator', { ...navigator, credentials: { get } });
}

const used = () => Promise.resolve({ toJSON: () => ({ id: 'key-1' }) });

afterEach(() => {
  vi.unstubAllGlobals();
  localStorage.clear();
});

describe('a sign-in in which people choose', () => {
  it('says what there is to choose, and asks for the code of the one that is chosen', async () => {
    const { auth, pool } = open(
      () => SELECT,
      ({ ChallengeName }) => (ChallengeName === 'SELECT_CHALLENGE' ? MAIL : tokens()),
    );
    const ways = ['passkey', 'email', 'sms', 'password'];
    expect(await auth.signIn({ username: ' ann ' })).toEqual({ next: 'way-choice-required', ways });
    expect(auth.step()).toBe('way-choice-required');
    expect(auth.challenge()).toEqual({ kind: 'choose-way', username: 'ann', ways });
    expect(await auth.chooseWay('email')).toEqual({
      ...{ next: 'code-required', factor: 'email' },
      destination: { medium: 'email', address: 'a***@e***' },
    });
    expect(auth.challenge()).toMatchObject({ kind: 'code', isFirst: true });
    expect(await auth.enterCode('1234 5678')).toEqual({ next: 'signed-in' });
    expect(pool.calls.map(({ input }) => input)).toMatchObject([
      { AuthFlow: 'USER_AUTH', AuthParameters: { USERNAME: 'ann' } },
      { Session: 'choice', ChallengeResponses: { USERNAME: 'ann', ANSWER: 'EMAIL_OTP' } },
      {
        ...{ ChallengeName: 'EMAIL_OTP', Session: 'mail' },
        ChallengeResponses: { USERNAME: 'ann', EMAIL_OTP_CODE: '12345678' },
      },
    ]);
  });

  it('takes a code by text message under its own name', async () => {
    const { auth, pool } = open(() => ({ ChallengeName: 'SMS_OTP', Session: 's' }));
    await auth.signIn({ username: 'ann', way: 'sms' });
    await auth.enterCode('12345678');
    expect(pool.calls[0]?.input).toMatchObject({
      AuthParameters: { PREFERRED_CHALLENGE: 'SMS_OTP' },
    });
    expect(pool.calls[1]?.input).toMatchObject({
      ...{ ChallengeName: 'SMS_OTP' },
      ChallengeResponses: { SMS_OTP_CODE: '12345678' },
    });
  });

  it('proves a password that came along by SRP, and a code after it is a second factor', async () => {
    const { auth, pool } = open(
      () => ({ ...SELECT, AvailableChallenges: ['PASSWORD'] }),
      () => MAIL,
    );
    await auth.signIn({ username: 'ann', password: 'secret' });
    const { AuthParameters } = pool.calls[0]?.input as Begun;
    expect(AuthParameters['PREFERRED_CHALLENGE']).toBe('PASSWORD_SRP');
    expect(AuthParameters['SRP_A']).toMatch(/^[0-9a-f]{600,}$/);
    expect(AuthParameters['PASSWORD']).toBeUndefined();
    // Where there is no SRP, as it is.
    expect(pool.calls[1]?.input).toMatchObject({
      ChallengeResponses: { ANSWER: 'PASSWORD', PASSWORD: 'secret' },
    });
    expect(auth.challenge()).toMatchObject({ kind: 'code', factor: 'email' });
    expect(auth.challenge()).not.toHaveProperty('isFirst');
  });

  it('begins anew after a wrong password, for a choice is answered once', async () => {
    let isWrong = true;
    const { auth, pool } = open(
      () => ({ ...SELECT, AvailableChallenges: ['PASSWORD'] }),
      () => {
        if (!isWrong) return tokens();
        isWrong = false;
        return refuse('RespondToAuthChallenge', 'NotAuthorizedException', WRONG);
      },
    );
    await auth.signIn({ username: 'ann' });
    const wrong = auth.chooseWay('password', { password: 'wrong' });
    await expect(wrong).rejects.toMatchObject({ code: 'wrong-credentials' });
    expect(auth.step()).toBe('way-choice-required');
    expect(await auth.chooseWay('password', { password: 'right' })).toEqual({ next: 'signed-in' });
    expect(pool.count('InitiateAuth')).toBe(2);
  });

  it('asks once more, without a word, when the choice took too long', async () => {
    const { auth, pool } = open(
      ({ AuthParameters }) => (AuthParameters['PREFERRED_CHALLENGE'] ? MAIL : SELECT),
      () =>
        refuse('RespondToAuthChallenge', 'NotAuthorizedException', 'Invalid session for the user.'),
    );
    await auth.signIn({ username: 'ann' });
    expect(await auth.chooseWay('email')).toMatchObject({ next: 'code-required' });
    expect(pool.count('InitiateAuth')).toBe(2);
  });

  it('wants the password with that choice, and a choice to be there', async () => {
    const { auth } = open(() => SELECT);
    await expect(auth.chooseWay('email')).rejects.toMatchObject({ code: 'challenge-expired' });
    await auth.signIn({ username: 'ann' });
    await expect(auth.chooseWay('password')).rejects.toMatchObject({ field: 'password' });
  });

  it('takes a question for the password for a choice of one', async () => {
    const { auth, pool } = open(() => ({ ChallengeName: 'PASSWORD', Session: 's' }));
    expect(await auth.signIn({ username: 'ann' })).toMatchObject({ ways: ['password'] });
    await auth.chooseWay('password', { password: 'secret' });
    expect(pool.calls[1]?.input).toMatchObject({
      ...{ ChallengeName: 'PASSWORD' },
      ChallengeResponses: { PASSWORD: 'secret' },
    });
  });

  it('signs in with the session of a sign-up that was just confirmed', async () => {
    const { auth, pool } = open(tokens);
    pool.answer({ ConfirmSignUp: () => ({ Session: 'confirmed' }) });
    const { session } = await auth.confirmSignUp('ann', '123456');
    expect(await auth.signIn({ username: 'ann', session })).toEqual({ next: 'signed-in' });
    expect(pool.calls.at(-1)?.input).toMatchObject({ AuthFlow: 'USER_AUTH', Session: 'confirmed' });
  });

  it('makes an account without a password', async () => {
    const { auth, pool } = open(tokens);
    pool.answer({ SignUp: () => ({ UserSub: 'sub', UserConfirmed: true }) });
    await auth.signUp({ username: 'ann', attributes: { email: 'a@b.example' } });
    expect(pool.calls[0]?.input).not.toHaveProperty('Password');
  });
});

describe('a passkey', () => {
  it('signs in, and its name is remembered', async () => {
    browserWith(used);
    const { auth, pool } = open(() => PASSKEY, tokens, { clientId: 'with-passkey' });
    expect(await auth.signIn({ username: 'ann', way: 'passkey' })).toEqual({ next: 'signed-in' });
    expect(pool.calls[1]?.input).toEqual({
      ...{ ClientId: 'with-passkey', ChallengeName: 'WEB_AUTHN', Session: 'passkey' },
      ChallengeResponses: { USERNAME: 'ann', CREDENTIAL: '{"id":"key-1"}' },
    });
    expect(localStorage.getItem('poolhouse.passkey.with-passkey')).toBe('ann');
  });

  it('leaves no name on a shared computer', async () => {
    browserWith(used);
    const { auth } = open(() => PASSKEY, tokens, { storage: 'session' });
    await auth.signIn({ username: 'ann', way: 'passkey' });
    expect(JSON.stringify({ ...localStorage })).not.toContain('"ann"');
  });

  it.each([
    ['NotAllowedError', 'passkey-cancelled'],
    ['AbortError', 'passkey-cancelled'],
    ['SecurityError', 'passkey-not-possible'],
  ])('that the browser ends with %s leaves the other ways', async (name, code) => {
    browserWith(() => Promise.reject(new DOMException('no', name)));
    const { auth } = open(({ AuthParameters }) =>
      AuthParameters['PREFERRED_CHALLENGE'] === 'EMAIL_OTP' ? MAIL : PASSKEY,
    );
    const signIn = auth.signIn({ username: 'ann', way: 'passkey' });
    await expect(signIn).rejects.toMatchObject({ code });
    expect(auth.challenge()).toMatchObject({ kind: 'choose-way', ways: ['passkey', 'email'] });
    expect(await auth.chooseWay('email')).toMatchObject({ next: 'code-required' });
  });

  it('that the pool refuses is not told as a wrong password', async () => {
    browserWith(used);
    const { auth } = open(
      () => PASSKEY,
      () => refuse('RespondToAuthChallenge', 'NotAuthorizedException', WRONG),
    );
    const signIn = auth.signIn({ username: 'ann', way: 'passkey' });
    await expect(signIn).rejects.toMatchObject({ code: 'passkey-not-possible' });
  });

  it('is not possible in a browser that has none', async () => {
    const { auth } = open(() => PASSKEY);
    const signIn = auth.signIn({ username: 'ann', way: 'passkey' });
    const { code } = authError({ code: 'passkey-not-possible' }, englishTexts);
    await expect(signIn).rejects.toMatchObject({ code });
  });
});

describe('an offered passkey', () => {
  it('waits among the suggestions, and signs in once it is taken', async () => {
    const asked: CredentialRequestOptions[] = [];
    browserWith((options) => {
      asked.push(options);
      return used();
    });
    const { auth } = open(() => PASSKEY);
    expect(await auth.offerPasskey('ann', new AbortController().signal)).toEqual({
      next: 'signed-in',
    });
    expect(asked[0]?.mediation).toBe('conditional');
    expect(auth.status()).toBe('signed-in');
  });

  it('is given up without a trace', async () => {
    const offer = new AbortController();
    browserWith(
      ({ signal }) =>
        new Promise((_, reject) => {
          signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
          queueMicrotask(() => offer.abort());
        }),
    );
    const { auth, pool } = open(() => PASSKEY);
    expect(await auth.offerPasskey('ann', offer.signal)).toBeNull();
    expect([auth.step(), auth.error(), pool.calls.length]).toEqual(['none', null, 1]);
  });

  it('that lay there for too long is asked for once more', async () => {
    browserWith(used);
    let isLate = true;
    const { auth, pool } = open(
      () => PASSKEY,
      () => {
        if (!isLate) return tokens();
        isLate = false;
        return refuse('RespondToAuthChallenge', 'NotAuthorizedException', 'Invalid session.');
      },
    );
    const { signal } = new AbortController();
    expect(await auth.offerPasskey('ann', signal)).toEqual({ next: 'signed-in' });
    expect(pool.count('InitiateAuth')).toBe(2);
  });

  it('is none where the pool cannot be asked', async () => {
    browserWith(used);
    const { auth } = open(() => refuse('InitiateAuth', 'InternalErrorException'));
    expect(await auth.offerPasskey('ann', new AbortController().signal)).toBeNull();
  });

  it('is none where the name has no passkey, or the browser cannot', async () => {
    const { auth, pool } = open(() => SELECT);
    const { signal } = new AbortController();
    expect(await auth.offerPasskey('ann', signal)).toBeNull();
    expect(pool.calls).toEqual([]);
    browserWith(used);
    expect(await auth.offerPasskey('ann', signal)).toBeNull();
    expect(auth.step()).toBe('none');
  });
});
