import type { CodePurpose } from '../domain/passwords/code.ts';
import { codeAttributes } from '../domain/attributes/confirmation-address.ts';
import type { User } from '../domain/users/user.ts';
import type { TransactionContext } from '../operation.ts';
import { consumeCode, type VerifiableAttribute } from './codes.ts';
import { forgetCodes } from './forget-codes.ts';

/** Whose codes: a user, or the stand-in for one who does not exist. */
export type CodeHolder = Pick<User, 'poolId' | 'sub' | 'attributes'>;

/** What became of a typed code; a right one proves the address of `attribute`. */
export type CodeOutcome =
  | { readonly attempt: 'right'; readonly attribute: VerifiableAttribute }
  | { readonly attempt: 'wrong' | 'expired' };

/**
 * Checks a typed code against the user's live one of the purpose, wherever it was sent, and uses it up if it is right.
 * It must have been sent to an address that the user still has.
 */
export async function consumeCodeOf(
  ctx: TransactionContext<never, 'codes'>,
  holder: CodeHolder,
  purpose: CodePurpose,
  clientId: string,
  code: string,
): Promise<CodeOutcome> {
  let attempt: 'wrong' | 'expired' = 'expired';
  for (const attribute of codeAttributes) {
    const place = { poolId: holder.poolId, sub: holder.sub, purpose, attribute };
    const address = holder.attributes[attribute] ?? '';
    const one = await consumeCode(ctx, place, clientId, code, address);
    if (one === 'right') return { attempt: one, attribute };
    if (one === 'wrong') attempt = one;
  }
  return { attempt };
}

/**
 * The same for a user name that may belong to nobody. The user's code decides what is right. A wrong attempt also counts at the
 * stand-in's, and is told to be wrong while one of both lives: a code that was only said to be sent is wrong, not missing
 * (behaviour.md 6.5), and as often as one that was sent. A stand-in's is never right.
 */
export async function consumeCodeOrDecoy(
  ctx: TransactionContext<never, 'codes'>,
  holder: CodeHolder | undefined,
  decoy: CodeHolder & { readonly double: CodeHolder },
  purpose: CodePurpose,
  clientId: string,
  code: string,
): Promise<CodeOutcome> {
  const outcome = await consumeCodeOf(ctx, holder ?? decoy.double, purpose, clientId, code);
  if (outcome.attempt === 'right') {
    await forgetCodes(ctx, decoy, { purpose });
    return outcome;
  }
  const told = await consumeCodeOf(ctx, decoy, purpose, clientId, code);
  return outcome.attempt === 'wrong' ? outcome : told;
}
