import type { ChallengeNameType, RespondToAuthChallengeResponse } from '@poolhouse/model';
import type { AfterPasswordError } from '../auth-flows/after-password.ts';
import { effectiveAuthFlows } from '../domain/clients/auth-flow-permissions.ts';
import { requireUnjudgedSignIn } from '../directory/pools/fail-closed.ts';
import { requiresMfa } from '../domain/pools/unbuilt-settings.ts';
import { messages } from '../domain/texts.ts';
import type { Cx } from '../operation.ts';
import type { SignInStore } from '../tokens/sign-in.ts';
import type { ChallengeAnswer } from './answer.ts';
import { answerNewPassword } from './new-password-required.ts';
import { answerPasswordVerifier } from './password-verifier.ts';

/** Errors that can end a sign-in at an answer to a challenge. */
export type ChallengeError =
  | AfterPasswordError
  | 'AliasExistsException'
  | 'InvalidParameterException'
  | 'InvalidPasswordException'
  | 'MFAMethodNotFoundException'
  | 'PasswordHistoryPolicyViolationException'
  | 'TooManyRequestsException';

/** Checks an answer. Challenges that this server never gives have no session that could be right. */
export async function answerChallenge(
  cx: Cx<ChallengeError, SignInStore | 'codes' | 'outbox'>,
  name: ChallengeNameType,
  answer: ChallengeAnswer,
): Promise<RespondToAuthChallengeResponse> {
  requireUnjudgedSignIn(cx, answer.pool);
  // Plain SRP gives no session: its secret block is one. Source: behaviour.md 6.4.
  if (name !== 'PASSWORD_VERIFIER' && answer.session === undefined) {
    cx.fail('InvalidParameterException', messages.sessionMissing);
  }
  switch (name) {
    case 'PASSWORD_VERIFIER':
      // The client's setting may have changed since the challenge was given.
      if (!effectiveAuthFlows(answer.client).has('ALLOW_USER_SRP_AUTH')) {
        cx.fail('InvalidParameterException', 'USER_SRP_AUTH flow not enabled for this client');
      }
      return answerPasswordVerifier(cx, answer);
    case 'NEW_PASSWORD_REQUIRED':
      // Its session says that the password was proved.
      if (requiresMfa(answer.pool)) cx.fail('MFAMethodNotFoundException', messages.mfaNotBuilt);
      return answerNewPassword(cx, answer);
    default:
      return cx.fail('NotAuthorizedException', messages.invalidSession, `${name} was not asked`);
  }
}
