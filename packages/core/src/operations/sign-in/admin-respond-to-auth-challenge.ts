import { answerChallenge } from '../../challenges/index.ts';
import { requireClientOf, requirePool } from '../../directory/pools/require.ts';
import { operation } from '../../operation.ts';

/** Answers a challenge from a trusted back end. Source: API model, AdminRespondToAuthChallenge; behaviour.md 6.8. */
export const adminRespondToAuthChallenge = operation('AdminRespondToAuthChallenge', {
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
    const pool = await requirePool(cx, input.UserPoolId);
    const client = await requireClientOf(cx, pool.id, input.ClientId);
    const responses = input.ChallengeResponses ?? {};
    return answerChallenge(cx, input.ChallengeName, {
      pool,
      client,
      session: input.Session,
      responses,
    });
  },
});
