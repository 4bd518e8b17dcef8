import type { CodeDeliveryDetailsType } from '@poolhouse/model';
import { changeAttributes, type AttributeChange } from '../domain/attributes/attribute-change.ts';
import type { AttributeValues } from '../domain/attributes/attribute-schema.ts';
import type { Pool } from '../domain/pools/pool.ts';
import { renewedUser } from '../domain/users/renewed-user.ts';
import { nameKey, usesAddressesAsNames } from '../domain/users/sign-in-names.ts';
import { messages } from '../domain/texts.ts';
import type { SignInNameKind, User } from '../domain/users/user.ts';
import type { OperationContext, TransactionContext } from '../operation.ts';
import type { TriggerError } from '../triggers/call-trigger.ts';
import {
  draftCodes,
  sendCode,
  type CodeRequest,
  type DraftedCodes,
  type VerifiableAttribute,
} from '../codes/codes.ts';
import { prefersAnothersSub, refOf } from '../users/find-user.ts';
import { forgetCodes } from '../codes/forget-codes.ts';

type Needs = TransactionContext<
  | 'InvalidParameterException'
  | 'TooManyRequestsException'
  | 'UnexpectedLambdaException'
  | 'UserNotFoundException',
  'users' | 'codes' | 'outbox' | 'limits'
>;

type WriteCx = TransactionContext<
  'InvalidParameterException' | 'UserNotFoundException',
  'users' | 'codes'
>;

/** A change of a user's attributes that has passed the schema. */
export interface AttributeRequest {
  readonly pool: Pool;
  readonly user: Pick<User, 'poolId' | 'sub'>;
  /** New values; blank ones delete. */
  readonly values: AttributeValues;
  /** For the addresses that it leaves to be proved. */
  readonly codes: DraftedCodes;
}

/** What became of a change: codes that went out, or the kind of a sign-in name that is another user's already. */
export type StoredAttributes =
  | { readonly kind: 'stored'; readonly deliveries: readonly CodeDeliveryDetailsType[] }
  | { readonly kind: 'name-taken'; readonly nameKind: SignInNameKind };

/**
 * Writes a change of attributes and sends the codes that prove new addresses. Call it in a transaction: all of it
 * happens, or nothing. Source: behaviour.md 5.6.
 */
export async function storeAttributes(
  ctx: Needs,
  request: AttributeRequest,
): Promise<StoredAttributes> {
  const written = await writeAttributes(ctx, request);
  if (written.kind === 'name-taken') return written;
  const deliveries: CodeDeliveryDetailsType[] = [];
  for (const address of written.change.toProve) {
    deliveries.push(await sendCode(ctx, request.codes, address));
  }
  return { kind: 'stored', deliveries };
}

/** The addresses that a change will leave to be proved, as far as is known before its transaction. */
export function addressesToProve(
  pool: Pool,
  user: User,
  values: AttributeValues,
): readonly VerifiableAttribute[] {
  const change = changeAttributes(pool, user, values);
  return 'problem' in change ? [] : change.toProve.map(({ attribute }) => attribute);
}

/** Draws the codes that prove new addresses, and writes their messages, before the transaction that sends them. */
export async function draftProofs(
  ctx: OperationContext<TriggerError, never>,
  { pool, user, client }: Pick<CodeRequest, 'pool' | 'user' | 'client'>,
  addresses: readonly VerifiableAttribute[],
): Promise<DraftedCodes> {
  const purpose = 'verify-attribute';
  return draftCodes(
    ctx,
    { pool, user, client, purpose, occasion: 'UpdateUserAttribute' },
    addresses,
  );
}

/** Deletes attributes, which leaves nothing to prove. Call it in a transaction. */
export async function deleteAttributes(
  ctx: WriteCx,
  { pool, user }: Pick<AttributeRequest, 'pool' | 'user'>,
  names: readonly string[],
): Promise<void> {
  const values = Object.fromEntries(names.map((name) => [name, '']));
  await writeAttributes(ctx, { pool, user, values });
}

type Written =
  | { readonly kind: 'written'; readonly user: User; readonly change: AttributeChange }
  | { readonly kind: 'name-taken'; readonly nameKind: SignInNameKind };

async function writeAttributes(
  ctx: WriteCx,
  { pool, user, values }: Pick<AttributeRequest, 'pool' | 'user' | 'values'>,
): Promise<Written> {
  const taken = (await prefersAnothersSub(ctx, pool, user, values))
    ? 'preferred_username'
    : await takenAddress(ctx, pool, user, values);
  if (taken !== undefined) return { kind: 'name-taken', nameKind: taken };
  let change: AttributeChange | undefined;
  const done = await ctx.stores.users.change<string>(refOf(user), (current) => {
    const made = changeAttributes(pool, current, values);
    if ('problem' in made) return { refusal: made.problem };
    change = made;
    const { attributes, pendingAttributes } = made;
    return renewedUser(pool, { ...current, attributes, pendingAttributes }, ctx.nowMs);
  });
  if (done.kind === 'missing') return ctx.fail('UserNotFoundException', messages.userNotFound);
  if (done.kind === 'refused') return ctx.fail('InvalidParameterException', done.refusal);
  if (done.kind === 'name-taken') return done;
  if (change === undefined) throw new Error('a user was changed without a change');
  for (const attribute of change.altered) await forgetCodes(ctx, user, { attribute });
  return { kind: 'written', user: done.user, change };
}

/**
 * Which of the values is another user's name already, in a pool where addresses are user names: a new address that waits
 * for its code is not among the stored names yet, but would never become one. Aliases show their clash only when they
 * are proved (security.md A08).
 */
async function takenAddress(
  ctx: TransactionContext<never, 'users'>,
  pool: Pool,
  user: Pick<User, 'sub'>,
  values: AttributeValues,
): Promise<SignInNameKind | undefined> {
  if (!usesAddressesAsNames(pool)) return undefined;
  for (const attribute of pool.settings.UsernameAttributes ?? []) {
    const value = values[attribute];
    const holder = value && (await ctx.stores.users.byName(pool.id, nameKey(pool, value)));
    if (holder && holder.sub !== user.sub) return attribute;
  }
  return undefined;
}
