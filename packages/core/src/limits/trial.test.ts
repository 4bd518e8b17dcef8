import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import type { InputOf } from '@poolhouse/model';
import {
  postgresSkipReason,
  postgresTestDatabase,
  sqliteTestDatabase,
  type MakeDatabase,
} from '@poolhouse/storage/testing';
import { Failure } from '../failure.ts';
import type { Caller } from '../operation.ts';
import { OverloadError } from '../ports/work-order.ts';
import { StorageUnavailableError } from '../ports/stores/index.ts';
import { openHarness, srpHere, testHasher } from '../testing/harness.ts';
import { signInBySrp } from '../testing/srp-client.ts';

const right = 'Right-1234';
const wrong = 'Wrong-1234';
const app: Caller = { kind: 'anyone', source: '192.0.2.1' };

/** A harness whose slow work fails on demand, with a user `mara`, a client that hides users, and one that does not. */
async function open(t: TestContext, database: MakeDatabase) {
  const state: { failure: Error | undefined; attempts: number } = {
    failure: undefined,
    attempts: 0,
  };
  const orFail = async <T>(work: () => Promise<T>): Promise<T> => {
    if (state.failure !== undefined) throw state.failure;
    return work();
  };
  const harness = await openHarness(t, {
    database,
    hasher: {
      hash: (...asked) => orFail(() => testHasher.hash(...asked)),
      verify: (...asked) => orFail(() => testHasher.verify(...asked)),
      verifyImported: async () => false,
      verifyDecoy: (...asked) => orFail(() => testHasher.verifyDecoy(...asked)),
    },
    srp: {
      verifier: (...asked) => orFail(() => srpHere.verifier(...asked)),
      serverKeys: (...asked) => srpHere.serverKeys(...asked),
      claim: (...asked) => orFail(() => srpHere.claim(...asked)),
    },
    attemptBudgets: {
      take: () => ((state.attempts += 1), true),
      giveBack: () => void (state.attempts -= 1),
      takeSignUp: () => true,
    },
  });
  const pool = { AutoVerifiedAttributes: ['email' as const] };
  const { UserPoolId, ClientId } = await harness.makePool(pool, {
    PreventUserExistenceErrors: 'ENABLED',
  });
  await harness.call('AdminCreateUser', {
    UserPoolId,
    Username: 'mara',
    MessageAction: 'SUPPRESS',
    UserAttributes: [
      { Name: 'email', Value: 'mara@example.com' },
      { Name: 'email_verified', Value: 'true' },
    ],
  });
  await harness.call('AdminSetUserPassword', {
    UserPoolId,
    Username: 'mara',
    Password: right,
    Permanent: true,
  });
  const byPassword = (USERNAME: string, PASSWORD: string): Promise<string> =>
    outcome(
      harness.call(
        'InitiateAuth',
        { ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME, PASSWORD } },
        app,
      ),
    );
  /** The answer of an SRP exchange, not yet sent. */
  const srpAnswer = async (
    username: string,
    password: string,
  ): Promise<InputOf<'RespondToAuthChallenge'>> => {
    let sent: InputOf<'RespondToAuthChallenge'> | undefined;
    await signInBySrp(harness, { UserPoolId, ClientId, username, password }, (answer) => {
      sent = answer;
      throw new Error('kept');
    }).catch(() => undefined);
    assert(sent);
    return sent;
  };
  const send = (answer: InputOf<'RespondToAuthChallenge'>): Promise<string> =>
    outcome(harness.call('RespondToAuthChallenge', answer, app));
  return { harness, state, UserPoolId, ClientId, byPassword, srpAnswer, send };
}

/** How a request ended. */
async function outcome(answer: Promise<unknown>): Promise<string> {
  try {
    return (await answer) === undefined ? 'nothing' : 'answered';
  } catch (error) {
    return error instanceof Failure ? `${error.code}: ${error.message}` : String(error);
  }
}

const tally = (outcomes: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const one of outcomes) counts[one] = (counts[one] ?? 0) + 1;
  return counts;
};

const incorrect = 'NotAuthorizedException: Incorrect username or password.';
const locked = 'NotAuthorizedException: Password attempts exceeded';
const ends = [
  ['a busy server', new OverloadError('busy'), 'TooManyRequestsException: Too many requests'],
  ['a database that fails', new StorageUnavailableError('gone'), /StorageUnavailable/],
  ['a bug', new TypeError('x is not a function'), /TypeError/],
] as const;

for (const [name, database, skip] of [
  ['SQLite', sqliteTestDatabase, undefined],
  ['PostgreSQL', postgresTestDatabase, postgresSkipReason],
] as const) {
  suite(`only a wrong secret is a failed attempt: ${name}`, { skip: skip ?? false }, () => {
    for (const [end, failure, told] of ends) {
      test(`${end} at sign-in, for a user and a decoy alike`, async (t) => {
        const { state, byPassword, srpAnswer, send } = await open(t, database);
        const refused = (what: string) =>
          typeof told === 'string' ? assert.equal(what, told) : assert.match(what, told);
        for (const typed of [right, wrong]) {
          for (const username of ['mara', 'nobody']) {
            const answer = await srpAnswer(username, typed);
            state.failure = failure;
            for (let count = 0; count < 8; count += 1) {
              refused(await byPassword(username, typed));
              refused(await send(answer));
            }
            state.failure = undefined;
          }
          assert.equal(state.attempts, 0);
          assert.equal(await byPassword('mara', right), 'answered');
          assert.equal(await send(await srpAnswer('mara', right)), 'answered');
          assert.equal(state.attempts, 0);
          assert.equal(await byPassword('nobody', wrong), incorrect);
          assert.equal(state.attempts, 1);
          state.attempts = 0;
        }
      });
    }

    test('a failure between wrong attempts gives back its own attempt and no other', async (t) => {
      const { harness, state, byPassword, srpAnswer, send } = await open(t, database);
      for (const username of ['mara', 'nobody']) {
        const answer = await srpAnswer(username, wrong);
        const told: string[] = [];
        for (let count = 0; count < 8; count += 1) {
          told.push(await (count % 2 === 0 ? byPassword(username, wrong) : send(answer)));
          state.failure = new OverloadError('busy');
          await byPassword(username, wrong);
          await send(answer);
          state.failure = undefined;
        }
        // The lock after the fifth lasts a second, which does not pass here.
        assert.deepEqual(tally(told), { [incorrect]: 5, [locked]: 3 }, username);
      }
      harness.advance(1_000);
      assert.equal(await byPassword('mara', right), 'answered');
    });

    test('of 24 parallel wrong attempts exactly 5 are evaluated', async (t) => {
      const { state, byPassword } = await open(t, database);
      for (const username of ['mara', 'nobody']) {
        const told = await Promise.all(
          Array.from({ length: 24 }, () => byPassword(username, wrong)),
        );
        assert.deepEqual(tally(told), { [incorrect]: 5, [locked]: 19 }, username);
      }
      assert.equal(state.attempts, 10);
    });

    test('one right SRP answer sent ten times at once: one signs in, nobody is locked', async (t) => {
      const { harness, UserPoolId, byPassword, state, srpAnswer, send } = await open(t, database);
      const answer = await srpAnswer('mara', right);
      const told = tally(await Promise.all(Array.from({ length: 10 }, () => send(answer))));
      assert.equal(told['answered'], 1, JSON.stringify(told));
      assert.equal(told[incorrect], undefined);
      assert.equal(state.attempts, 0);
      for (let count = 0; count < 5; count += 1) {
        assert.equal(await send(answer), 'NotAuthorizedException: Invalid session for the user.');
      }
      assert.equal(await byPassword('mara', right), 'answered');
      const user = await harness.storage.stores.users.byName(UserPoolId as never, 'mara');
      assert.equal(user?.failedAttempts, 0);
    });

    test('budgets and attempts for changing, resetting and confirming are given back too', async (t) => {
      const { harness, state, ClientId } = await open(t, database);
      const signIn = await harness.call('InitiateAuth', {
        ClientId,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: 'mara', PASSWORD: right },
      });
      const { AccessToken = '' } = signIn.AuthenticationResult ?? {};
      const change = { AccessToken, PreviousPassword: right, ProposedPassword: 'Other-1234' };
      await harness.call('ForgotPassword', { ClientId, Username: 'mara' });
      const code = await harness.code('mara@example.com');
      const reset = { ClientId, Username: 'mara', Password: 'Third-1234', ConfirmationCode: code };
      for (const [, failure] of ends) {
        state.failure = failure;
        for (let count = 0; count < 8; count += 1) {
          assert.notEqual(await outcome(harness.call('ChangePassword', change, app)), 'answered');
          assert.notEqual(
            await outcome(harness.call('ConfirmForgotPassword', reset, app)),
            'answered',
          );
        }
      }
      state.failure = undefined;
      assert.equal(state.attempts, 1, 'the attempt at a name of ForgotPassword stays');
      // What the policy refuses was not an attempt either.
      for (let count = 0; count < 8; count += 1) {
        await harness.refuses(
          'ChangePassword',
          { ...change, ProposedPassword: 'short' },
          'InvalidPasswordException',
        );
      }
      assert.equal(await outcome(harness.call('ConfirmForgotPassword', reset, app)), 'answered');
      assert.equal(state.attempts, 1);
    });

    test('wrong previous passwords and codes do use the budget up', async (t) => {
      const { harness, ClientId } = await open(t, database);
      const attempt = { ClientId, Username: 'mara', Password: right, ConfirmationCode: '000000' };
      await harness.call('ForgotPassword', { ClientId, Username: 'mara' });
      const told: string[] = [];
      for (let count = 0; count < 22; count += 1) {
        told.push(await outcome(harness.call('ConfirmForgotPassword', attempt, app)));
      }
      assert.match(told.at(-1) ?? '', /^LimitExceededException/);
      assert.match(told[0] ?? '', /^CodeMismatchException/);
    });
  });
}

test(
  'over two nodes, 24 parallel wrong attempts are evaluated exactly 5 times, and failures on one are given back for both',
  { skip: postgresSkipReason ?? false },
  async (t) => {
    const { harness, state, ClientId, byPassword } = await open(t, postgresTestDatabase);
    const other = await harness.secondNode();
    const elsewhere = (USERNAME: string, PASSWORD: string) =>
      outcome(
        other.call(
          'InitiateAuth',
          { ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME, PASSWORD } },
          app,
        ),
      );
    for (const username of ['mara', 'nobody']) {
      state.failure = new OverloadError('busy');
      const nodes = [byPassword, elsewhere] as const;
      for (const node of [...nodes, ...nodes, ...nodes]) await node(username, wrong);
      state.failure = undefined;
      const told = await Promise.all(
        Array.from({ length: 24 }, (_, index) =>
          (index % 2 === 0 ? byPassword : elsewhere)(username, wrong),
        ),
      );
      assert.deepEqual(tally(told), { [incorrect]: 5, [locked]: 19 }, username);
    }
  },
);
