import type { AuthenticationResultType, ChallengeNameType } from '@poolhouse/model';
import type { Harness } from './harness.ts';
import type { Target } from './target.ts';

/** Sends an answer to a challenge as the app or as an administrator. */
export async function respond(
  harness: Harness,
  by: 'app' | 'administrator',
  aim: Target,
  ChallengeName: ChallengeNameType,
  Session: string | undefined,
  ChallengeResponses: Record<string, string>,
): Promise<AuthenticationResultType | undefined> {
  const input = { ClientId: aim.ClientId, ChallengeName, Session, ChallengeResponses };
  const answer =
    by === 'app'
      ? await harness.call('RespondToAuthChallenge', input)
      : await harness.call('AdminRespondToAuthChallenge', { ...input, UserPoolId: aim.UserPoolId });
  return answer.AuthenticationResult;
}
