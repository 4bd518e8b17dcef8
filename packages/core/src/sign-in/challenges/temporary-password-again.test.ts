import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHarness, type Harness } from '../../testing/harness.ts';
import { signInBySrp } from '../../testing/srp-client.ts';
import { signIn, type MadePool } from '../../testing/signed-in.ts';

const TEMPORARY = 'Temporary-1234';
const again = [
  'InvalidPasswordException',
  'Password did not conform with policy: Password must differ from the temporary password',
] as const;

async function invite(harness: Harness, { UserPoolId }: MadePool, TemporaryPassword?: string) {
  await harness.call('AdminCreateUser', {
    UserPoolId,
    Username: 'mara',
    TemporaryPassword,
    UserAttributes: [{ Name: 'email', Value: 'mara@example.com' }],
    DesiredDeliveryMediums: ['EMAIL'],
  });
}

async function sessionOf(harness: Harness, { ClientId }: MadePool, PASSWORD: string) {
  const { Session } = await harness.call('InitiateAuth', {
    ClientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: 'mara', PASSWORD },
  });
  return Session;
}

const answer = ({ ClientId }: MadePool, Session: string | undefined, NEW_PASSWORD: string) => ({
  ClientId,
  ChallengeName: 'NEW_PASSWORD_REQUIRED' as const,
  Session,
  ChallengeResponses: { USERNAME: 'mara', NEW_PASSWORD },
});

test('the temporary password does not become the permanent one, and the session stays good (D13)', async (t) => {
  const harness = await openHarness(t);
  const made = await harness.makePool();
  const { UserPoolId } = made;
  await invite(harness, made, TEMPORARY);
  const Session = await sessionOf(harness, made, TEMPORARY);
  await harness.refuses('RespondToAuthChallenge', answer(made, Session, TEMPORARY), ...again);
  await harness.refuses(
    'AdminRespondToAuthChallenge',
    { ...answer(made, Session, TEMPORARY), UserPoolId },
    ...again,
  );
  const bySrp = await signInBySrp(harness, { ...made, username: 'mara', password: TEMPORARY });
  await harness.refuses('RespondToAuthChallenge', answer(made, bySrp.Session, TEMPORARY), ...again);
  const seen = await harness.call('AdminGetUser', { UserPoolId, Username: 'mara' });
  assert.equal(seen.UserStatus, 'FORCE_CHANGE_PASSWORD');
  const { AuthenticationResult } = await harness.call(
    'RespondToAuthChallenge',
    answer(made, Session, 'Chosen-5678'),
  );
  assert.ok(AuthenticationResult?.AccessToken);
});

test('nor does one that the server made, or that came with a second invitation', async (t) => {
  const harness = await openHarness(t);
  const made = await harness.makePool();
  await invite(harness, made);
  for (const resend of [false, true]) {
    if (resend) {
      harness.advance(1);
      await harness.call('AdminCreateUser', {
        UserPoolId: made.UserPoolId,
        Username: 'mara',
        MessageAction: 'RESEND',
        DesiredDeliveryMediums: ['EMAIL'],
      });
    }
    const sent = await harness.code('mara@example.com');
    const Session = await sessionOf(harness, made, sent);
    await harness.refuses('RespondToAuthChallenge', answer(made, Session, sent), ...again);
  }
});

test('a pool with a history says so by its own error', async (t) => {
  const harness = await openHarness(t);
  const made = await harness.makePool({
    Policies: { PasswordPolicy: { MinimumLength: 8, PasswordHistorySize: 1 } },
  });
  await invite(harness, made, TEMPORARY);
  const Session = await sessionOf(harness, made, TEMPORARY);
  await harness.refuses(
    'RespondToAuthChallenge',
    answer(made, Session, TEMPORARY),
    'PasswordHistoryPolicyViolationException',
  );
});

test('an administrator may say that the temporary password stays', async (t) => {
  const harness = await openHarness(t);
  const made = await harness.makePool();
  await invite(harness, made, TEMPORARY);
  await harness.call('AdminSetUserPassword', {
    UserPoolId: made.UserPoolId,
    Username: 'mara',
    Password: TEMPORARY,
    Permanent: true,
  });
  await signIn(harness, made, 'mara', TEMPORARY);
});
