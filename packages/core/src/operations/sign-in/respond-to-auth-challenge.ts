import { answerChallenge } from '../../challenges/index.ts';
import { requireClient } from '../../directory/pools/require.ts';
import { onBehalfOf } from '../../directory/work.ts';
import { operation } from '../../operation.ts';

/** Answers a challenge of a sign-in. Source: API model, RespondToAuthChallenge; behaviour.md 6.8. */
export const respondToAuthChallenge = operation('RespondToAuthChallenge', {
  needs: [
    'pools',
    'clients',
    'users',
    'codes',
    'outbox',
    'tokenFamilies',
    'spentProofs',
    'groups',
    'limits',
  ],
  async run(cx, input) {
    const { pool, client } = await requireClient(cx, input.ClientId);
    const responses = input.ChallengeResponses ?? {};
    return answerChallenge(onBehalfOf(cx, client), input.ChallengeName, {
      pool,
      client,
      session: input.Session,
      responses,
    });
  },
});
