import { PoolFailure, type CallPool } from '../pool/pool-api';
import type { AuthAnswer, AuthenticationResult, PoolOperations } from '../pool/wire';
import { deviceVerifier, randomText, startSrp } from '../srp/srp-client';
import { deviceName } from './device-name';
import type { KeptDevice, KeptDevices } from './kept-device';

type Asked = PoolOperations['InitiateAuth']['input'];
type Answered = PoolOperations['RespondToAuthChallenge']['input'];

/**
 * Calls the pool as before, and does what pools with devices want of a sign-in: names the device, proves it where that is asked, and
 * confirms a new one, without which its refresh token is worth nothing. Source: docs/guides/devices.md.
 */
export function withDevices(call: CallPool, devices: KeptDevices, clientId: string): CallPool {
  /** The names that the sign-ins in progress began with, by Session; their answers may call the person otherwise. */
  const names = new Map<string, string>();
  /** The last one, for the answer to plain SRP, which has no Session. */
  let last = '';

  async function send(
    operation: 'InitiateAuth' | 'RespondToAuthChallenge',
    input: Asked | Answered,
    name: string,
  ): Promise<AuthAnswer> {
    const device = await devices.read(name);
    if (device === undefined) return sendAs(operation, input, undefined);
    try {
      const answer = await sendAs(operation, input, device);
      return await goOn(answer, device, input).catch((cause: unknown) => {
        throw isRefusal(cause) ? new UnprovenDevice('', { cause }) : cause;
      });
    } catch (failure) {
      if (!isUnknownDevice(failure)) throw failure;
      await devices.forget(name);
      if (failure instanceof UnprovenDevice) throw failure.cause;
      return sendAs(operation, input, undefined);
    }
  }

  function sendAs(
    operation: 'InitiateAuth' | 'RespondToAuthChallenge',
    input: Asked | Answered,
    device: KeptDevice | undefined,
  ): Promise<AuthAnswer> {
    const more = device && { DEVICE_KEY: device.key };
    if ('AuthFlow' in input) {
      return call('InitiateAuth', {
        ...input,
        AuthParameters: { ...input.AuthParameters, ...more },
      });
    }
    const ChallengeResponses = { ...input.ChallengeResponses, ...more };
    return call(operation as 'RespondToAuthChallenge', { ...input, ChallengeResponses });
  }

  /** Proves the device where the pool asks for that, in place of a second factor. */
  async function goOn(
    answer: AuthAnswer,
    { key, groupKey, password }: KeptDevice,
    input: Asked | Answered,
  ): Promise<AuthAnswer> {
    if (answer.ChallengeName !== 'DEVICE_SRP_AUTH') return answer;
    const typed = 'AuthFlow' in input ? input.AuthParameters : input.ChallengeResponses;
    const USERNAME = answer.ChallengeParameters?.['USERNAME'] ?? typed['USERNAME'] ?? '';
    const respond = (before: AuthAnswer, responses: Readonly<Record<string, string>>) =>
      call('RespondToAuthChallenge', {
        ...{ ClientId: clientId, ChallengeName: before.ChallengeName ?? '' },
        ...(before.Session !== undefined && { Session: before.Session }),
        ChallengeResponses: { ...responses, USERNAME, DEVICE_KEY: key },
      });
    // In the proof, the group stands where the pool does otherwise, and the device where the user does.
    const exchange = startSrp(`_${groupKey}`);
    const asked = await respond(answer, { SRP_A: exchange.publicHex });
    const { SALT = '', SRP_B = '', SECRET_BLOCK = '' } = asked.ChallengeParameters ?? {};
    return respond(
      asked,
      await exchange.answer({ SALT, SRP_B, SECRET_BLOCK, USER_ID_FOR_SRP: key }, password),
    );
  }

  async function confirm(result: AuthenticationResult, name: string): Promise<void> {
    const { AccessToken, NewDeviceMetadata } = result;
    const { DeviceKey: key, DeviceGroupKey: groupKey } = NewDeviceMetadata ?? {};
    if (key === undefined || groupKey === undefined) return;
    try {
      const device = { key, groupKey, password: randomText() };
      const DeviceSecretVerifierConfig = await deviceVerifier(device);
      const named = { DeviceKey: key, DeviceName: deviceName() };
      const { UserConfirmationNecessary: asks } = await call('ConfirmDevice', {
        AccessToken,
        ...named,
        DeviceSecretVerifierConfig,
      });
      await devices.write(name, device);
      if (asks === true) await devices.ask(key);
    } catch {
      // The person is signed in all the same; the next sign-in is on a new device again.
    }
  }

  return async (operation, input) => {
    if (operation !== 'InitiateAuth' && operation !== 'RespondToAuthChallenge') {
      return call(operation, input);
    }
    const asked = input as Asked | Answered;
    const name =
      'AuthFlow' in asked
        ? (asked.AuthParameters['USERNAME'] ?? '')
        : (names.get(asked.Session ?? '') ??
          (isOfLast(asked) ? last : (asked.ChallengeResponses['USERNAME'] ?? '')));
    last = name;
    const answer = await send(operation, asked, name);
    if (answer.Session !== undefined) names.set(answer.Session, name);
    if (!answer.AuthenticationResult) return answer;
    await confirm(answer.AuthenticationResult, name);
    names.clear();
    return answer;
  };
}

/** Whether an answer with a Session of another operation, or with none, goes on with the last sign-in; else another tab began it. */
function isOfLast({ Session, ChallengeName }: Answered): boolean {
  return Session === undefined || ChallengeName === 'MFA_SETUP';
}

function isUnknownDevice(failure: unknown): boolean {
  return (
    failure instanceof UnprovenDevice ||
    (failure instanceof PoolFailure &&
      failure.serviceCode === 'ResourceNotFoundException' &&
      /device/i.test(failure.message))
  );
}

/** The pool takes the device's proof no more: the person signs in once more, as on a new device. */
class UnprovenDevice extends Error {}

function isRefusal(failure: unknown): boolean {
  return failure instanceof PoolFailure && failure.serviceCode === 'NotAuthorizedException';
}
