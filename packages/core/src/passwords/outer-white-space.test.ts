import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InputOf } from '@poolhouse/model';
import { serverContext } from '../execute.ts';
import { openHarness, type Harness } from '../testing/harness.ts';
import { proveEverywhere } from '../testing/password-proofs.ts';
import { addUser, goodPassword, signIn, type MadePool } from '../testing/signed-in.ts';
import { sealPassword } from './password.ts';

const rule = (member: string) =>
  `1 validation error detected: Value at '${member}' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[\\S]+.*[\\S]+$`;
const spaced = ['Passw0rd!x ', ' Passw0rd!x', 'Passw0rd!x\t', 'Passw0rd!x\n'];
const CONSTRAINT = 'InvalidParameterException';

/** A user from before such passwords were refused. */
async function plantPassword(harness: Harness, { UserPoolId }: MadePool, password: string) {
  const { pools, users } = harness.storage.stores;
  const pool = await pools.get(UserPoolId as never);
  const user = pool && (await users.byName(pool.id, 'ada'));
  assert(pool && user);
  const sealed = await sealPassword(
    serverContext(harness.storage, harness.world),
    pool,
    user,
    password,
  );
  await users.change(user, (now) => ({ ...now, ...sealed }));
}

test('users whose passwords have outer white space can sign in with every flow, and choose another by recovery', async (t) => {
  const harness = await openHarness(t);
  const made = await harness.makePool();
  await addUser(harness, made, 'ada', { email: 'ada@example.com', email_verified: 'true' });
  const [old = ''] = spaced;
  await plantPassword(harness, made, old);
  const target = { ...made, username: 'ada', password: old };
  const proofs = Object.values(await proveEverywhere(harness, target));
  assert.deepEqual(new Set(proofs), new Set(['tokens']));
  const { AccessToken } = await signIn(harness, made, 'ada', old);
  await harness.refuses(
    'ChangePassword',
    { AccessToken, PreviousPassword: old, ProposedPassword: goodPassword },
    CONSTRAINT,
    rule('previousPassword'),
  );
  const { ClientId } = made;
  await harness.call('ForgotPassword', { ClientId, Username: 'ada' });
  const ConfirmationCode = await harness.code('ada@example.com');
  const confirm: InputOf<'ConfirmForgotPassword'> = {
    ClientId,
    Username: 'ada',
    ConfirmationCode,
    Password: old,
  };
  await harness.refuses('ConfirmForgotPassword', confirm, CONSTRAINT, rule('password'));
  await harness.call('ConfirmForgotPassword', { ...confirm, Password: goodPassword });
  await signIn(harness, made, 'ada');
});

test('a new password with outer white space is refused in both forms, and the session stays valid', async (t) => {
  const harness = await openHarness(t);
  const made = await harness.makePool();
  const { UserPoolId, ClientId } = made;
  await harness.call('AdminCreateUser', {
    UserPoolId,
    Username: 'ada',
    TemporaryPassword: goodPassword,
    MessageAction: 'SUPPRESS',
  });
  const { Session } = await harness.call('InitiateAuth', {
    ClientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: 'ada', PASSWORD: goodPassword },
  });
  const answer = (NEW_PASSWORD: string) => ({
    ClientId,
    ChallengeName: 'NEW_PASSWORD_REQUIRED' as const,
    Session,
    ChallengeResponses: { USERNAME: 'ada', NEW_PASSWORD },
  });
  const tooLong =
    "1 validation error detected: Value at 'newPassword' failed to satisfy constraint: Member must have length less than or equal to 256";
  for (const [password, text] of [
    ...spaced.map((password) => [password, rule('newPassword')] as const),
    [`Passw0rd!${'x'.repeat(248)}`, tooLong] as const,
  ]) {
    await harness.refuses('RespondToAuthChallenge', answer(password), CONSTRAINT, text);
    await harness.refuses(
      'AdminRespondToAuthChallenge',
      { ...answer(password), UserPoolId },
      CONSTRAINT,
      text,
    );
  }
  const { AuthenticationResult } = await harness.call(
    'RespondToAuthChallenge',
    answer('Inner spaces are 1 good thing'),
  );
  assert.ok(AuthenticationResult?.AccessToken);
});
