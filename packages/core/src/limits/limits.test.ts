import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { InputOf, OperationName } from '@poolhouse/model';
import {
  postgresSkipReason,
  postgresTestDatabase,
  sqliteTestDatabase,
  type MakeDatabase,
} from '@poolhouse/storage/testing';
import { poolId } from '../domain/ids.ts';
import { serverContext } from '../execute.ts';
import { Failure } from '../failure.ts';
import type { Caller } from '../operation.ts';
import { openHarness, type Harness } from '../testing/harness.ts';
import { tryTakeFromBudget, type LimitedAction } from './limits.ts';

/* Limits that strangers can use up count the user together with the source, so that the owner gets through (findings D7, security.md S13). */

const right = 'Passw0rd!x';
const from = (source?: string): Caller => ({ kind: 'anyone', source });
const owner = from('198.51.100.7');
const stranger = from('192.0.2.1');

async function open(
  t: TestContext,
  {
    database = sqliteTestDatabase,
    ...client
  }: { database?: MakeDatabase } & Partial<InputOf<'CreateUserPoolClient'>> = {},
) {
  const harness = await openHarness(t, { database });
  const made = await harness.makePool({ AutoVerifiedAttributes: ['email'] }, client);
  const { UserPoolId, ClientId } = made;
  const add = async (Username: string, over: Partial<InputOf<'AdminCreateUser'>> = {}) => {
    const UserAttributes = [
      { Name: 'email', Value: `${Username}@example.com` },
      { Name: 'email_verified', Value: 'true' },
    ];
    const user = { UserPoolId, Username, UserAttributes, ...over };
    await harness.call('AdminCreateUser', { ...user, MessageAction: 'SUPPRESS' });
    await harness.call('AdminSetUserPassword', { ...user, Password: right, Permanent: true });
  };
  /** How a request ends: its error, or `answered`. */
  const ends = async <Name extends OperationName>(
    name: Name,
    input: InputOf<Name>,
    caller: Caller,
    at: Harness = harness,
  ): Promise<string> =>
    at.call(name, input, caller).then(
      () => 'answered',
      (error: unknown) => {
        if (error instanceof Failure) return error.code;
        throw error;
      },
    );
  const signIn = (USERNAME: string, PASSWORD: string) =>
    ({ ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME, PASSWORD } }) as const;
  const reset = (Username: string, ConfirmationCode: string) => ({
    ClientId,
    Username,
    ConfirmationCode,
    Password: 'Other-1234!',
  });
  return { harness, add, ends, signIn, reset, ...made };
}

/** How often requests ended in which way. */
function counted(outcomes: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const outcome of outcomes) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

async function times(count: number, run: () => Promise<string>) {
  const outcomes: string[] = [];
  for (let at = 0; at < count; at += 1) outcomes.push(await run());
  return counted(outcomes);
}

const databases: readonly (readonly [string, MakeDatabase, string | false])[] = [
  ['SQLite', sqliteTestDatabase, false],
  ['PostgreSQL', postgresTestDatabase, postgresSkipReason ?? false],
];

for (const [name, database, skip] of databases) {
  test(
    `${name}: a stranger who uses everything up does not keep the owner out`,
    { skip },
    async (t) => {
      const { harness, add, ends, signIn, reset, ClientId } = await open(t, { database });
      const nodes = name === 'PostgreSQL' ? [harness, await harness.secondNode()] : [harness];
      const nodeOf = (at: number) => nodes[at % nodes.length];
      await add('mara');
      const mara = { ClientId, Username: 'mara' };
      const all = Array.from({ length: 30 }, (_, at) => at);
      const spend = (run: (at: number) => Promise<string>) =>
        Promise.all(all.map(run)).then(counted);
      assert.deepEqual(await spend((at) => ends('ForgotPassword', mara, stranger, nodeOf(at))), {
        answered: 20,
        LimitExceededException: 10,
      });
      const attempts = await spend((at) =>
        ends('ConfirmForgotPassword', reset('mara', '000000'), stranger, nodeOf(at)),
      );
      assert.deepEqual(attempts, {
        CodeMismatchException: 5,
        ExpiredCodeException: 15,
        LimitExceededException: 10,
      });
      await spend((at) => ends('InitiateAuth', signIn('mara', 'wrong'), stranger, nodeOf(at)));
      // The lock is the user's own: nobody can continue from elsewhere.
      assert.equal(
        await ends('InitiateAuth', signIn('mara', right), owner),
        'NotAuthorizedException',
      );
      harness.advance(1);
      assert.equal(await ends('ForgotPassword', mara, owner), 'answered');
      const code = await harness.code('mara@example.com');
      assert.equal(await ends('ConfirmForgotPassword', reset('mara', code), owner), 'answered');
      assert.equal(await ends('InitiateAuth', signIn('mara', 'Other-1234!'), owner), 'answered');
      assert.equal(await ends('ForgotPassword', mara, stranger), 'LimitExceededException');
    },
  );

  test(
    `${name}: a stranger does not keep anybody from confirming a sign-up`,
    { skip },
    async (t) => {
      const { harness, ends, ClientId } = await open(t, { database });
      const UserAttributes = [{ Name: 'email', Value: 'new@example.com' }];
      const user = { ClientId, Username: 'new' };
      await harness.call('SignUp', { ...user, Password: right, UserAttributes }, owner);
      const resend = () => ends('ResendConfirmationCode', user, stranger);
      const attempt = () =>
        ends('ConfirmSignUp', { ...user, ConfirmationCode: '000000' }, stranger);
      assert.deepEqual(await times(8, resend), { answered: 5, LimitExceededException: 3 });
      assert.deepEqual(await times(20, attempt), {
        CodeMismatchException: 5,
        ExpiredCodeException: 10,
        LimitExceededException: 5,
      });
      harness.advance(1);
      assert.equal(await ends('ResendConfirmationCode', user, owner), 'answered');
      const ConfirmationCode = await harness.code('new@example.com');
      assert.equal(await ends('ConfirmSignUp', { ...user, ConfirmationCode }, owner), 'answered');
    },
  );
}

test('many sources together have five attempts at a code, and get no more codes than the mailbox may receive', async (t) => {
  const { harness, add, ends, reset, ClientId } = await open(t);
  await add('mara');
  const mara = { ClientId, Username: 'mara' };
  const sources = Array.from({ length: 40 }, (_, at) => from(`192.0.2.${at}`));
  let attempts = 0;
  for (const source of sources) {
    harness.advance(1);
    assert.equal(await ends('ForgotPassword', mara, source), 'answered');
    const outcomes = await Promise.all(
      sources.map((source) => ends('ConfirmForgotPassword', reset('mara', 'x'), source)),
    );
    attempts += counted(outcomes)['CodeMismatchException'] ?? 0;
  }
  assert.equal((await harness.messages('mara@example.com')).length, 20);
  assert.equal(attempts, 20 * 5);
});

test('requests whose source is unknown share one budget', async (t) => {
  const { add, ends, ClientId } = await open(t);
  await add('mara');
  const mara = { ClientId, Username: 'mara' };
  const forgot = (caller: Caller) => () => ends('ForgotPassword', mara, caller);
  assert.deepEqual(await times(12, forgot(from())), { answered: 12 });
  assert.deepEqual(await times(12, forgot({ kind: 'anyone' })), {
    answered: 8,
    LimitExceededException: 4,
  });
  assert.equal(await forgot(owner)(), 'answered');
});

test('for back ends limits are by user: one who is abused blocks no other', async (t) => {
  const { add, ends, ClientId } = await open(t);
  for (const name of ['mara', 'bob']) await add(name);
  const backEnd = (source: string): Caller => ({
    kind: 'access-key',
    id: 'k',
    region: 'r',
    source,
  });
  const forgot = (Username: string, caller: Caller) => () =>
    ends('ForgotPassword', { ClientId, Username }, caller);
  assert.deepEqual(await times(25, forgot('mara', backEnd('10.0.0.1'))), {
    answered: 20,
    LimitExceededException: 5,
  });
  // Another machine of the same back end.
  assert.equal(await forgot('mara', backEnd('10.0.0.2'))(), 'LimitExceededException');
  assert.equal(await forgot('bob', backEnd('10.0.0.1'))(), 'answered');
  assert.equal(await forgot('mara', owner)(), 'answered');
});

/** What somebody sees who keeps asking for codes and trying wrong ones. */
async function seen(t: TestContext, who: 'somebody' | 'nobody') {
  const { harness, add, reset, ClientId } = await open(t, {
    PreventUserExistenceErrors: 'ENABLED',
  });
  const Username = 'mara@example.com';
  if (who === 'somebody')
    await add('mara@example.com', {
      UserAttributes: [
        { Name: 'email', Value: Username },
        { Name: 'email_verified', Value: 'true' },
      ],
    });
  const sight: unknown[] = [];
  const note = async (request: Promise<unknown>) => {
    sight.push(
      await request.catch((error: unknown) => {
        if (error instanceof Failure) return [error.code, error.message];
        throw error;
      }),
    );
  };
  const forgot = (source: string) =>
    note(harness.call('ForgotPassword', { ClientId, Username }, from(source)));
  const attempt = (source: string) =>
    note(harness.call('ConfirmForgotPassword', reset(Username, 'no'), from(source)));
  // Others' sign-ups use up what the mailbox may receive, whether it exists or not.
  for (let at = 0; at < 20; at += 1) {
    const UserAttributes = [{ Name: 'email', Value: Username }];
    const user = { ClientId, Username: `user${at}`, Password: right, UserAttributes };
    await harness.call('SignUp', user, from(`203.0.113.${at}`));
  }
  for (let at = 0; at < 7; at += 1) {
    await forgot(`192.0.2.${at}`);
    for (let attempts = 0; attempts < at; attempts += 1) await attempt(`192.0.2.${at}`);
    harness.advance(300_000);
  }
  for (let at = 0; at < 9; at += 1) await attempt('192.0.2.20');
  harness.advance(1_500_000);
  for (const source of ['192.0.2.8', '192.0.2.8', '192.0.2.9']) {
    await forgot(source);
    for (let at = 0; at < 4; at += 1) await attempt('192.0.2.21');
  }
  harness.advance(3_599_000);
  for (let at = 0; at < 3; at += 1) await attempt('192.0.2.22');
  harness.advance(2_000);
  await attempt('192.0.2.22');
  return sight;
}

test('if user existence is hidden, nothing shows whether a mailbox’s budget is used up', async (t) => {
  const [somebody, nobody] = [await seen(t, 'somebody'), await seen(t, 'nobody')];
  assert.deepEqual(somebody, nobody);
  assert.equal(somebody.length, 56);
});

test('each action may be done exactly this often per hour', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId } = await harness.makePool();
  // Source: behaviour.md 9; the last is ours.
  const most = {
    ConfirmForgotPassword: 20,
    ForgotPassword: 20,
    ResendConfirmationCode: 5,
    ConfirmSignUp: 15,
    ChangePassword: 5,
    GetUserAttributeVerificationCode: 5,
    VerifyUserAttribute: 15,
    UpdateUserAttributes: 20,
  } satisfies Record<LimitedAction, number>;
  for (const [action, count] of Object.entries(most) as [LimitedAction, number][]) {
    const take = async (): Promise<boolean> => {
      const ctx = serverContext(harness.storage, harness.world);
      return tryTakeFromBudget(ctx, poolId(UserPoolId), 'somebody', action);
    };
    for (let taken = 0; taken < count; taken += 1) assert.equal(await take(), true, action);
    assert.equal(await take(), false, action);
    harness.advance(3_600_000);
    assert.equal(await take(), true, action);
    harness.advance(3_600_000);
  }
});
