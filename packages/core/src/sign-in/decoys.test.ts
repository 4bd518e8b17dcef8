import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { decodeInput, type InputOf, type OperationName } from '@poolhouse/model';
import { makeExecute } from '../execute.ts';
import { Failure } from '../failure.ts';
import type { Storage, Stores } from '../ports/stores/index.ts';
import { registry } from '../registry.ts';
import { openChoosing } from '../testing/choosing.ts';
import { openHarness } from '../testing/harness.ts';
import { signInBySrp } from '../testing/srp-client.ts';

const right = 'Right-1234';

/** A pool with a client that hides who exists, a user `real`, and nobody called `ghost`. */
async function openHiding(t: TestContext) {
  const harness = await openHarness(t);
  const made = await harness.makePool(
    { AutoVerifiedAttributes: ['email'] },
    { PreventUserExistenceErrors: 'ENABLED' },
  );
  const { UserPoolId, ClientId } = made;
  const addUser = async (Username: string) => {
    const user = { UserPoolId, Username };
    await harness.call('AdminCreateUser', {
      ...user,
      MessageAction: 'SUPPRESS',
      UserAttributes: [
        { Name: 'email', Value: `${Username}@example.com` },
        { Name: 'email_verified', Value: 'true' },
      ],
    });
    await harness.call('AdminSetUserPassword', { ...user, Password: right, Permanent: true });
  };
  await addUser('real');
  const byPassword = (USERNAME: string, PASSWORD = 'Wrong-1234') =>
    told(
      harness.call('InitiateAuth', {
        ClientId,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME, PASSWORD },
      }),
    );
  const bySrp = (username: string, password = 'Wrong-1234') =>
    told(signInBySrp(harness, { ...made, username, password }));
  return { harness, UserPoolId, ClientId, addUser, byPassword, bySrp };
}

/** What a caller is told, without what is random. */
async function told(answer: Promise<unknown>): Promise<string> {
  try {
    return `answered ${Object.keys((await answer) as object).join()}`;
  } catch (error) {
    if (error instanceof Failure) return `${error.code}: ${error.message}`;
    throw error;
  }
}

test('locks come and go for nobody as they do for a user, by password and by SRP (security.md S12)', async (t) => {
  const { harness, addUser, byPassword, bySrp } = await openHiding(t);
  const seconds = [0, 0, 0, 0, 0, 0, 1, 1, 2, 0, 4, 900, 0, 0, 0, 0, 0, 1];
  const ways = [
    [byPassword, seconds],
    [bySrp, seconds.slice(3, 10)],
  ] as const;
  for (const [index, [way, pauses]] of ways.entries()) {
    const user = `user${index}`;
    await addUser(user);
    const answers: [string, string][] = [];
    for (const [step, pause] of pauses.entries()) {
      harness.advance(pause * 1000);
      // Both ways count on one counter.
      const mixed = step % 5 === 4 ? byPassword : way;
      answers.push([await mixed(user), await mixed(`ghost${index}`)]);
    }
    for (const [step, [real, ghost]] of answers.entries()) assert.equal(ghost, real, `${step}`);
    const kinds = new Set(answers.map(([real]) => real));
    assert.equal(kinds.size, 2, [...kinds].join());
  }
  const [many, none] = await Promise.all(
    ['real', 'ghost'].map((name) =>
      Promise.all(Array.from({ length: 20 }, () => byPassword(name))),
    ),
  );
  assert.deepEqual(none?.sort(), many?.sort());
});

test('only who knows the password hears that a user is disabled', async (t) => {
  const { harness, UserPoolId, byPassword, bySrp } = await openHiding(t);
  await harness.call('AdminDisableUser', { UserPoolId, Username: 'real' });
  for (const way of [byPassword, bySrp]) {
    assert.equal(await way('real'), await way('ghost'));
    assert.match(await way('real', right), /User is disabled\./);
  }
});

test('names of any length answer like those of users, and do not come back', async (t) => {
  const { harness, ClientId } = await openHiding(t);
  for (const USERNAME of [
    'x'.repeat(129),
    'é'.repeat(6_000),
    'x'.repeat(100_000),
    '\u202e',
    "' OR 1=1",
  ]) {
    const answer = await harness.call('InitiateAuth', {
      ClientId,
      AuthFlow: 'USER_SRP_AUTH',
      AuthParameters: { USERNAME, SRP_A: 'abcdef0123' },
    });
    assert.equal(answer.ChallengeName, 'PASSWORD_VERIFIER');
    assert.ok(JSON.stringify(answer).length < 8_000);
  }
});

test('what was typed is stored nowhere, for it may have been a password', async (t) => {
  const { harness, byPassword, UserPoolId } = await openHiding(t);
  await byPassword('My-secret-1234');
  const { limits } = harness.storage.stores;
  const pool = UserPoolId as Parameters<typeof limits.isLocked>[0];
  const atMs = harness.world.clock.nowMs();
  for (const typed of ['My-secret-1234', 'my-secret-1234']) {
    assert.equal(await limits.isLocked(pool, typed, atMs, () => 1_000), false);
  }
});

/** Calls of stores that change something, as the ones that stand in for them count. */
const writes = /^(?!get$|by|of$|find$|list|is|hold$|liveUser$)/;

/** The storage and the hasher with a list of what they were asked for. */
function counted(harness: Awaited<ReturnType<typeof openHarness>>) {
  const calls: string[] = [];
  const over = (stores: Stores): Stores =>
    Object.fromEntries(
      Object.entries(stores).map(([name, store]) => [
        name,
        new Proxy(store as Record<string, (...args: unknown[]) => unknown>, {
          get:
            (target, method) =>
            (...args: unknown[]) => {
              calls.push(writes.test(String(method)) ? 'write' : 'read');
              return target[String(method)]?.apply(target, args);
            },
        }),
      ]),
    ) as unknown as Stores;
  const storage: Pick<Storage, 'stores' | 'transaction'> = {
    stores: over(harness.storage.stores),
    transaction: (work) => {
      calls.push('transaction');
      return harness.storage.transaction((stores) => work(over(stores)));
    },
  };
  const { hasher } = harness.world;
  const world: typeof harness.world = {
    ...harness.world,
    hasher: {
      hash: (...asked) => (calls.push('hash'), hasher.hash(...asked)),
      verify: (...asked) => (calls.push('hash'), hasher.verify(...asked)),
      verifyImported: async () => false,
      verifyDecoy: (...asked) => (calls.push('hash'), hasher.verifyDecoy(...asked)),
    },
  };
  const execute = makeExecute({ ...harness.storage, ...storage }, world);
  return async <Name extends OperationName>(name: Name, input: InputOf<Name>) => {
    const operation = registry.get(name);
    const decoded = decodeInput(name, input);
    assert(operation && decoded.ok);
    calls.length = 0;
    const answer = await told(execute(operation, decoded.input, { kind: 'anyone' }));
    const tally = (kind: string) => calls.filter((call) => call === kind).length;
    return {
      answer,
      work: { hash: tally('hash'), write: tally('write'), transaction: tally('transaction') },
      reads: tally('read'),
    };
  };
}

test('nobody costs as many hashes, transactions and writes as somebody does (security.md B09)', async (t) => {
  const { harness, ClientId } = await openHiding(t);
  const send = counted(harness);
  const call = harness.call;
  // For each an unconfirmed user too, whom recovery must not tell from nobody.
  for (const Username of ['fresh', 'fresher']) {
    await call('SignUp', {
      ClientId,
      Username,
      Password: right,
      UserAttributes: [{ Name: 'email', Value: `${Username}@example.com` }],
    });
  }
  const srpAnswer = async (username: string): Promise<InputOf<'RespondToAuthChallenge'>> => {
    let sent: InputOf<'RespondToAuthChallenge'> | undefined;
    const target = { UserPoolId: '', ClientId, username, password: 'Wrong-1234' };
    const pool = await harness.storage.stores.clients.get(ClientId as never);
    await signInBySrp(harness, { ...target, UserPoolId: pool?.poolId ?? '' }, (answer) => {
      sent = answer;
      throw new Error('not sent');
    }).catch(() => undefined);
    assert(sent);
    return sent;
  };
  const code = { ConfirmationCode: '000000' };
  const cases: readonly [string, string, (name: string) => Promise<Awaited<ReturnType<typeof send>>>][] = [
    ['password', 'real', (name) => send('InitiateAuth', { ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME: name, PASSWORD: 'Wrong-1234' } })],
    ['SRP', 'real', (name) => send('InitiateAuth', { ClientId, AuthFlow: 'USER_SRP_AUTH', AuthParameters: { USERNAME: name, SRP_A: 'abcdef0123' } })],
    ['SRP answer', 'real', async (name) => send('RespondToAuthChallenge', await srpAnswer(name))],
    ['ForgotPassword', 'real', (name) => send('ForgotPassword', { ClientId, Username: name })],
    ['ForgotPassword again', 'real', (name) => send('ForgotPassword', { ClientId, Username: name })],
    ['ForgotPassword, unconfirmed', 'fresh', (name) => send('ForgotPassword', { ClientId, Username: name })],
    ['ConfirmForgotPassword', 'real', (name) => send('ConfirmForgotPassword', { ClientId, Username: name, Password: right, ...code })],
    ['ConfirmForgotPassword, unasked', 'fresher', (name) => send('ConfirmForgotPassword', { ClientId, Username: name, Password: right, ...code })],
    ['ResendConfirmationCode', 'fresh', (name) => send('ResendConfirmationCode', { ClientId, Username: name })],
    ['ResendConfirmationCode, confirmed', 'real', (name) => send('ResendConfirmationCode', { ClientId, Username: name })],
    ['ConfirmSignUp', 'fresh', (name) => send('ConfirmSignUp', { ClientId, Username: name, ...code })],
    ['ConfirmSignUp, confirmed', 'real', (name) => send('ConfirmSignUp', { ClientId, Username: name, ...code })],
  ]; // prettier-ignore
  for (const [name, user, ask] of cases) {
    await t.test(name, async () => {
      const [somebody, nobody] = [await ask(user), await ask(`no-${user}`)];
      assert.equal(nobody.answer, somebody.answer);
      assert.deepEqual(nobody.work, somebody.work);
      // A user's lock stands in its row; nobody's is one read more.
      assert.ok(Math.abs(nobody.reads - somebody.reads) <= 1, `${nobody.reads}, ${somebody.reads}`);
    });
  }
});

test('who chooses how to sign in costs as many reads and writes whether or not there is somebody (security.md B09)', async (t) => {
  const { harness, made, start } = await openChoosing(t, ['PASSWORD', 'EMAIL_OTP', 'WEB_AUTHN'], {
    PreventUserExistenceErrors: 'ENABLED',
  });
  // Answered once, so that nothing is read for the first time.
  await start();
  const send = counted(harness);
  const ask = (USERNAME: string, more?: Readonly<Record<string, string>>) =>
    send('InitiateAuth', {
      ...{ ClientId: made.ClientId, AuthFlow: 'USER_AUTH' },
      AuthParameters: { USERNAME, ...more },
    });
  for (const preferred of [undefined, 'WEB_AUTHN', 'EMAIL_OTP']) {
    const more = preferred === undefined ? undefined : { PREFERRED_CHALLENGE: preferred };
    const [somebody, nobody] = [await ask('ann', more), await ask('ghost', more)];
    assert.match(somebody.answer, /AvailableChallenges/);
    assert.deepEqual(nobody, somebody);
  }
});
