import { messages } from '../../domain/texts.ts';
import type { TransactionContext } from '../../operation.ts';
import type { StepRefusal } from '../next-step.ts';
import type { Outcome } from '../outcome.ts';

/** Whether a right secret ends the count of wrong ones although the sign-in ends here. */
export function forgives(reason: StepRefusal): boolean {
  return reason !== 'disabled' && reason !== 'temporary-password-expired';
}

/** Ends a sign-in in which everything that was asked is proved. */
export function refuseStep(
  ctx: TransactionContext<
    'NotAuthorizedException' | 'PasswordResetRequiredException' | 'UserNotConfirmedException',
    never
  >,
  reason: StepRefusal,
): Outcome {
  switch (reason) {
    case 'disabled':
      return ctx.fail('NotAuthorizedException', messages.userDisabled);
    case 'unconfirmed':
      return ctx.fail('UserNotConfirmedException', messages.userNotConfirmed);
    case 'reset-required':
      return ctx.fail('PasswordResetRequiredException', messages.passwordResetRequired);
    case 'temporary-password-expired':
      return ctx.fail('NotAuthorizedException', messages.temporaryPasswordExpired);
    case 'must-change-password':
    case 'external':
      return ctx.fail('NotAuthorizedException', messages.incorrectUsernameOrPassword, reason);
    case 'factor-missing':
      return { kind: 'factor-missing' };
  }
}
