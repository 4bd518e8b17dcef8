import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  postgresSkipReason,
  postgresTestDatabase,
  sqliteTestDatabase,
} from '@poolhouse/storage/testing';
import { openHarness } from '../testing/harness.ts';
import { makeAuthenticator } from '../testing/passkey-authenticator.ts';
import { PASSKEYS_FIRST, registerPasskey, startRegistration } from '../testing/passkeys.ts';
import { addUser, signIn } from '../testing/signed-in.ts';

/* Passkeys and many requests at once, on as many nodes as the database allows. */

for (const [name, database, skip] of [
  ['SQLite', sqliteTestDatabase, false],
  ['PostgreSQL', postgresTestDatabase, postgresSkipReason ?? false],
] as const) {
  suite(name, { skip }, () => {
    test('of eight who complete one registration, begun on another node, one does', async (t) => {
      const harness = await openHarness(t, { database });
      const other = name === 'SQLite' ? harness : await harness.secondNode();
      const made = await harness.makePool(PASSKEYS_FIRST);
      await addUser(harness, made, 'ann');
      const { AccessToken } = await signIn(harness, made, 'ann');
      const options = await startRegistration(harness, AccessToken);
      const outcomes = await Promise.allSettled(
        Array.from({ length: 8 }, (_, index) =>
          (index % 2 ? harness : other).call('CompleteWebAuthnRegistration', {
            AccessToken,
            Credential: makeAuthenticator().create(options),
          }),
        ),
      );
      const refusals = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
      assert.equal(refusals.length, 7);
      for (const reason of refusals) {
        assert.equal((reason as { code?: string }).code, 'WebAuthnChallengeNotFoundException');
      }
      const { Credentials } = await other.call('ListWebAuthnCredentials', { AccessToken });
      assert.equal(Credentials?.length, 1);
    });

    test('of eight who answer a sign-in with one use of a passkey, one signs in', async (t) => {
      const harness = await openHarness(t, { database });
      const nodes = name === 'SQLite' ? [harness] : [harness, await harness.secondNode()];
      const { ClientId, ...made } = await harness.makePool(PASSKEYS_FIRST, {
        ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_USER_PASSWORD_AUTH'],
      });
      await addUser(harness, { ClientId, ...made }, 'ann');
      const { AccessToken } = await signIn(harness, { ClientId, ...made }, 'ann');
      for (const signCount of [7, 0]) {
        const authenticator = makeAuthenticator();
        await registerPasskey(harness, AccessToken, authenticator, { signCount: 0 });
        const { Session, ChallengeParameters } = await harness.call('InitiateAuth', {
          ClientId,
          AuthFlow: 'USER_AUTH',
          AuthParameters: { USERNAME: 'ann', PREFERRED_CHALLENGE: 'WEB_AUTHN' },
        });
        const options: unknown = JSON.parse(
          ChallengeParameters?.['CREDENTIAL_REQUEST_OPTIONS'] ?? '',
        );
        const CREDENTIAL = JSON.stringify(authenticator.get(options, { signCount }));
        const outcomes = await Promise.allSettled(
          Array.from({ length: 8 }, (_, index) =>
            (nodes[index % nodes.length] ?? harness).call('RespondToAuthChallenge', {
              ClientId,
              ChallengeName: 'WEB_AUTHN',
              Session,
              ChallengeResponses: { USERNAME: 'ann', CREDENTIAL },
            }),
          ),
        );
        const won = outcomes.filter(({ status }) => status === 'fulfilled');
        assert.equal(won.length, 1, `count ${signCount}`);
      }
    });
  });
}
