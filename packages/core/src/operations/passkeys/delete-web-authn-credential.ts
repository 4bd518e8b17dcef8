import { messages } from '../../domain/texts.ts';
import { operation } from '../../operation.ts';
import { requireSignedIn } from '../../tokens/authenticate.ts';
import { requireFreshSignIn } from '../../tokens/fresh-sign-in.ts';
import { refOf } from '../../users/find-user.ts';

/** Deletes one of the signed-in user's passkeys. Source: API model, DeleteWebAuthnCredential; settings.md 9#9; security.md P09. */
export const deleteWebAuthnCredential = operation('DeleteWebAuthnCredential', {
  needs: ['pools', 'clients', 'users', 'sessions', 'passkeys'],
  async run(ctx, { AccessToken, CredentialId }) {
    const signedIn = await requireSignedIn(ctx, AccessToken);
    requireFreshSignIn(ctx, signedIn);
    const isId = /^[\w-]+$/.test(CredentialId);
    if (!isId || !(await ctx.stores.passkeys.delete(refOf(signedIn.user), CredentialId))) {
      ctx.fail('ResourceNotFoundException', messages.passkeyNotFound);
    }
    return {};
  },
});
