import './quick-powers.ts';
import assert from 'node:assert/strict';
import {
  createDeviceVerifier,
  createSrpSession,
  signSrpSessionWithDevice,
} from 'cognito-srp-helper';
import type {
  AuthenticationResultType,
  InputOf,
  OutputOf,
  RespondToAuthChallengeResponse,
} from '@poolhouse/model';
import type { Harness } from './harness.ts';
import { secretHashOf } from './secret-hash.ts';
import { srpTimestamp } from './srp-client.ts';
import type { Target } from './target.ts';

/** A pool in which remembered devices stand in for a second factor. */
export const STANDING_IN = {
  DeviceConfiguration: {
    ChallengeRequiredOnNewDevice: true,
    DeviceOnlyRememberedOnUserPrompt: false,
  },
} as const;

/** What an app keeps on a device. */
export interface KeptDevice {
  readonly key: string;
  readonly groupKey: string;
  readonly password: string;
}

/** What a device's confirmation sends, with a password of its own. */
export function newDevice({ NewDeviceMetadata }: AuthenticationResultType = {}) {
  const { DeviceKey: key = '', DeviceGroupKey: groupKey = '' } = NewDeviceMetadata ?? {};
  assert(key && groupKey, 'no new device');
  const { DeviceRandomPassword, DeviceSecretVerifierConfig } = createDeviceVerifier(key, groupKey);
  return {
    device: { key, groupKey, password: DeviceRandomPassword } satisfies KeptDevice,
    confirmation: { DeviceKey: key, DeviceSecretVerifierConfig },
  };
}

/** Signs in by password on a new device, and confirms it. */
export async function confirmedDevice(
  harness: Harness,
  target: Target,
): Promise<KeptDevice & { readonly tokens: AuthenticationResultType }> {
  const { AuthenticationResult: tokens } = await startOn(harness, target);
  const { device, confirmation } = newDevice(tokens);
  const { AccessToken = '' } = tokens ?? {};
  await harness.call('ConfirmDevice', { AccessToken, ...confirmation });
  return { ...device, tokens: tokens ?? {} };
}

/** The first request of a sign-in by password, on a device that the app names, or on a new one. */
export function startOn(
  harness: Harness,
  target: Target,
  device?: Pick<KeptDevice, 'key'>,
): Promise<OutputOf<'InitiateAuth'>> {
  const { ClientId, username, password } = target;
  return harness.call('InitiateAuth', {
    ...{ ClientId, AuthFlow: 'USER_PASSWORD_AUTH' },
    AuthParameters: {
      ...{ USERNAME: username, PASSWORD: password, ...(device && { DEVICE_KEY: device.key }) },
      ...secretHashOf(target),
    },
  });
}

type Answer = InputOf<'RespondToAuthChallenge'>;

/** Answers DEVICE_SRP_AUTH; returns what answers DEVICE_PASSWORD_VERIFIER, ready to be sent by a client without a secret. */
export async function beginProof(
  harness: Harness,
  target: Target,
  device: KeptDevice,
  asked: RespondToAuthChallengeResponse,
): Promise<Answer> {
  assert.equal(asked.ChallengeName, 'DEVICE_SRP_AUTH');
  const { ClientId, username: USERNAME, UserPoolId } = target;
  const named = { USERNAME, DEVICE_KEY: device.key };
  const session = createSrpSession(USERNAME, 'not used', UserPoolId, false);
  const begun = await harness.call('RespondToAuthChallenge', {
    ...{ ClientId, ChallengeName: 'DEVICE_SRP_AUTH', Session: asked.Session },
    ChallengeResponses: { ...named, SRP_A: session.largeA, ...secretHashOf(target) },
  });
  assert.equal(begun.ChallengeName, 'DEVICE_PASSWORD_VERIFIER');
  return {
    ...{ ClientId, ChallengeName: 'DEVICE_PASSWORD_VERIFIER' },
    ChallengeResponses: { ...named, ...signedProof(harness, session, device, begun) },
  };
}

/** What proves the device to who has asked for DEVICE_PASSWORD_VERIFIER. */
export function signedProof(
  harness: Harness,
  session: ReturnType<typeof createSrpSession>,
  device: KeptDevice,
  begun: RespondToAuthChallengeResponse,
) {
  const TIMESTAMP = srpTimestamp(harness.world.clock.nowMs());
  const signed = signSrpSessionWithDevice(
    { ...session, timestamp: TIMESTAMP },
    begun as never,
    device.groupKey,
    device.password,
  );
  return {
    ...{ DEVICE_KEY: device.key, TIMESTAMP },
    PASSWORD_CLAIM_SECRET_BLOCK: signed.secret,
    PASSWORD_CLAIM_SIGNATURE: signed.passwordSignature,
  };
}

/** Proves the device; answers what that leads to. */
export async function prove(
  harness: Harness,
  target: Target,
  device: KeptDevice,
  asked: RespondToAuthChallengeResponse,
): Promise<OutputOf<'RespondToAuthChallenge'>> {
  const proof = await beginProof(harness, target, device, asked);
  return harness.call('RespondToAuthChallenge', proof);
}
