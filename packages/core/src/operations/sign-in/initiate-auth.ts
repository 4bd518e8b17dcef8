import { startFlow } from '../../auth-flows/index.ts';
import { requireClient } from '../../directory/pools/require.ts';
import { onBehalfOf } from '../../directory/work.ts';
import { operation } from '../../operation.ts';

/** Starts a sign-in for a user's app. Source: API model, InitiateAuth; behaviour.md 6.1. */
export const initiateAuth = operation('InitiateAuth', {
  needs: ['pools', 'clients', 'users', 'tokenFamilies', 'spentProofs', 'groups', 'limits'],
  async run(cx, input) {
    const { pool, client } = await requireClient(cx, input.ClientId);
    const parameters = input.AuthParameters ?? {};
    return startFlow(onBehalfOf(cx, client), input.AuthFlow, 'app', { pool, client, parameters });
  },
});
