import { isClientSecret } from '../../pools/client-secret.ts';
import { requireClient } from '../../pools/require.ts';
import { effectiveAuthFlows, rotates } from '../../domain/clients/auth-flow-permissions.ts';
import { messages } from '../../domain/texts.ts';
import { operation } from '../../operation.ts';
import { refreshTokens, requireRefreshState, rotateTokens } from '../../tokens/refresh.ts';

/** New tokens for a refresh token, which rotates where the client says so. Source: API model; behaviour.md 7.4. */
export const getTokensFromRefreshToken = operation('GetTokensFromRefreshToken', {
  needs: ['pools', 'clients', 'sessions', 'groups', 'devices'],
  async run(ctx, input) {
    const { pool, client } = await requireClient(ctx, input.ClientId);
    const rotating = rotates(client);
    if (!rotating && !effectiveAuthFlows(client).has('ALLOW_REFRESH_TOKEN_AUTH')) {
      ctx.fail('InvalidParameterException', 'REFRESH_TOKEN_AUTH flow not enabled for this client');
    }
    if (client.secrets.length > 0 && input.ClientSecret === undefined) {
      ctx.fail('NotAuthorizedException', messages.secretHashMissing(client.id));
    }
    if (
      input.ClientSecret !== undefined &&
      !(await isClientSecret(ctx, client, input.ClientSecret))
    ) {
      ctx.fail('NotAuthorizedException', messages.secretHashWrong(client.id));
    }
    const given = { refreshToken: input.RefreshToken, deviceKey: input.DeviceKey };
    const state = await requireRefreshState(ctx, client, given);
    return {
      AuthenticationResult: rotating
        ? await rotateTokens(ctx, pool, client, given, state)
        : await refreshTokens(ctx, pool, client, given, state),
    };
  },
});
