import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { createSrpSession, signSrpSession } from 'cognito-srp-helper';
import {
  postgresSkipReason,
  postgresTestDatabase,
  sqliteTestDatabase,
} from '@poolhouse/storage/testing';
import { CUSTOM_AUTH, customAuthRunner } from '../testing/custom-auth.ts';
import { openWithDevice } from '../testing/device-sign-in.ts';
import { confirmedDevice, prove, STANDING_IN } from '../testing/devices.ts';
import { goodPassword, sessionOf } from '../testing/signed-in.ts';
import { srpTimestamp } from '../testing/srp-client.ts';
import { CODE } from '../testing/test-challenges.ts';

/* Which device a session is of: the one that proved itself, and none that a sign-in of one factor has only named (ADR 32). */

for (const [name, database, skip] of [
  ['SQLite', sqliteTestDatabase, false],
  ['PostgreSQL', postgresTestDatabase, postgresSkipReason ?? false],
] as const) {
  suite(`which device a session is of, on ${name}`, { skip }, () => {
    test('no answer that follows puts another device in the place of the one that proved itself', async (t) => {
      const triggers = customAuthRunner({
        PreTokenGeneration: () => ({}),
      });
      const pool = { ...STANDING_IN, LambdaConfig: CUSTOM_AUTH };
      const opened = await openWithDevice(t, pool, { database, triggers });
      const { harness, made, ann, ref, device, answer, refresh } = opened;
      const second = await confirmedDevice(harness, ann);
      const srp = createSrpSession('ann', goodPassword, made.UserPoolId, false);
      for (const other of [second.key, 'eu-west-1_00000000-0000-4000-8000-000000000000']) {
        const started = await harness.call('InitiateAuth', {
          ...{ ClientId: made.ClientId, AuthFlow: 'CUSTOM_AUTH' },
          AuthParameters: { USERNAME: 'ann', CHALLENGE_NAME: 'SRP_A', SRP_A: srp.largeA },
        });
        const TIMESTAMP = srpTimestamp(harness.world.clock.nowMs());
        const signed = signSrpSession({ ...srp, timestamp: TIMESTAMP }, started as never);
        const asked = await answer(
          started,
          {
            ...{ TIMESTAMP, DEVICE_KEY: device.key },
            PASSWORD_CLAIM_SECRET_BLOCK: signed.secret,
            PASSWORD_CLAIM_SIGNATURE: signed.passwordSignature,
          },
          'PASSWORD_VERIFIER',
        );
        const custom = await prove(harness, ann, device, asked);
        assert.equal(custom.ChallengeName, 'CUSTOM_CHALLENGE');
        const outcome = await answer(custom, { ANSWER: CODE, DEVICE_KEY: other });
        const tokens = outcome.AuthenticationResult;
        assert.equal((await sessionOf(harness, tokens?.RefreshToken)).deviceKey, device.key);
        assert.equal(tokens?.NewDeviceMetadata, undefined);
        await refresh(tokens, device.key);
      }
      const begun = await confirmedDevice(harness, ann);
      await harness.call('AdminForgetDevice', { ...ref, DeviceKey: device.key });
      await refresh(begun.tokens, begun.key);
    });

    test('where a level is asked for, a device proves itself as elsewhere before a session is its own', async (t) => {
      const opened = await openWithDevice(t, STANDING_IN, { database });
      const { harness, made, ann, device } = opened;
      const start = (TARGET_ACR_VALUES: string) =>
        harness.call('InitiateAuth', {
          ...{ ClientId: made.ClientId, AuthFlow: 'USER_AUTH' },
          AuthParameters: {
            ...{ USERNAME: 'ann', PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD: goodPassword },
            ...{ DEVICE_KEY: device.key, TARGET_ACR_VALUES },
          },
        });
      const asked = await start('urn:cognito:loa:1');
      assert.equal(asked.ChallengeName, 'DEVICE_SRP_AUTH');
      const { AuthenticationResult: tokens } = await prove(harness, ann, device, asked);
      assert.equal((await sessionOf(harness, tokens?.RefreshToken)).deviceKey, device.key);
      // What cannot be reached is refused without the device being asked.
      await assert.rejects(start('urn:cognito:loa:4'), { code: 'UnsupportedOperationException' });
    });
  });
}
