import type { CodeDeliveryDetailsType } from '@poolhouse/model';
import { randomToken, decoySub, type KeyObject } from '../crypto/index.ts';
import { isEmailAddress, isPhoneNumber } from '@poolhouse/rules';
import type { Client } from '../domain/clients/client.ts';
import { hidesUsers } from '../domain/clients/user-existence.ts';
import type { CodePurpose } from '../domain/passwords/code.ts';
import { sub } from '../domain/ids.ts';
import type { Pool } from '../domain/pools/pool.ts';
import { nameKey } from '../domain/users/sign-in-names.ts';
import { kindOf } from '../messages/compose.ts';
import type { CodeOccasion } from '../messages/content.ts';
import { draftMessage } from '../messages/enqueue.ts';
import { poolTemplates } from '../messages/templates.ts';
import { takeMessage } from '../messages/message-budget.ts';
import type { OperationContext, TransactionContext } from '../operation.ts';
import { requireOwnSending } from '../triggers/fail-closed.ts';
import {
  causeOf,
  deliveryDetails,
  keepCode,
  mediumOf,
  sendCode,
  type CodeAddress,
  type CodeRequest,
  type DraftedCodes,
  type VerifiableAttribute,
} from './codes.ts';
import type { CodeHolder } from './user-codes.ts';

const HOUR_MS = 3_600_000;

/**
 * Stands in for a user who does not exist, or whose existence must stay hidden. Its codes, which nobody can type, decide how a wrong
 * attempt is answered; those of its double are stored and counted like a user's own, so that both do the same work.
 */
export interface Decoy extends CodeHolder {
  /** The name as typed, in the form in which names are compared. */
  readonly username: string;
  readonly double: CodeHolder;
}

/** The decoy for a typed name: the same on every call and node, and never equal to a user. */
export async function decoyFor(
  ctx: TransactionContext<never, never>,
  pool: Pool,
  typed: string,
): Promise<Decoy> {
  const username = nameKey(pool, typed);
  const key = await decoyKey(ctx, pool);
  const holder = (name: string) => ({
    poolId: pool.id,
    sub: sub(decoySub(key, name)),
    attributes: {},
  });
  return { ...holder(username), username, double: holder(`double of ${username}`) };
}

async function decoyKey(ctx: TransactionContext<never, never>, pool: Pool): Promise<KeyObject> {
  return (await ctx.secretsOf(pool.id)).subkey('stand-ins');
}

/**
 * Sends a code that was requested by a name. If the client hides who exists, the answers to later attempts are recorded as for a decoy: so
 * nothing shows whether the code was sent, or the budget of its destination was used up.
 */
export async function sendCodeAskedFor(
  ctx: TransactionContext<
    'TooManyRequestsException' | 'UnexpectedLambdaException',
    'codes' | 'outbox' | 'limits'
  >,
  drafted: DraftedCodes,
  to: CodeAddress,
  decoy: Decoy,
): Promise<CodeDeliveryDetailsType> {
  const { request } = drafted;
  if (request.client !== undefined && hidesUsers(request.client)) {
    await keepDecoy(ctx, { ...request, ...to }, decoy);
  }
  return sendCode(ctx, drafted, to);
}

/** A code that is only claimed to be sent. */
export interface DecoyRequest {
  readonly pool: Pool;
  readonly decoy: Decoy;
  readonly purpose: CodePurpose;
  readonly occasion: CodeOccasion;
  readonly client: Client;
  /** The ways that the pool could use, the likeliest first; at least one. */
  readonly ways: readonly VerifiableAttribute[];
  /** A user's own address, shown for a user who gets no code, so that it never seems to change. */
  readonly shown?: CodeAddress;
}

/**
 * Does everything that sending a code does, except for the message: the answer, the work, the destination's budget, and the answers to
 * later attempts do not distinguish a user from a decoy. Source: behaviour.md 6.5; security.md B08.
 */
export async function pretendToSendCode(
  ctx: OperationContext<'UnexpectedLambdaException', 'codes' | 'limits' | 'users'>,
  request: DecoyRequest,
): Promise<CodeDeliveryDetailsType> {
  const { pool, decoy, occasion, client } = request;
  const address: PlausibleAddress =
    request.shown ?? plausibleAddress(await decoyKey(ctx, pool), request);
  const { attribute, destination } = address;
  const medium = mediumOf(attribute);
  requireOwnSending(ctx, pool, medium);
  const wanted = {
    pool,
    medium,
    // Made-up addresses are too few to share budgets.
    to: address.isMadeUp === true ? decoy.sub : destination,
    occasion,
    cause: causeOf(ctx, client),
  };
  const facts = { occasion, username: decoy.username, code: '000000' };
  const templates = poolTemplates(pool, kindOf(facts));
  await draftMessage(ctx, { pool, medium, facts, templates, expiresAtMs: ctx.nowMs });
  await ctx.atomically(async (tx) => {
    // Nothing of a user's stands for a code of a sign-in but the code itself: whoever asks for it was found before.
    if (request.purpose !== 'sign-in') {
      await tx.stores.users.bySub(decoy);
      await keepDecoy(tx, { ...request, attribute }, decoy);
    }
    if (!(await takeMessage(tx, wanted))) return;
    // Takes the place of the row in the outbox, which would be visible there; this one disappears within the hour.
    await tx.stores.limits.take(pool.id, decoy.sub, 'Decoy', 1_000_000, HOUR_MS, ctx.nowMs);
    await keepDecoy(tx, { ...request, attribute }, decoy.double);
  });
  return deliveryDetails(pool, attribute, destination);
}

/** Stores a code that nobody can type. */
async function keepDecoy(
  ctx: TransactionContext<never, 'codes'>,
  request: Pick<CodeRequest, 'pool' | 'purpose' | 'client'> & Pick<CodeAddress, 'attribute'>,
  holder: CodeHolder,
): Promise<void> {
  await keepCode(ctx, { ...request, user: holder, destination: '' }, randomToken(ctx.random));
}

interface PlausibleAddress extends CodeAddress {
  readonly isMadeUp?: true;
}

/** The typed name if it is an address that the pool could use, otherwise an address derived from the name. */
function plausibleAddress(key: KeyObject, { decoy, ways }: DecoyRequest): PlausibleAddress {
  const typed = decoy.username;
  if (ways.includes('email') && isEmailAddress(typed)) {
    return { attribute: 'email', destination: typed };
  }
  if (ways.includes('phone_number') && isPhoneNumber(typed)) {
    return { attribute: 'phone_number', destination: typed };
  }
  const seed = decoySub(key, `address of ${typed}`);
  const number = (from: number): number => Number.parseInt(seed.slice(from, from + 4), 16);
  const letter = (letters: string, from: number): string =>
    letters.charAt(number(from) % letters.length);
  return ways[0] === 'phone_number'
    ? {
        isMadeUp: true,
        attribute: 'phone_number',
        destination: `+1000000${String(number(0) % 10_000).padStart(4, '0')}`,
      }
    : {
        isMadeUp: true,
        attribute: 'email',
        destination: `${letter('aabcdefghijjkllmmnoprrsstvw', 0)}@${letter('gggggggghhoooyyimcaebst', 4)}`,
      };
}
