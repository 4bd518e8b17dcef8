import type { OperationContext } from '../operation.ts';

/** Taken before a secret is checked: an attempt from the budget of the source, an attempt on the user, or one of an hourly budget. */
export interface Stake {
  /** Gives it back, as if it had not been taken; what others have taken since stays taken. */
  giveBack(): Promise<void> | void;
  /** Whether a success gives it back too; not if the success itself settles it or uses it up. */
  readonly backOnSuccess?: boolean;
}

/** One check of a secret: what was taken for it, and its result. */
export interface Trial {
  /** Adds something that was taken. */
  stake(stake: Stake): void;
  /** The secret is wrong, or the user does not exist: what was taken stays taken. */
  foundWrong(): void;
  /** The secret is right, but nothing settles what was taken for it: all of it is given back. */
  unsettled(): void;
}

/**
 * Checks a secret. What is taken for it stays taken only if the secret is found wrong. In every other case (a busy server, a failing
 * database, a used proof, a bug) it is given back: only a wrong secret is a failed attempt. If the process dies in between, it stays taken,
 * which is the safe side; such a lock lasts a second, and a success ends it.
 */
export async function onTrial<T>(
  ctx: OperationContext<never, never>,
  look: (trial: Trial) => Promise<T>,
): Promise<T> {
  const stakes: Stake[] = [];
  let wrong = false;
  let isUnsettled = false;
  const settle = async (which: readonly Stake[]): Promise<void> => {
    for (const stake of wrong ? [] : which) {
      try {
        await stake.giveBack();
      } catch (error) {
        // The request's own result matters more, and what stays taken drains by itself.
        ctx.world.log.warn('attempt.not-given-back', { err: error });
      }
    }
  };
  try {
    const value = await look({
      stake: (stake) => void stakes.push(stake),
      foundWrong: () => void (wrong = true),
      unsettled: () => void (isUnsettled = true),
    });
    await settle(stakes.filter(({ backOnSuccess }) => isUnsettled || backOnSuccess === true));
    return value;
  } catch (error) {
    await settle(stakes);
    throw error;
  }
}
