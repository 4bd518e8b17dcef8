import { toCredentialDescription } from '../../domain/passkeys/passkey-shapes.ts';
import { operation } from '../../operation.ts';
import { readPageToken, writePageToken } from '../../paging.ts';
import type { PasskeyPosition } from '../../ports/stores/passkeys.ts';
import { requireSignedIn } from '../../tokens/authenticate.ts';
import { refOf } from '../../users/find-user.ts';

const MOST = 20;

/** Lists the passkeys of the signed-in user, oldest first; a limit of 0 means 20. Source: API model, ListWebAuthnCredentials; settings.md 9#4, 9#9. */
export const listWebAuthnCredentials = operation('ListWebAuthnCredentials', {
  needs: ['pools', 'clients', 'users', 'sessions', 'passkeys'],
  async run(ctx, { AccessToken, MaxResults, NextToken }) {
    const { pool, user } = await requireSignedIn(ctx, AccessToken);
    const context = ['ListWebAuthnCredentials', pool.id, user.sub] as const;
    const after = await readPageToken<PasskeyPosition>(ctx, pool.id, context, NextToken);
    const page = await ctx.stores.passkeys.list(refOf(user), MaxResults || MOST, after);
    return {
      Credentials: page.items.map(toCredentialDescription),
      NextToken: await writePageToken(ctx, pool.id, context, page.after),
    };
  },
});
