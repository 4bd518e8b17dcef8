import assert from 'node:assert/strict';
import { test } from 'node:test';
import { poolId } from '../domain/ids.ts';
import { openHarness, type Harness } from '../testing/harness.ts';
import { addUser, goodPassword, signIn } from '../testing/signed-in.ts';
import { signInBySrp } from '../testing/srp-client.ts';
import { CODE, openWithChallenges, testFactor } from '../testing/test-challenges.ts';
import { configurationOf } from './next-step.ts';

/* A factor may be due by what SetUserPoolMfaConfig will set. Who needs no configuration reads none. */

const token = testFactor('SOFTWARE_TOKEN_MFA', 'token', {
  needs: () => ['mfa'],
  isDue: (facts) =>
    configurationOf(facts, 'mfa')?.SoftwareTokenMfaConfiguration?.Enabled === true &&
    !facts.proofs.some(({ challenge }) => challenge === 'SOFTWARE_TOKEN_MFA'),
});

const challenges = { SOFTWARE_TOKEN_MFA: token };

/** How many configurations were read since it was asked last. */
function countReads({ storage }: Harness): () => number {
  const { configurations } = storage.stores;
  const { get } = configurations;
  let reads = 0;
  configurations.get = (place) => {
    reads += 1;
    return get.call(configurations, place) as never;
  };
  return () => {
    const counted = reads;
    reads = 0;
    return counted;
  };
}

test('a factor is due once the pool is configured for it, which is read once a request', async (t) => {
  const { harness, start, answer, user } = await openWithChallenges(t, challenges, 'token');
  const reads = countReads(harness);
  assert.equal((await start()).kind, 'tokens');
  assert.equal(reads(), 1);
  await harness.storage.stores.configurations.change(
    { poolId: poolId(user.UserPoolId), kind: 'mfa' },
    () => ({ SoftwareTokenMfaConfiguration: { Enabled: true } }),
    harness.world.clock.nowMs(),
  );
  const temporary = { ...user, Password: 'Temporary-7', Permanent: false };
  await harness.call('AdminSetUserPassword', temporary);
  const invited = await start('Temporary-7');
  reads();
  // The step is decided before the new password and again after it.
  const asked = await answer(invited, { NEW_PASSWORD: goodPassword });
  assert.equal(asked.kind === 'challenge' && asked.name, 'SOFTWARE_TOKEN_MFA');
  assert.equal(reads(), 1);
  assert.equal((await answer(asked, { SOFTWARE_TOKEN_MFA_CODE: CODE })).kind, 'tokens');
});

test('a wrong password reads no configuration', async (t) => {
  const { harness, start } = await openWithChallenges(t, challenges, 'token');
  const reads = countReads(harness);
  await assert.rejects(start('Wrong-0000'));
  assert.equal(reads(), 0);
});

test('sign-in by password and by SRP, as they are built, read no configuration', async (t) => {
  const harness = await openHarness(t);
  const made = await harness.makePool({
    MfaConfiguration: 'OPTIONAL',
    AutoVerifiedAttributes: ['phone_number'],
  });
  await addUser(harness, made, 'ann');
  const reads = countReads(harness);
  await signIn(harness, made, 'ann');
  await signInBySrp(harness, { ...made, username: 'ann', password: goodPassword });
  assert.equal(reads(), 0);
});
