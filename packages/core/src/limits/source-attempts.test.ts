import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InputOf, OperationName } from '@poolhouse/model';
import { secretHash } from '../crypto/index.ts';
import type { Caller } from '../operation.ts';
import { openHarness, type Harness } from '../testing/harness.ts';
import { signInBySrp } from '../testing/srp-client.ts';

const right = 'Right-1234';
const source = '192.0.2.1';
const app: Caller = { kind: 'anyone', source };
const backEnd: Caller = { kind: 'access-key', id: 'key', region: 'eu-west-1', source };

async function open(t: Parameters<typeof openHarness>[0]) {
  const calls: string[] = [];
  const signUps: (string | undefined)[] = [];
  const state = { full: false };
  const harness = await openHarness(t, {
    attemptBudgets: {
      take: (_, from) => {
        calls.push(`take ${from}`);
        return !state.full;
      },
      giveBack: (_, from) => void calls.push(`give back ${from}`),
      takeSignUp: (_, from) => {
        signUps.push(from);
        return !state.full;
      },
    },
  });
  const made = await harness.makePool({ AutoVerifiedAttributes: ['email'] });
  const user = { UserPoolId: made.UserPoolId, Username: 'mara' };
  await harness.call('SignUp', {
    ClientId: made.ClientId,
    Username: 'fresh',
    Password: right,
    UserAttributes: [{ Name: 'email', Value: 'fresh@example.com' }],
  });
  await harness.call('AdminCreateUser', {
    ...user,
    MessageAction: 'SUPPRESS',
    UserAttributes: [
      { Name: 'email', Value: 'mara@example.com' },
      { Name: 'email_verified', Value: 'true' },
    ],
  });
  await harness.call('AdminSetUserPassword', { ...user, Password: right, Permanent: true });
  /** What the guard was asked while a request was answered. */
  const asked = async <Name extends OperationName>(
    name: Name,
    input: InputOf<Name>,
    caller = app,
  ) => {
    calls.length = 0;
    const code = await harness.call(name, input, caller).then(
      () => 'answered',
      (error: { code?: string }) => error.code ?? 'failed',
    );
    return [code, ...calls];
  };
  return { harness, ...made, asked, state, signUps };
}

const password = (
  made: { readonly ClientId: string },
  USERNAME: string,
  PASSWORD: string,
): InputOf<'InitiateAuth'> => ({
  ClientId: made.ClientId,
  AuthFlow: 'USER_PASSWORD_AUTH',
  AuthParameters: { USERNAME, PASSWORD },
});

/** The answer of an SRP exchange, not yet sent. */
async function srpAnswer(
  harness: Harness,
  made: { UserPoolId: string; ClientId: string },
  typed: string,
) {
  let answer: InputOf<'RespondToAuthChallenge'> | undefined;
  const credentials = { ...made, username: 'mara', password: typed };
  await signInBySrp(harness, credentials, (sent) => {
    answer = sent;
    throw new Error('kept');
  }).catch(() => undefined);
  assert(answer);
  return answer;
}

test('an attempt is taken before anybody is looked up, and given back if it was right (security.md S14)', async (t) => {
  const { asked, harness, ...made } = await open(t);
  const { ClientId } = made;
  const [take, back] = [`take ${source}`, `give back ${source}`];
  const ok = 'answered';
  const wrong = 'NotAuthorizedException';
  assert.deepEqual(await asked('InitiateAuth', password(made, 'mara', right)), [ok, take, back]);
  assert.deepEqual(await asked('InitiateAuth', password(made, 'mara', 'x')), [wrong, take]);
  assert.deepEqual(await asked('InitiateAuth', password(made, 'nobody', 'x')), [
    'UserNotFoundException',
    take,
  ]);
  for (const [typed, outcome] of [
    [right, [ok, take, back]],
    ['x', [wrong, take]],
  ] as const) {
    const answer = await srpAnswer(harness, made, typed);
    assert.deepEqual(await asked('RespondToAuthChallenge', answer), outcome);
  }
  const mara = { ClientId, Username: 'mara' };
  const fresh = { ClientId, Username: 'fresh' };
  assert.deepEqual(await asked('ForgotPassword', mara), [ok, take]);
  harness.advance(1);
  assert.deepEqual(await asked('ResendConfirmationCode', fresh), [ok, take]);
  const reset = { ...mara, Password: 'Other-1234' };
  for (const [ConfirmationCode, outcome] of [
    ['000000', ['CodeMismatchException', take]],
    [await harness.code('mara@example.com'), [ok, take, back]],
  ] as const) {
    assert.deepEqual(await asked('ConfirmForgotPassword', { ...reset, ConfirmationCode }), outcome);
  }
  for (const [ConfirmationCode, outcome] of [
    ['000000', ['CodeMismatchException', take]],
    [await harness.code('fresh@example.com'), [ok, take, back]],
  ] as const) {
    assert.deepEqual(await asked('ConfirmSignUp', { ...fresh, ConfirmationCode }), outcome);
  }
});

test('a request that is proved in another way is not an attempt', async (t) => {
  const { asked, harness, ...made } = await open(t);
  const { ClientId } = made;
  const tokens = await harness.call('InitiateAuth', password(made, 'mara', right), app);
  const { RefreshToken = '', AccessToken = '' } = tokens.AuthenticationResult ?? {};
  assert.deepEqual(await asked('GetTokensFromRefreshToken', { ClientId, RefreshToken }), [
    'answered',
  ]);
  assert.deepEqual(await asked('GetUser', { AccessToken }), ['answered']);
  assert.deepEqual(await asked('SignUp', { ClientId, Username: 'new', Password: right }), [
    'answered',
  ]);
});

test('back ends, which send the attempts of all their users, are not limited by their address', async (t) => {
  const { asked, harness, UserPoolId, ClientId } = await open(t);
  const { AuthParameters } = password({ ClientId }, 'mara', 'x');
  const admin = {
    UserPoolId,
    ClientId,
    AuthFlow: 'ADMIN_USER_PASSWORD_AUTH' as const,
    AuthParameters,
  };
  assert.deepEqual(await asked('AdminInitiateAuth', admin, backEnd), [
    'NotAuthorizedException',
    'take undefined',
  ]);
  const { UserPoolClient } = await harness.call('CreateUserPoolClient', {
    UserPoolId,
    ClientName: 'back end',
    GenerateSecret: true,
  });
  const confidential = { ClientId: UserPoolClient?.ClientId ?? '', Username: 'mara' };
  // Without the secret, a client gets no further.
  assert.deepEqual(await asked('ForgotPassword', confidential), ['NotAuthorizedException']);
});

test('when the budget is used up, everybody gets the same answer, and nothing has happened', async (t) => {
  const { asked, harness, state, ...made } = await open(t);
  const { ClientId } = made;
  const answer = await srpAnswer(harness, made, right);
  const before = (await harness.messages()).length;
  state.full = true;
  const refused = ['TooManyRequestsException', `take ${source}`];
  assert.deepEqual(await asked('RespondToAuthChallenge', answer), refused);
  for (const Username of ['mara', 'fresh', 'nobody']) {
    const who = { ClientId, Username };
    const ConfirmationCode = '000000';
    assert.deepEqual(await asked('InitiateAuth', password(made, Username, right)), refused);
    assert.deepEqual(await asked('ForgotPassword', who), refused);
    assert.deepEqual(await asked('ResendConfirmationCode', who), refused);
    assert.deepEqual(await asked('ConfirmSignUp', { ...who, ConfirmationCode }), refused);
    const reset = { ...who, ConfirmationCode, Password: right };
    assert.deepEqual(await asked('ConfirmForgotPassword', reset), refused);
  }
  assert.equal((await harness.messages()).length, before);
  state.full = false;
  assert.equal((await asked('RespondToAuthChallenge', answer))[0], 'answered');
});

test('a sign-up is counted for its source before its password is hashed, and a back end is not a source', async (t) => {
  const { asked, harness, state, signUps, UserPoolId, ClientId } = await open(t);
  const { hasher } = harness.world;
  let hashes = 0;
  t.mock.method(hasher, 'hash', () => {
    hashes += 1;
    return Promise.resolve('$test$');
  });
  signUps.length = 0;
  const user = { ClientId, Username: 'new', Password: right };
  assert.deepEqual(await asked('SignUp', user), ['answered']);
  assert.deepEqual(await asked('SignUp', user), ['UsernameExistsException']);
  state.full = true;
  for (const Username of ['new', 'newer']) {
    assert.deepEqual(await asked('SignUp', { ...user, Username }), ['TooManyRequestsException']);
  }
  assert.deepEqual(signUps, Array(4).fill(source));
  assert.equal(hashes, 1);
  const { UserPoolClient = {} } = await harness.call('CreateUserPoolClient', {
    UserPoolId,
    ClientName: 'back end',
    GenerateSecret: true,
  });
  const confidential = { ...user, ClientId: UserPoolClient.ClientId ?? '' };
  // Without the secret a client gets no further; with it, it is a back end.
  assert.deepEqual(await asked('SignUp', confidential), ['NotAuthorizedException']);
  state.full = false;
  const SecretHash = secretHash(UserPoolClient.ClientSecret ?? '', 'back', confidential.ClientId);
  const known = { ...confidential, Username: 'back', SecretHash };
  assert.deepEqual(await asked('SignUp', known), ['answered']);
  assert.deepEqual(signUps.slice(4), [undefined]);
});
