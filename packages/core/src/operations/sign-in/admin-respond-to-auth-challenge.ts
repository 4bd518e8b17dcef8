import { messages } from '../../domain/texts.ts';
import { answerChallenge } from '../../sign-in/engine/engine.ts';
import { authResponse } from '../../sign-in/outcome.ts';
import { requireClientOf, requirePool } from '../../pools/require.ts';
import { operation } from '../../operation.ts';

/** Answers a challenge from a trusted back end. Source: API model, AdminRespondToAuthChallenge; behaviour.md 6.8. */
export const adminRespondToAuthChallenge = operation('AdminRespondToAuthChallenge', {
  needs: [
    'pools',
    'clients',
    'configurations',
    'users',
    'codes',
    'outbox',
    'sessions',
    'replayCache',
    'groups',
    'limits',
    'passkeys',
    'devices',
    'authEvents',
  ],
  async run(ctx, input) {
    const pool = await requirePool(ctx, input.UserPoolId);
    const client = await requireClientOf(ctx, pool.id, input.ClientId);
    const responses = input.ChallengeResponses ?? {};
    const outcome = await answerChallenge(ctx, {
      ...{ pool, client, responses },
      ...{ name: input.ChallengeName, session: input.Session },
    });
    if (outcome.kind === 'factor-missing') {
      // The API declares no UnsupportedOperationException for answers.
      return ctx.fail('MFAMethodNotFoundException', messages.factorMissing);
    }
    return authResponse(outcome);
  },
});
