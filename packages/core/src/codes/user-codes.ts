import type { CodePurpose } from '../domain/passwords/code.ts';
import { codeAttributes } from '../domain/attributes/confirmation-address.ts';
import type { User } from '../domain/users/user.ts';
import type { TransactionContext } from '../operation.ts';
import { consumeCode, type VerifiableAttribute } from './codes.ts';
import { forgetCodes } from './forget-codes.ts';

/** Whose codes: a user's, or a decoy's. */
export type CodeHolder = Pick<User, 'poolId' | 'sub' | 'attributes'>;

/** The result for a typed code; a right one proves the address of `attribute`. */
export type CodeOutcome =
  | { readonly attempt: 'right'; readonly attribute: VerifiableAttribute }
  | { readonly attempt: 'wrong' | 'expired' };

/**
 * Checks a typed code against the user's valid one of the purpose, wherever it was sent, and uses it up if it is right. It must have been
 * sent to an address that the user still has.
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
 * The same for a user name that may not exist. The user's code decides what is right. A wrong attempt also counts for the decoy's, and is
 * reported as wrong while either is valid: a code that was only claimed to be sent is wrong rather than missing (behaviour.md 6.5), and as
 * often as one that was sent. A decoy's is never right.
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
