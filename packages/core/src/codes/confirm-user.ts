import type { Client } from '../domain/clients/client.ts';
import type { Pool } from '../domain/pools/pool.ts';
import { renewedUser } from '../domain/users/renewed-user.ts';
import { hidesUsers } from '../domain/clients/user-existence.ts';
import type { SignInNameKind, User, UserStatus } from '../domain/users/user.ts';
import type { OperationContext, TransactionContext } from '../operation.ts';
import type { VerifiableAttribute } from './codes.ts';
import type { Decoy } from './decoy-codes.ts';
import { requireNoTrigger } from '../triggers/fail-closed.ts';
import { tell } from '../triggers/tell.ts';
import { refOf } from '../users/find-user.ts';
import { findNamed } from './find-named.ts';
import type { Trial } from '../limits/trial.ts';
import { releaseAlias } from '../users/release-alias.ts';
import { consumeCodeOf, consumeCodeOrDecoy } from './user-codes.ts';

/** A request to confirm a sign-up. */
export interface ConfirmationRequest {
  readonly pool: Pool;
  readonly client: Client;
  /** As typed. */
  readonly username: string;
  readonly code: string;
  /** Takes an alias over from whoever holds it. */
  readonly forceAlias: boolean;
}

/** The result. Clients that hide users never see the first three kinds of refusal. */
export type Confirmation =
  | {
      readonly kind: 'confirmed';
      readonly user: User;
      /** The address that the code has proved. */
      readonly proved: VerifiableAttribute;
    }
  | { readonly kind: 'no-user' }
  | { readonly kind: 'disabled' }
  | { readonly kind: 'settled'; readonly status: UserStatus }
  | { readonly kind: 'wrong-code' }
  | { readonly kind: 'expired-code' }
  | { readonly kind: 'alias-taken'; readonly alias: SignInNameKind };

type ConfirmContext = OperationContext<
  'LimitExceededException' | 'TooManyRequestsException' | 'UnexpectedLambdaException',
  'users' | 'codes' | 'limits'
>;

/** Aborts the transaction, so that the code stays valid for another try with ForceAliasCreation. */
class AliasTaken extends Error {
  override readonly name = 'AliasTaken';
  readonly alias: SignInNameKind;

  constructor(alias: SignInNameKind) {
    super(alias);
    this.alias = alias;
  }
}

/**
 * Confirms a user who signed up, by the code that proves an address. The API and links in mails share this, and one budget of attempts.
 * Source: behaviour.md 5.3, 5.5, 6.5.
 */
export async function confirmUser(
  ctx: ConfirmContext,
  trial: Trial,
  request: ConfirmationRequest,
): Promise<Confirmation> {
  const outcome = await confirmation(ctx, trial, request);
  if (wrong.has(outcome.kind)) trial.foundWrong();
  return outcome;
}

/** Outcomes in which a code, or a name, was wrong. */
const wrong: ReadonlySet<Confirmation['kind']> = new Set<Confirmation['kind']>([
  'no-user',
  'wrong-code',
  'expired-code',
]);

async function confirmation(
  ctx: ConfirmContext,
  trial: Trial,
  request: ConfirmationRequest,
): Promise<Confirmation> {
  const { pool, client } = request;
  requireNoTrigger(ctx, pool, 'PostConfirmation');
  const { user, decoy } = await findNamed(ctx, trial, request, 'ConfirmSignUp');
  const refusal = refusalOf(user);
  if (user !== undefined && refusal === undefined) return useCode(ctx, request, user, decoy);
  if (refusal !== undefined && !hidesUsers(client)) return refusal;
  const { attempt } = await ctx.atomically((tx) =>
    consumeCodeOrDecoy(tx, undefined, decoy, 'confirm-sign-up', client.id, request.code),
  );
  return { kind: attempt === 'wrong' ? 'wrong-code' : 'expired-code' };
}

/** Why this user cannot be confirmed, whatever the code. */
function refusalOf(user: User | undefined): Confirmation | undefined {
  if (user === undefined) return { kind: 'no-user' };
  if (!user.enabled) return { kind: 'disabled' };
  return user.status === 'UNCONFIRMED' ? undefined : { kind: 'settled', status: user.status };
}

async function useCode(
  ctx: ConfirmContext,
  { pool, client, code, forceAlias }: ConfirmationRequest,
  user: User,
  decoy: Decoy,
): Promise<Confirmation> {
  try {
    const outcome = await ctx.atomically(async (tx): Promise<Confirmation> => {
      const outcome = hidesUsers(client)
        ? await consumeCodeOrDecoy(tx, user, decoy, 'confirm-sign-up', client.id, code)
        : await consumeCodeOf(tx, user, 'confirm-sign-up', client.id, code);
      if (outcome.attempt !== 'right') {
        return { kind: outcome.attempt === 'wrong' ? 'wrong-code' : 'expired-code' };
      }
      if (forceAlias) await takeAliases(tx, pool, user, outcome.attribute);
      const change = await tx.stores.users.change(refOf(user), (current) =>
        refusalOf(current) === undefined &&
        current.attributes[outcome.attribute] === user.attributes[outcome.attribute]
          ? renewedUser(pool, confirmed(current, outcome.attribute), ctx.nowMs)
          : { refusal: 'changed meanwhile' },
      );
      if (change.kind === 'name-taken') throw new AliasTaken(change.nameKind);
      return change.kind === 'changed'
        ? { kind: 'confirmed', user: change.user, proved: outcome.attribute }
        : { kind: 'expired-code' };
    });
    if (outcome.kind === 'confirmed') tell(ctx, { kind: 'confirmation', pool, client, user });
    return outcome;
  } catch (error) {
    if (error instanceof AliasTaken) return { kind: 'alias-taken', alias: error.alias };
    throw error;
  }
}

function confirmed(user: User, proved: VerifiableAttribute): User {
  return {
    ...user,
    status: 'CONFIRMED',
    attributes: { ...user.attributes, [`${proved}_verified`]: 'true' },
  };
}

/** Only the address that the code has just proved is moved. */
async function takeAliases(
  tx: TransactionContext<never, 'users'>,
  pool: Pool,
  user: User,
  proved: VerifiableAttribute,
): Promise<void> {
  const value = user.attributes[proved];
  if (value === undefined || !(pool.settings.AliasAttributes ?? []).includes(proved)) return;
  await releaseAlias(tx, pool, proved, value, user.sub);
}
