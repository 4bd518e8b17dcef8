import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { createSrpSession, signSrpSession } from 'cognito-srp-helper';
import {
  postgresSkipReason,
  postgresTestDatabase,
  sqliteTestDatabase,
} from '@poolhouse/storage/testing';
import type { InputOf } from '@poolhouse/model';
import { openWithDevice, refusals } from '../testing/device-sign-in.ts';
import {
  beginProof,
  confirmedDevice,
  newDevice,
  prove,
  STANDING_IN,
  startOn,
} from '../testing/devices.ts';
import { addUser, goodPassword } from '../testing/signed-in.ts';
import { srpTimestamp } from '../testing/srp-client.ts';

/* What a device, or somebody in its place, is refused. */

const { unknown, wrong, session, used, locked, refresh: notRefreshed } = refusals;

test('of a device that nobody has, only who knows the password hears', async (t) => {
  const { harness, made, ann } = await openWithDevice(t);
  const strange = { key: 'eu-west-1_00000000-0000-4000-8000-000000000000' };
  await assert.rejects(startOn(harness, { ...ann, password: 'Wrong-1234' }, strange), wrong);
  await assert.rejects(startOn(harness, { ...ann, username: 'nobody' }, strange), {
    code: 'UserNotFoundException',
  });
  await assert.rejects(startOn(harness, ann, strange), unknown);
  const { AuthenticationResult } = await startOn(harness, ann);
  assert(AuthenticationResult?.NewDeviceMetadata, 'the app goes on without it');
  await assert.rejects(startOn(harness, ann, { key: 'no key' }), {
    ...{ code: 'InvalidParameterException', message: 'Invalid device key given.' },
  });
  await addUser(harness, made, 'bob');
  const bob = { ...ann, username: 'bob' };
  const ofBob = await confirmedDevice(harness, bob);
  await assert.rejects(startOn(harness, ann, ofBob), unknown, 'the device of somebody else');
  const unconfirmed = newDevice((await startOn(harness, ann)).AuthenticationResult).device;
  await assert.rejects(startOn(harness, ann, unconfirmed), unknown);
});

test('the proof of a password is good once more without a device that is gone', async (t) => {
  const { harness, ann, ref, device } = await openWithDevice(t);
  await harness.call('AdminForgetDevice', { ...ref, DeviceKey: device.key });
  const { ClientId, username, password, UserPoolId } = ann;
  const srp = createSrpSession(username, password, UserPoolId, false);
  const started = await harness.call('InitiateAuth', {
    ...{ ClientId, AuthFlow: 'USER_SRP_AUTH' },
    AuthParameters: { USERNAME: username, SRP_A: srp.largeA, DEVICE_KEY: device.key },
  });
  const TIMESTAMP = srpTimestamp(harness.world.clock.nowMs());
  const signed = signSrpSession({ ...srp, timestamp: TIMESTAMP }, started as never);
  const answer = (DEVICE_KEY?: string | null) =>
    harness.call('RespondToAuthChallenge', {
      ...{ ClientId, ChallengeName: 'PASSWORD_VERIFIER' },
      ChallengeResponses: {
        ...{ USERNAME: username, TIMESTAMP },
        PASSWORD_CLAIM_SECRET_BLOCK: signed.secret,
        PASSWORD_CLAIM_SIGNATURE: signed.passwordSignature,
        // As amazon-cognito-identity-js says that it has none.
        ...(DEVICE_KEY !== undefined && { DEVICE_KEY: DEVICE_KEY as string }),
      },
    });
  await assert.rejects(answer(device.key), unknown);
  assert((await answer(null)).AuthenticationResult?.NewDeviceMetadata);
  await assert.rejects(answer(), { code: 'NotAuthorizedException' });
});

test('a code that is good once is not lost to a device that is gone', async (t) => {
  const opened = await openWithDevice(t);
  const { harness, ann, ref, device, turnOn } = opened;
  await turnOn('application', 'ON');
  const asked = await startOn(harness, ann);
  await harness.call('AdminForgetDevice', { ...ref, DeviceKey: device.key });
  const outcome = await opened.answerCode(asked, { DEVICE_KEY: device.key });
  assert(outcome.AuthenticationResult?.NewDeviceMetadata);
});

test('wrong proofs of a device count like wrong passwords, and a right one ends the count', async (t) => {
  const opened = await openWithDevice(t);
  const { harness, ann, device } = opened;
  const other = { ...device, password: 'another password' };
  for (let count = 0; count < 4; count += 1) {
    await assert.rejects(prove(harness, ann, other, await startOn(harness, ann, device)), wrong);
  }
  await prove(harness, ann, device, await startOn(harness, ann, device));
  for (let count = 0; count < 5; count += 1) {
    await assert.rejects(prove(harness, ann, other, await startOn(harness, ann, device)), wrong);
  }
  await assert.rejects(startOn(harness, ann, device), locked);
  harness.advance(2_000);
  const asked = await startOn(harness, ann, device);
  const proof = await beginProof(harness, ann, device, asked);
  await assert.rejects(startOn(harness, { ...ann, password: 'Wrong-1234' }), wrong);
  await assert.rejects(harness.call('RespondToAuthChallenge', proof), locked);
  const again = { ...ann, password: goodPassword };
  await assert.rejects(startOn(harness, again, device), locked);
});

test('an exchange proves one device, once, and in its own place', async (t) => {
  const opened = await openWithDevice(t);
  const { harness, made, ann, device, answer } = opened;
  const second = await confirmedDevice(harness, ann);
  const asked = await startOn(harness, ann, device);
  const SRP_A = createSrpSession('ann', 'x', made.UserPoolId, false).largeA;
  await assert.rejects(answer(asked, { DEVICE_KEY: second.key, SRP_A }), session);
  await assert.rejects(answer(asked, { SRP_A }), { code: 'InvalidParameterException' });
  for (const zero of ['0', '00', 'f'.repeat(769)]) {
    const invalid = { code: 'InvalidParameterException', message: 'SRP_A is not valid' };
    await assert.rejects(answer(asked, { DEVICE_KEY: device.key, SRP_A: zero }), invalid);
  }
  await assert.rejects(
    answer(asked, { SOFTWARE_TOKEN_MFA_CODE: '123456' }, 'SOFTWARE_TOKEN_MFA'),
    session,
  );
  const proof = await beginProof(harness, ann, device, asked);
  await assert.rejects(answer(asked, { DEVICE_KEY: device.key, SRP_A }), used);
  const change = (
    responses: Readonly<Record<string, string>>,
  ): InputOf<'RespondToAuthChallenge'> => ({
    ...proof,
    ChallengeResponses: { ...proof.ChallengeResponses, ...responses },
  });
  const send = (input: InputOf<'RespondToAuthChallenge'>) =>
    harness.call('RespondToAuthChallenge', input);
  await assert.rejects(send(change({ DEVICE_KEY: second.key })), wrong);
  await assert.rejects(send({ ...change({}), ChallengeName: 'PASSWORD_VERIFIER' }), wrong);
  const outcome = await send(proof);
  assert(outcome.AuthenticationResult?.AccessToken);
  await assert.rejects(send(proof), { code: 'NotAuthorizedException' });
  const passwordBlock = await harness.call('InitiateAuth', {
    ...{ ClientId: made.ClientId, AuthFlow: 'USER_SRP_AUTH' },
    AuthParameters: { USERNAME: 'ann', SRP_A, DEVICE_KEY: device.key },
  });
  const { SECRET_BLOCK = '' } = passwordBlock.ChallengeParameters ?? {};
  await assert.rejects(send(change({ PASSWORD_CLAIM_SECRET_BLOCK: SECRET_BLOCK })), wrong);
});

for (const [name, database, skip] of [
  ['SQLite', sqliteTestDatabase, false],
  ['PostgreSQL', postgresTestDatabase, postgresSkipReason ?? false],
] as const) {
  suite(`what changes while a device proves itself, on ${name}`, { skip }, () => {
    type Opened = Awaited<ReturnType<typeof openWithDevice>>;
    const changes: Readonly<Record<string, (opened: Opened) => Promise<unknown>>> = {
      'it is forgotten': ({ harness, ref, device }) =>
        harness.call('AdminForgetDevice', { ...ref, DeviceKey: device.key }),
      'it is not remembered any more': ({ status }) => status('not_remembered'),
      'no device stands in for a factor any more': ({ configure }) =>
        configure({ ChallengeRequiredOnNewDevice: false }),
      'the pool stops telling devices apart': ({ configure }) => configure(undefined),
      'only a code by mail is asked any more': ({ turnOn }) => turnOn('mail', 'ON'),
      'the password changes': ({ harness, ref }) =>
        harness.call('AdminSetUserPassword', { ...ref, Password: 'Next-1234', Permanent: true }),
      'the user is disabled': ({ harness, ref }) => harness.call('AdminDisableUser', ref),
      'the user must reset the password': ({ harness, ref }) =>
        harness.call('AdminResetUserPassword', ref),
      'the user is deleted': ({ harness, ref }) => harness.call('AdminDeleteUser', ref),
    };
    for (const [what, change] of Object.entries(changes)) {
      test(`${what}: no token`, async (t) => {
        const opened = await openWithDevice(t, STANDING_IN, { database });
        const { harness, made, ann, device, turnOn, answer } = opened;
        await turnOn('application', 'ON');
        const asked = await startOn(harness, ann, device);
        const proof = await beginProof(harness, ann, device, await startOn(harness, ann, device));
        await change(opened);
        const SRP_A = createSrpSession('ann', 'x', made.UserPoolId, false).largeA;
        const code = /^(NotAuthorized|PasswordResetRequired)Exception$/;
        await assert.rejects(answer(asked, { DEVICE_KEY: device.key, SRP_A }), { code });
        await assert.rejects(harness.call('RespondToAuthChallenge', proof), { code });
      });
    }

    test('of eight proofs at once, one leads to tokens; and none while the device is forgotten', async (t) => {
      const opened = await openWithDevice(t, STANDING_IN, { database });
      const { harness, ann, ref, device, refresh } = opened;
      const proof = await beginProof(harness, ann, device, await startOn(harness, ann, device));
      const sent = await Promise.allSettled(
        Array.from({ length: 8 }, () => harness.call('RespondToAuthChallenge', proof)),
      );
      assert.equal(sent.filter(({ status }) => status === 'fulfilled').length, 1);
      harness.advance(60_000);
      const proofs = [];
      for (let count = 0; count < 4; count += 1) {
        const asked = await startOn(harness, ann, device);
        proofs.push(await beginProof(harness, ann, device, asked));
      }
      const [, ...outcomes] = await Promise.allSettled([
        harness.call('AdminForgetDevice', { ...ref, DeviceKey: device.key }),
        ...proofs.map((one) => harness.call('RespondToAuthChallenge', one)),
      ]);
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') continue;
        const { AuthenticationResult: tokens } = outcome.value;
        const AccessToken = tokens?.AccessToken ?? '';
        await assert.rejects(harness.call('GetUser', { AccessToken }), 'its session has ended');
        await assert.rejects(refresh(tokens, device.key));
      }
    });

    test('a session of a device is refreshed with its key, as long as the pool knows it', async (t) => {
      const opened = await openWithDevice(t, STANDING_IN, { database });
      const { harness, made, ann, ref, device, refresh } = opened;
      const { tokens } = device;
      const byFlow = (DEVICE_KEY?: string) =>
        harness.call('InitiateAuth', {
          ...{ ClientId: made.ClientId, AuthFlow: 'REFRESH_TOKEN_AUTH' },
          AuthParameters: {
            REFRESH_TOKEN: tokens.RefreshToken ?? '',
            ...(DEVICE_KEY !== undefined && { DEVICE_KEY }),
          },
        });
      const other = await confirmedDevice(harness, ann);
      for (const key of [undefined, other.key, 'eu-west-1_0', `${device.key}0`]) {
        await assert.rejects(refresh(tokens, key), notRefreshed, key);
        await assert.rejects(byFlow(key), notRefreshed, key);
      }
      assert((await refresh(tokens, device.key)).AuthenticationResult?.AccessToken);
      assert((await byFlow(device.key)).AuthenticationResult?.AccessToken);
      const { AuthenticationResult: fresh } = await startOn(harness, ann);
      const { device: unconfirmed } = newDevice(fresh);
      await assert.rejects(refresh(fresh, unconfirmed.key), notRefreshed, 'never confirmed');
      await opened.configure(undefined);
      await assert.rejects(refresh(fresh, unconfirmed.key), notRefreshed, 'whatever the pool says');
      await refresh(tokens, device.key);
      await harness.call('AdminForgetDevice', { ...ref, DeviceKey: device.key });
      await assert.rejects(refresh(tokens, device.key), { code: 'NotAuthorizedException' });
    });
  });
}

test('what turns a second factor on while a device only says which one it is, is asked', async (t) => {
  const opened = await openWithDevice(t, { DeviceConfiguration: {} });
  const { harness, ann, device, made, turnOn, answer } = opened;
  const asked = await startOn(harness, ann, device);
  const proof = await beginProof(harness, ann, device, await startOn(harness, ann, device));
  await turnOn('application');
  const SRP_A = createSrpSession('ann', 'x', made.UserPoolId, false).largeA;
  await assert.rejects(answer(asked, { DEVICE_KEY: device.key, SRP_A }), session);
  await assert.rejects(harness.call('RespondToAuthChallenge', proof), wrong);
});

test('a session that was begun before the pool told devices apart needs no key', async (t) => {
  const opened = await openWithDevice(t, {
    DeviceConfiguration: {},
  });
  const { harness, ann, refresh } = opened;
  await opened.configure(undefined);
  const { AuthenticationResult: tokens } = await startOn(harness, ann);
  await opened.configure(STANDING_IN.DeviceConfiguration);
  await refresh(tokens);
});
