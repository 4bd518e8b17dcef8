import type { DeviceSecretVerifierConfigType } from '@poolhouse/model';
import {
  readDeviceVerifier,
  sealedPlaces,
  type PoolSecrets,
  type Random,
  type SrpVerifier,
} from '../crypto/index.ts';
import type { Device } from '../domain/devices/device.ts';
import { messages } from '../domain/texts.ts';
import type { TransactionContext } from '../operation.ts';

/** The salt and verifier that an app gives for a device. Source: behaviour.md 6.7. */
export function requireDeviceVerifier(
  ctx: TransactionContext<'InvalidParameterException', never>,
  { Salt: salt = '', PasswordVerifier: verifier = '' }: DeviceSecretVerifierConfigType = {},
): SrpVerifier {
  const read = readDeviceVerifier(bytesOf(salt), bytesOf(verifier));
  switch (read) {
    case 'invalid':
      return ctx.fail('InvalidParameterException', messages.deviceKeyInvalid);
    case 'negative-salt':
      return ctx.fail('InvalidParameterException', messages.deviceNegative('salt'));
    case 'negative-verifier':
      return ctx.fail('InvalidParameterException', messages.deviceNegative('verifier'));
    default:
      return read;
  }
}

/** None where the text is no Base64, or longer than any number of the group. */
function bytesOf(text: string): Buffer {
  return /^[A-Za-z0-9+/]{1,1024}={0,2}$/.test(text) ? Buffer.from(text, 'base64') : Buffer.alloc(0);
}

/** Seals a device's verifier for its user and key. */
export function sealDeviceVerifier(
  secrets: PoolSecrets,
  random: Random,
  { sub, key }: Pick<Device, 'sub' | 'key'>,
  verifier: SrpVerifier,
): string {
  return secrets.seal(random, sealedPlaces.deviceVerifier(sub, key), JSON.stringify(verifier));
}

/** Opens what {@link sealDeviceVerifier} has sealed. Throws TamperedError. */
export function openDeviceVerifier(
  secrets: PoolSecrets,
  { sub, key, sealedVerifier }: Device,
): SrpVerifier {
  const text = secrets.open(sealedPlaces.deviceVerifier(sub, key), sealedVerifier).toString('utf8');
  return JSON.parse(text) as SrpVerifier;
}
