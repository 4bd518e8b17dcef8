import type { OperationContext } from '../operation.ts';

/** Taken before a secret is checked: an attempt from the budget of the source, an attempt on the user, or one of an hourly budget. */
export interface Stake {
  /** Gives it back, as if it had not been taken; what others have taken since stays taken. */
  giveBack(): Promise<void> | void;
  /** Whether a success gives it back too; one that a success settles by itself, or uses up, is not. */
  readonly backOnSuccess?: boolean;
}

/** One look at a secret: what was taken for it, and what came of it. */
export interface Trial {
  /** Notes what was taken. */
  stake(stake: Stake): void;
  /** The secret is wrong, or the name belongs to nobody: what was taken stays taken. */
  foundWrong(): void;
  /** The secret is right, but nothing settles what was taken for it: all of it is given back. */
  unsettled(): void;
}

/**
 * Looks at a secret. What is taken for it stays taken only where the secret is found wrong; at every other end (a busy server, a
 * database that fails, a proof that is spent, a bug) it is given back: only a wrong secret is a failed attempt. A process that
 * dies in between has taken it, which errs on the safe side; a lock of that kind lasts a second, and a success ends it.
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
        // How the request ended matters more, and what stays taken drains by itself.
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
