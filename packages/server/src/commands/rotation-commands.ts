import {
  poolId,
  PoolGoneError,
  rotateDataKey,
  rotateSigningKeys,
  SERVER_SECRETS,
  type RotationParts,
} from '@poolhouse/core';
import { object, text, yesOrNo } from '../shapes/shape.ts';
import type { Command } from './command-socket.ts';
import { RefusedCommand } from './usage-error.ts';

const signingKeysInput = object({ pool: text(), atOnce: yesOrNo() });
const dataKeyInput = object({ owner: text() });

/** The commands that rotate keys, for the server's socket and for a command line that opens the database itself. */
export async function rotationCommands(
  parts: RotationParts,
  { name, input }: Command,
): Promise<unknown> {
  try {
    switch (name) {
      case 'rotate.signing-keys': {
        const { pool, atOnce } = signingKeysInput(input);
        return await rotateSigningKeys(parts, poolId(pool), { atOnce });
      }
      case 'rotate.data-key': {
        const { owner } = dataKeyInput(input);
        return await rotateDataKey(parts, owner === SERVER_SECRETS ? owner : poolId(owner));
      }
      default:
        throw new Error(`there is no command ${name}`);
    }
  } catch (error) {
    if (!(error instanceof PoolGoneError)) throw error;
    throw new RefusedCommand(`There is no user pool ${error.poolId ?? ''}.`);
  }
}
