import { messages } from '../../domain/texts.ts';
import { startSignIn } from '../../sign-in/engine/flows.ts';
import { authResponse } from '../../sign-in/outcome.ts';
import { requireClient } from '../../pools/require.ts';
import { onBehalfOf } from '../../limits/work.ts';
import { operation } from '../../operation.ts';

/** Starts a sign-in for a user's app. Source: API model, InitiateAuth; behaviour.md 6.1. */
export const initiateAuth = operation('InitiateAuth', {
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
    const parameters = input.AuthParameters ?? {};
    const outcome = await startSignIn(onBehalfOf(ctx, client), input.AuthFlow, {
      ...{ pool, client, parameters, origin: 'app', session: input.Session },
    });
    if (outcome.kind === 'factor-missing') {
      return ctx.fail('UnsupportedOperationException', messages.factorMissing);
    }
    return authResponse(outcome);
  },
});
