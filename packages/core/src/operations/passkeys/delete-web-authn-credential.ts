import { messages } from '../../domain/texts.ts';
import { operation } from '../../operation.ts';
import { requireSignedIn } from '../../tokens/authenticate.ts';
import { refOf } from '../../users/find-user.ts';

/** Deletes one of the signed-in user's passkeys. Source: API model, DeleteWebAuthnCredential; settings.md 9#9. */
export const deleteWebAuthnCredential = operation('DeleteWebAuthnCredential', {
  needs: ['pools', 'clients', 'users', 'sessions', 'passkeys'],
  async run(ctx, { AccessToken, CredentialId }) {
    const { user } = await requireSignedIn(ctx, AccessToken);
    const isId = /^[\w-]+$/.test(CredentialId);
    if (!isId || !(await ctx.stores.passkeys.delete(refOf(user), CredentialId))) {
      ctx.fail('ResourceNotFoundException', messages.passkeyNotFound);
    }
    return {};
  },
});
