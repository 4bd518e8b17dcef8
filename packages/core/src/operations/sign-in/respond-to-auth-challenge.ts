import { messages } from '../../domain/texts.ts';
import { answerChallenge } from '../../sign-in/engine/engine.ts';
import { authResponse } from '../../sign-in/outcome.ts';
import { requireClient } from '../../pools/require.ts';
import { onBehalfOf } from '../../limits/work.ts';
import { operation } from '../../operation.ts';

/** Answers a challenge of a sign-in. Source: API model, RespondToAuthChallenge; behaviour.md 6.8. */
export const respondToAuthChallenge = operation('RespondToAuthChallenge', {
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
    const { pool, client } = await requireClient(ctx, input.ClientId);
    const responses = input.ChallengeResponses ?? {};
    const outcome = await answerChallenge(onBehalfOf(ctx, client), {
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
