import { hashToken, looksLikeRefreshToken } from '../../crypto/index.ts';
import { isClientSecret } from '../../pools/client-secret.ts';
import { clientId } from '../../domain/ids.ts';
import { operation } from '../../operation.ts';

/**
 * Revokes a refresh token with all tokens of its sign-in. Unknown and already revoked tokens are answered like any other.
 * RevokeAssociatedSessions changes nothing: `LINKED` also ends the session at the login pages that the tokens came from, and none come from
 * one.
 * Source: API model, RevokeToken; behaviour.md 7.4.
 */
export const revokeToken = operation('RevokeToken', {
  needs: ['clients', 'sessions'],
  async run(ctx, input) {
    const unauthorized = (detail: string) =>
      ctx.fail('UnauthorizedException', 'Invalid client credentials', detail); // [unsure]
    const client = await ctx.stores.clients.get(clientId(input.ClientId));
    if (client === undefined) return unauthorized('no such client');
    const given = input.ClientSecret;
    const proved =
      given === undefined ? client.secrets.length === 0 : await isClientSecret(ctx, client, given);
    if (!proved) return unauthorized('client secret');
    if (!(client.settings.EnableTokenRevocation ?? true)) {
      ctx.fail('UnsupportedOperationException', 'Token revocation is not enabled for this client'); // [unsure]
    }
    if (isJwt(input.Token)) {
      ctx.fail('UnsupportedTokenTypeException', 'Unsupported token type'); // [unsure]
    }
    if (looksLikeRefreshToken(input.Token)) {
      const state = await ctx.stores.sessions.byToken(hashToken(input.Token));
      if (state !== undefined && state.session.clientId === client.id) {
        await ctx.stores.sessions.revoke(state.session.id, ctx.nowMs);
      }
    }
    return {};
  },
});

/** Access and ID tokens have three parts, refresh tokens five. */
function isJwt(token: string): boolean {
  return token.split('.', 4).length === 3;
}
