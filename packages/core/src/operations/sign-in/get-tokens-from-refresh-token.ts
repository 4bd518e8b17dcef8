import { isClientSecret } from '../../directory/pools/client-secret.ts';
import { requireClient } from '../../directory/pools/require.ts';
import { effectiveAuthFlows, rotates } from '../../domain/clients/auth-flow-permissions.ts';
import { messages } from '../../domain/texts.ts';
import { operation } from '../../operation.ts';
import { refreshTokens, requireRefreshState, rotateTokens } from '../../tokens/refresh.ts';

/** New tokens for a refresh token, which rotates where the client says so. Source: API model; behaviour.md 7.4. */
export const getTokensFromRefreshToken = operation('GetTokensFromRefreshToken', {
  needs: ['pools', 'clients', 'tokenFamilies', 'groups'],
  async run(cx, input) {
    const { pool, client } = await requireClient(cx, input.ClientId);
    const rotating = rotates(client);
    if (!rotating && !effectiveAuthFlows(client).has('ALLOW_REFRESH_TOKEN_AUTH')) {
      cx.fail('InvalidParameterException', 'REFRESH_TOKEN_AUTH flow not enabled for this client');
    }
    if (client.secrets.length > 0 && input.ClientSecret === undefined) {
      cx.fail('NotAuthorizedException', messages.secretHashMissing(client.id));
    }
    if (
      input.ClientSecret !== undefined &&
      !(await isClientSecret(cx, client, input.ClientSecret))
    ) {
      cx.fail('NotAuthorizedException', messages.secretHashWrong(client.id));
    }
    const state = await requireRefreshState(cx, client, input.RefreshToken);
    return {
      AuthenticationResult: rotating
        ? await rotateTokens(cx, pool, client, input.RefreshToken, state)
        : await refreshTokens(cx, pool, client, state),
    };
  },
});
