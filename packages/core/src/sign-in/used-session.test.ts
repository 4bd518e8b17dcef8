import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InputOf } from '@poolhouse/model';
import { Failure } from '../failure.ts';
import { openHarness } from '../testing/harness.ts';

/* A Session that was answered already has a text of its own. Source: settings.md 6. */

const used = 'Invalid session for the user, session can only be used once.';
const worthless = 'Invalid session for the user.';

async function atNewPassword(t: Parameters<typeof openHarness>[0]) {
  const harness = await openHarness(t);
  const { UserPoolId, ClientId } = await harness.makePool();
  const user = { UserPoolId, Username: 'ann' };
  const invite = () =>
    harness.call('AdminCreateUser', {
      ...user,
      TemporaryPassword: 'Passw0rd!x',
      MessageAction: 'SUPPRESS',
    });
  await invite();
  const { Session } = await harness.call('InitiateAuth', {
    ClientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: 'ann', PASSWORD: 'Passw0rd!x' },
  });
  const answer = (NEW_PASSWORD: string): InputOf<'RespondToAuthChallenge'> => ({
    ClientId,
    ChallengeName: 'NEW_PASSWORD_REQUIRED',
    Session,
    ChallengeResponses: { USERNAME: 'ann', NEW_PASSWORD },
  });
  return { harness, user, answer };
}

test('a Session is answered once, by the user or by an administrator', async (t) => {
  const { harness, user, answer } = await atNewPassword(t);
  // What the policy refuses leaves the Session usable.
  await harness.refuses('RespondToAuthChallenge', answer('short'), 'InvalidPasswordException');
  await harness.call('RespondToAuthChallenge', answer('An0ther!pass'));
  for (const password of ['An0ther!pass', 'Yet-an0ther!']) {
    await harness.refuses(
      'RespondToAuthChallenge',
      answer(password),
      'NotAuthorizedException',
      used,
    );
    await harness.refuses(
      'AdminRespondToAuthChallenge',
      { UserPoolId: user.UserPoolId, ...answer(password) },
      'NotAuthorizedException',
      used,
    );
  }
});

test('of answers at the same time one counts, and the others hear that', async (t) => {
  const { harness, answer } = await atNewPassword(t);
  const told = await Promise.all(
    Array.from({ length: 6 }, (_, at) =>
      harness.call('RespondToAuthChallenge', answer(`An0ther!pass${at}`)).then(
        () => 'tokens',
        (error: unknown) => (error instanceof Failure ? error.message : String(error)),
      ),
    ),
  );
  assert.deepEqual(told.sort(), [...Array.from({ length: 5 }, () => used), 'tokens']);
});

test('a Session that another password overtook is worth nothing, and was not used', async (t) => {
  const { harness, user, answer } = await atNewPassword(t);
  await harness.call('AdminSetUserPassword', {
    ...user,
    Password: 'Temp0rary!other',
    Permanent: false,
  });
  await harness.refuses(
    'RespondToAuthChallenge',
    answer('An0ther!pass'),
    'NotAuthorizedException',
    worthless,
  );
});
