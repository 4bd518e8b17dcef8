import { requireSecretHash } from '../../pools/client-secret.ts';
import { confirmUser } from '../../codes/confirm-user.ts';
import { whoWaits } from '../../codes/waiting-session.ts';
import { confirmedSession } from '../../sign-in/confirmed-session.ts';
import { onTrial } from '../../limits/trial.ts';
import { requireClient } from '../../pools/require.ts';
import { effectiveAuthFlows } from '../../domain/clients/auth-flow-permissions.ts';
import { messages } from '../../domain/texts.ts';
import { operation } from '../../operation.ts';

/**
 * Confirms a user who signed up. Where people choose how to sign in, the answer is a session that does so at once, because the code has just
 * proved the address; Amplify sends no session from SignUp for it, and one that is sent has to be the user's. Source: behaviour.md 5.3, 6.9;
 * settings.md 8#14; amplify-js, `autoSignIn`.
 */
export const confirmSignUp = operation('ConfirmSignUp', {
  needs: ['pools', 'clients', 'users', 'codes', 'limits'],
  async run(ctx, input) {
    const { pool, client } = await requireClient(ctx, input.ClientId);
    await requireSecretHash(ctx, client, input.Username, input.SecretHash);
    const request = {
      pool,
      client,
      username: input.Username,
      code: input.ConfirmationCode,
      forceAlias: input.ForceAliasCreation === true,
    };
    const outcome = await onTrial(ctx, (trial) => confirmUser(ctx, trial, request));
    switch (outcome.kind) {
      case 'confirmed': {
        const { Session } = input;
        const { user, proved } = outcome;
        const isOwn =
          Session === undefined || (await whoWaits(ctx, pool.id, client, Session)) === user.sub;
        return isOwn && effectiveAuthFlows(client).has('ALLOW_USER_AUTH')
          ? { Session: await confirmedSession(ctx, { pool, client }, user, proved) }
          : {};
      }
      case 'no-user':
        return ctx.fail('UserNotFoundException', messages.userClientNotFound);
      case 'disabled':
        return ctx.fail('NotAuthorizedException', messages.userDisabled);
      case 'settled':
        return ctx.fail('NotAuthorizedException', messages.cannotBeConfirmed(outcome.status));
      case 'wrong-code':
        return ctx.fail('CodeMismatchException', messages.codeMismatch);
      case 'expired-code':
        return ctx.fail('ExpiredCodeException', messages.codeExpired);
      case 'alias-taken':
        return ctx.fail('AliasExistsException', messages.aliasTakenAtConfirmation(outcome.alias));
    }
  },
});
