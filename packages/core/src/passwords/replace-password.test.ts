import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import {
  postgresSkipReason,
  postgresTestDatabase,
  sqliteTestDatabase,
  type MakeDatabase,
} from '@poolhouse/storage/testing';
import { proveEverywhere } from '../testing/password-proofs.ts';
import { openHarness, type Harness } from '../testing/harness.ts';
import { addUser, attributes, goodPassword, signIn } from '../testing/signed-in.ts';
import type { User } from '../domain/users/user.ts';

const OLD = goodPassword;
const NEW = 'Better-Horse-10';
const mail = 'ada@example.com';
const evil = 'evil@example.com';

/** Somebody whose password is replaced, with everything begun before that could outlive it. */
interface Begun {
  readonly UserPoolId: string;
  readonly ClientId: string;
  /** A client of the same pool whose tokens cannot be revoked one by one. */
  readonly plainClientId: string;
  /** The sign-in that goes on where any does. */
  readonly own: Tokens;
  readonly others: readonly (Tokens & { readonly ClientId: string })[];
  /** Sent before to the pending address, and for a reset. */
  readonly codes: { readonly pending: string; readonly reset: string };
}
type Tokens = Awaited<ReturnType<typeof signIn>>;

interface Path {
  readonly name: string;
  /** Whether the password that is replaced is a temporary one. */
  readonly fromTemporary?: boolean;
  /** What the new one leads to; nothing where the password only ends. */
  readonly leadsTo: 'tokens' | 'new-password' | 'reset';
  readonly keepsOwn?: boolean;
  readonly run: (harness: Harness, begun: Begun) => Promise<unknown>;
}

const named = ({ UserPoolId }: Begun) => ({ UserPoolId, Username: 'ada' });

function newPassword(by: 'app' | 'administrator'): Path {
  return {
    name: `NEW_PASSWORD_REQUIRED by ${by}`,
    fromTemporary: true,
    leadsTo: 'tokens',
    async run(harness, { ClientId, UserPoolId }) {
      const { Session } = await harness.call('InitiateAuth', {
        ClientId,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: 'ada', PASSWORD: OLD },
      });
      const answer = {
        ClientId,
        ChallengeName: 'NEW_PASSWORD_REQUIRED' as const,
        Session,
        ChallengeResponses: { USERNAME: 'ada', NEW_PASSWORD: NEW },
      };
      return by === 'app'
        ? harness.call('RespondToAuthChallenge', answer)
        : harness.call('AdminRespondToAuthChallenge', { ...answer, UserPoolId });
    },
  };
}

const paths: readonly Path[] = [
  newPassword('app'),
  newPassword('administrator'),
  {
    name: 'ChangePassword',
    leadsTo: 'tokens',
    keepsOwn: true,
    run: (harness, { own }) =>
      harness.call('ChangePassword', {
        AccessToken: own.AccessToken,
        PreviousPassword: OLD,
        ProposedPassword: NEW,
      }),
  },
  {
    name: 'ConfirmForgotPassword',
    leadsTo: 'tokens',
    run: (harness, { ClientId, codes }) =>
      harness.call('ConfirmForgotPassword', {
        ClientId,
        Username: 'ada',
        ConfirmationCode: codes.reset,
        Password: NEW,
      }),
  },
  {
    name: 'AdminSetUserPassword, permanent',
    leadsTo: 'tokens',
    run: (harness, begun) =>
      harness.call('AdminSetUserPassword', { ...named(begun), Password: NEW, Permanent: true }),
  },
  {
    name: 'AdminSetUserPassword, temporary',
    leadsTo: 'new-password',
    run: (harness, begun) =>
      harness.call('AdminSetUserPassword', { ...named(begun), Password: NEW }),
  },
  {
    name: 'AdminResetUserPassword',
    leadsTo: 'reset',
    run: (harness, begun) => harness.call('AdminResetUserPassword', named(begun)),
  },
  {
    name: 'AdminCreateUser, RESEND',
    fromTemporary: true,
    leadsTo: 'new-password',
    run: (harness, begun) =>
      harness.call('AdminCreateUser', {
        ...named(begun),
        MessageAction: 'RESEND',
        TemporaryPassword: NEW,
        DesiredDeliveryMediums: ['EMAIL'],
      }),
  },
];

async function userOf(harness: Harness, { UserPoolId }: Pick<Begun, 'UserPoolId'>): Promise<User> {
  const user = await harness.storage.stores.users.byName(UserPoolId as never, 'ada');
  assert(user);
  return user;
}

async function begin(harness: Harness, path: Path): Promise<Begun> {
  const made = await harness.makePool({
    AutoVerifiedAttributes: ['email'],
    UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
    Policies: { PasswordPolicy: { MinimumLength: 8, PasswordHistorySize: 3 } },
  });
  const { UserPoolId, ClientId } = made;
  const { UserPoolClient } = await harness.call('CreateUserPoolClient', {
    UserPoolId,
    ClientName: 'plain',
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    EnableTokenRevocation: false,
  });
  const plainClientId = UserPoolClient?.ClientId ?? '';
  await addUser(harness, made, 'ada', { email: mail, email_verified: 'true' });
  const own = await signIn(harness, made, 'ada');
  const others = [
    { ClientId, ...(await signIn(harness, made, 'ada')) },
    {
      ClientId: plainClientId,
      ...(await signIn(harness, { ...made, ClientId: plainClientId }, 'ada')),
    },
  ];
  await harness.call('UpdateUserAttributes', {
    AccessToken: own.AccessToken,
    UserAttributes: attributes({ email: evil }),
  });
  await harness.call('ForgotPassword', { ClientId, Username: 'ada' });
  for (let failure = 0; failure < 3; failure += 1) {
    await assert.rejects(signIn(harness, made, 'ada', 'wrong'), { code: 'NotAuthorizedException' });
  }
  const codes = { pending: await harness.code(evil), reset: await harness.code(mail) };
  if (path.fromTemporary) {
    // What was begun cannot come before a temporary password over the API, whose every path ends it; so the state is set.
    await harness.storage.stores.users.change(await userOf(harness, made), (user) => ({
      ...user,
      status: 'FORCE_CHANGE_PASSWORD',
    }));
  }
  return { UserPoolId, ClientId, plainClientId, own, others, codes };
}

const isLive = (harness: Harness, AccessToken: string) =>
  harness.call('GetUser', { AccessToken }).then(
    () => true,
    () => false,
  );

const refreshes = (harness: Harness, ClientId: string, REFRESH_TOKEN: string) =>
  harness
    .call('InitiateAuth', {
      ClientId,
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN },
    })
    .then(
      () => true,
      () => false,
    );

async function endsWhatWasBegun(t: TestContext, path: Path, database: MakeDatabase): Promise<void> {
  const harness = await openHarness(t, { database });
  const begun = await begin(harness, path);
  const before = await userOf(harness, begun);
  assert.equal(before.failedAttempts, 3);
  await path.run(harness, begun);
  const after = await userOf(harness, begun);

  assert.deepEqual(after.pendingAttributes, {});
  assert.deepEqual(
    [after.failedAttempts, after.lastFailedAtMs, after.lockedUntilMs],
    [0, undefined, undefined],
  );
  assert.deepEqual(
    after.sealedHistory,
    path.leadsTo === 'reset'
      ? before.sealedHistory
      : [before.sealedPassword, ...before.sealedHistory],
  );
  for (const { ClientId, AccessToken, RefreshToken } of begun.others) {
    assert.equal(await isLive(harness, AccessToken), false);
    assert.equal(await refreshes(harness, ClientId, RefreshToken), false);
  }
  const own = path.keepsOwn ?? false;
  assert.equal(await isLive(harness, begun.own.AccessToken), own);
  assert.equal(await refreshes(harness, begun.ClientId, begun.own.RefreshToken), own);

  await harness.refuses(
    'ConfirmForgotPassword',
    {
      ClientId: begun.ClientId,
      Username: 'ada',
      ConfirmationCode: begun.codes.reset,
      Password: 'Evil-Horse-666',
    },
    // An administrator's reset has sent another code.
    path.leadsTo === 'reset' ? 'CodeMismatchException' : 'ExpiredCodeException',
  );
  // Whoever is let in next cannot finish the other's change of the address.
  await harness.call('AdminSetUserPassword', {
    ...named(begun),
    Password: 'Third-Horse-11',
    Permanent: true,
  });
  const { AccessToken } = await signIn(harness, begun, 'ada', 'Third-Horse-11');
  await harness.refuses(
    'VerifyUserAttribute',
    { AccessToken, AttributeName: 'email', Code: begun.codes.pending },
    'ExpiredCodeException',
  );
}

async function replacesThePassword(t: TestContext, path: Path): Promise<void> {
  const harness = await openHarness(t);
  const begun = await begin(harness, path);
  const before = await userOf(harness, begun);
  await path.run(harness, begun);
  const after = await userOf(harness, begun);
  const target = { ...begun, username: 'ada' };
  if (path.leadsTo === 'reset') {
    const proofs = await proveEverywhere(harness, { ...target, password: OLD });
    assert.deepEqual(new Set(Object.values(proofs)), new Set(['PasswordResetRequiredException']));
    return;
  }
  assert.notEqual(after.sealedSrp, before.sealedSrp);
  const old = await proveEverywhere(harness, { ...target, password: OLD });
  assert.deepEqual(new Set(Object.values(old)), new Set(['NotAuthorizedException']));
  const right = await proveEverywhere(harness, { ...target, password: NEW });
  const expected = path.leadsTo === 'tokens' ? 'tokens' : 'NEW_PASSWORD_REQUIRED';
  assert.deepEqual(new Set(Object.values(right)), new Set([expected]));
}

/** `iat` has whole seconds: what is issued in the second of a sign-out must live, what was before must not (code review A11). */
async function letsInAtOnce(t: TestContext, path: Path): Promise<void> {
  if (path.leadsTo !== 'tokens') return;
  const harness = await openHarness(t);
  const begun = await begin(harness, path);
  harness.advance(1);
  await path.run(harness, begun);
  harness.advance(1);
  for (const ClientId of [begun.ClientId, begun.plainClientId]) {
    const { AccessToken } = await signIn(harness, { ...begun, ClientId }, 'ada', NEW);
    assert.equal(await isLive(harness, AccessToken), true);
  }
  for (const { AccessToken } of begun.others)
    assert.equal(await isLive(harness, AccessToken), false);
}

for (const path of paths) {
  test(`${path.name}: what was begun with the old password ends`, (t) =>
    endsWhatWasBegun(t, path, sqliteTestDatabase));
  test(
    `${path.name}: what was begun with the old password ends, on PostgreSQL`,
    { skip: postgresSkipReason },
    (t) => endsWhatWasBegun(t, path, postgresTestDatabase),
  );
  test(`${path.name}: the old password is refused, the new one works, on every flow`, (t) =>
    replacesThePassword(t, path));
  test(`${path.name}: signing in within the same second gives tokens that live`, (t) =>
    letsInAtOnce(t, path));
}
