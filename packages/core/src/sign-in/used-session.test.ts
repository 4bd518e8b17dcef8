import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InputOf } from '@poolhouse/model';
import { Failure } from '../failure.ts';
import { openHouse } from '../testing/house.ts';

/* A Session that was answered already has a text of its own. Source: settings.md 6. */

const used = 'Invalid session for the user, session can only be used once.';
const worthless = 'Invalid session for the user.';

async function atNewPassword(t: Parameters<typeof openHouse>[0]) {
  const house = await openHouse(t);
  const { UserPoolId, ClientId } = await house.makePool();
  const user = { UserPoolId, Username: 'ann' };
  const invite = () =>
    house.call('AdminCreateUser', {
      ...user,
      TemporaryPassword: 'Passw0rd!x',
      MessageAction: 'SUPPRESS',
    });
  await invite();
  const { Session } = await house.call('InitiateAuth', {
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
  return { house, user, answer };
}

test('a Session is answered once, by the user or by an administrator', async (t) => {
  const { house, user, answer } = await atNewPassword(t);
  // What the policy refuses leaves the Session usable.
  await house.refuses('RespondToAuthChallenge', answer('short'), 'InvalidPasswordException');
  await house.call('RespondToAuthChallenge', answer('An0ther!pass'));
  for (const password of ['An0ther!pass', 'Yet-an0ther!']) {
    await house.refuses('RespondToAuthChallenge', answer(password), 'NotAuthorizedException', used);
    await house.refuses(
      'AdminRespondToAuthChallenge',
      { UserPoolId: user.UserPoolId, ...answer(password) },
      'NotAuthorizedException',
      used,
    );
  }
});

test('of answers at the same time one counts, and the others hear that', async (t) => {
  const { house, answer } = await atNewPassword(t);
  const told = await Promise.all(
    Array.from({ length: 6 }, (_, at) =>
      house.call('RespondToAuthChallenge', answer(`An0ther!pass${at}`)).then(
        () => 'tokens',
        (error: unknown) => (error instanceof Failure ? error.message : String(error)),
      ),
    ),
  );
  assert.deepEqual(told.sort(), [...Array.from({ length: 5 }, () => used), 'tokens']);
});

test('a Session that another password overtook is worth nothing, and was not used', async (t) => {
  const { house, user, answer } = await atNewPassword(t);
  await house.call('AdminSetUserPassword', {
    ...user,
    Password: 'Temp0rary!other',
    Permanent: false,
  });
  await house.refuses(
    'RespondToAuthChallenge',
    answer('An0ther!pass'),
    'NotAuthorizedException',
    worthless,
  );
});
