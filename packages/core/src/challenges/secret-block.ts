import { openState, randomUuid, sealState, type OpenedState } from '../crypto/index.ts';
import type { Pool } from '../domain/pools/pool.ts';
import type { Cx } from '../operation.ts';

const PURPOSE = 'srp-exchange';
/** More than the longest content needs, so that every block has one size, whoever it is about. */
const CONTENT_BYTES = 2_048;

/** What SECRET_BLOCK holds, sealed: the server's memory of an SRP exchange. */
export interface SecretBlock {
  readonly id: string;
  readonly clientId: string;
  /** Whether the exchange is with a user, or with somebody who only answers like one: then the proof always fails. */
  readonly kind: 'user' | 'none';
  /** The user's `sub`, or the id of who stands in; see `nobodyCalled`. */
  readonly subject: string;
  readonly clientPublicHex: string;
  readonly serverPrivateHex: string;
  readonly serverPublicHex: string;
  readonly expiresAtMs: number;
}

/** Seals a block; its length tells nothing about what is in it (security.md S09). */
export async function sealBlock(
  cx: Cx<never, never>,
  pool: Pool,
  block: Omit<SecretBlock, 'id'>,
): Promise<string> {
  const { random } = cx.world;
  const key = (await cx.world.vault.of(pool.id)).subkey('srp');
  const content: SecretBlock = { id: randomUuid(random), ...block };
  return sealState(key, PURPOSE, content, block.expiresAtMs, {
    form: 'base64',
    random,
    contentBytes: CONTENT_BYTES,
  });
}

/** Opens a block of this pool. */
export async function openBlock(
  cx: Cx<never, never>,
  pool: Pool,
  text: string,
): Promise<OpenedState<SecretBlock>> {
  const key = (await cx.world.vault.of(pool.id)).subkey('srp');
  return openState<SecretBlock>(key, PURPOSE, text, cx.nowMs, { form: 'base64' });
}
