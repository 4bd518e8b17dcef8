import type { CodeDeliveryDetailsType } from '@poolhouse/model';
import { randomToken, simulatedSub, type KeyObject } from '../../crypto/index.ts';
import { isEmailAddress, isPhoneNumber } from '../../domain/attributes/address-form.ts';
import type { CodePurpose } from '../../domain/passwords/code.ts';
import { sub } from '../../domain/ids.ts';
import type { Pool } from '../../domain/pools/pool.ts';
import { nameKey } from '../../domain/users/sign-in-names.ts';
import { composeEmail, composeSms } from '../../messages/compose.ts';
import type { MessageOccasion } from '../../messages/content.ts';
import type { Cx } from '../../operation.ts';
import { requireOwnMessages } from '../pools/fail-closed.ts';
import { deliveryDetails, keepCode, type VerifiableAttribute } from './codes.ts';
import type { CodeHolder } from './user-codes.ts';

const HOUR_MS = 3_600_000;

/** Who stands in for a user who is not there, or must not be seen to be there. */
export interface StandIn extends CodeHolder {
  /** The name as typed, in the form in which names are compared. */
  readonly username: string;
}

/** The stand-in of a typed name: the same on every call and node, and not to be found among the users. */
export async function standInFor(
  cx: Cx<never, never>,
  pool: Pool,
  typed: string,
): Promise<StandIn> {
  const username = nameKey(pool, typed);
  const key = await standInKey(cx, pool);
  return { poolId: pool.id, sub: sub(simulatedSub(key, username)), username, attributes: {} };
}

async function standInKey(cx: Cx<never, never>, pool: Pool): Promise<KeyObject> {
  return (await cx.world.vault.of(pool.id)).subkey('stand-ins');
}

/** A code that is only said to be sent. */
export interface DecoyRequest {
  readonly pool: Pool;
  readonly standIn: StandIn;
  readonly purpose: CodePurpose;
  readonly occasion: MessageOccasion;
  readonly clientId: string;
  /** The ways that the pool could use, the likeliest first; at least one. */
  readonly ways: readonly VerifiableAttribute[];
  /** A user's own address, shown where there is a user who gets no code, so that it never seems to change. */
  readonly shown?: { readonly attribute: VerifiableAttribute; readonly destination: string };
}

/**
 * Does all that sending a code does, but for the message: the answer, the work, and what a later guess is told do not
 * tell a user from nobody. The code that is kept is one that nobody can type. Source: behaviour.md 6.5; security.md B08.
 */
export async function pretendToSendCode(
  cx: Cx<'UnexpectedLambdaException', 'codes' | 'limits' | 'users'>,
  request: DecoyRequest,
): Promise<CodeDeliveryDetailsType> {
  const { pool, standIn } = request;
  const { random } = cx.world;
  const secrets = await cx.world.vault.of(pool.id);
  const { attribute, destination } =
    request.shown ?? plausibleAddress(await standInKey(cx, pool), request);
  requireOwnMessages(cx, pool, attribute === 'email' ? 'EMAIL' : 'SMS');
  const code = randomToken(random);
  const compose = attribute === 'email' ? composeEmail : composeSms;
  await cx.atomically(async (tx) => {
    await tx.stores.users.bySub(standIn);
    await keepCode(tx, { ...request, user: standIn, attribute, destination: '' }, code);
    const content = compose(pool, { occasion: request.occasion, username: standIn.username, code });
    const place = { table: 'outbox', row: standIn.sub, column: 'content' };
    secrets.seal(random, place, JSON.stringify(content));
    // Stands for the row in the outbox, which would be seen there; this one goes with the hour.
    await tx.stores.limits.take(pool.id, standIn.sub, 'Decoy', 1_000_000, HOUR_MS, cx.nowMs);
  });
  return deliveryDetails(pool, attribute, destination);
}

/** The typed name where it is an address that the pool could use, else an address made of the name. */
function plausibleAddress(
  key: KeyObject,
  { standIn, ways }: DecoyRequest,
): { readonly attribute: VerifiableAttribute; readonly destination: string } {
  const typed = standIn.username;
  if (ways.includes('email') && isEmailAddress(typed)) {
    return { attribute: 'email', destination: typed };
  }
  if (ways.includes('phone_number') && isPhoneNumber(typed)) {
    return { attribute: 'phone_number', destination: typed };
  }
  const seed = simulatedSub(key, `address of ${typed}`);
  const number = (from: number): number => Number.parseInt(seed.slice(from, from + 4), 16);
  const letter = (letters: string, from: number): string =>
    letters.charAt(number(from) % letters.length);
  return ways[0] === 'phone_number'
    ? {
        attribute: 'phone_number',
        destination: `+1000000${String(number(0) % 10_000).padStart(4, '0')}`,
      }
    : {
        attribute: 'email',
        destination: `${letter('aabcdefghijjkllmmnoprrsstvw', 0)}@${letter('gggggggghhoooyyimcaebst', 4)}`,
      };
}
