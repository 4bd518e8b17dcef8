import { requireSecretHash } from '../../directory/pools/client-secret.ts';
import { confirmUser } from '../../directory/codes/confirm-user.ts';
import { onTrial } from '../../directory/trial.ts';
import { requireClient } from '../../directory/pools/require.ts';
import { messages } from '../../domain/texts.ts';
import { operation } from '../../operation.ts';

/** Confirms a user who signed up. Source: behaviour.md 5.3. */
export const confirmSignUp = operation('ConfirmSignUp', {
  needs: ['pools', 'clients', 'users', 'codes', 'limits'],
  async run(cx, input) {
    const { pool, client } = await requireClient(cx, input.ClientId);
    await requireSecretHash(cx, client, input.Username, input.SecretHash);
    const request = {
      pool,
      client,
      username: input.Username,
      code: input.ConfirmationCode,
      forceAlias: input.ForceAliasCreation === true,
    };
    const outcome = await onTrial(cx, (trial) => confirmUser(cx, trial, request));
    switch (outcome.kind) {
      case 'confirmed':
        return {};
      case 'no-user':
        return cx.fail('UserNotFoundException', messages.userClientNotFound);
      case 'disabled':
        return cx.fail('NotAuthorizedException', messages.userDisabled);
      case 'settled':
        return cx.fail('NotAuthorizedException', messages.cannotBeConfirmed(outcome.status));
      case 'wrong-code':
        return cx.fail('CodeMismatchException', messages.codeMismatch);
      case 'expired-code':
        return cx.fail('ExpiredCodeException', messages.codeExpired);
      case 'alias-taken':
        return cx.fail('AliasExistsException', messages.aliasTakenAtConfirmation(outcome.alias));
    }
  },
});
