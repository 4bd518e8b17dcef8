import { messages } from '../../domain/texts.ts';
import { startSignIn } from '../../sign-in/engine/flows.ts';
import { authResponse } from '../../sign-in/outcome.ts';
import { requireClientOf, requirePool } from '../../pools/require.ts';
import { operation } from '../../operation.ts';

/** Starts a sign-in from a trusted back end. Source: API model, AdminInitiateAuth; behaviour.md 6.1. */
export const adminInitiateAuth = operation('AdminInitiateAuth', {
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
    const parameters = input.AuthParameters ?? {};
    const outcome = await startSignIn(ctx, input.AuthFlow, {
      ...{ pool, client, parameters, origin: 'administrator', session: input.Session },
    });
    if (outcome.kind === 'factor-missing') {
      return ctx.fail('UnsupportedOperationException', messages.factorMissing);
    }
    return authResponse(outcome);
  },
});
