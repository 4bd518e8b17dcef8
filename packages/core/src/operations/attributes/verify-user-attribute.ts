import { consumeCode } from '../../codes/codes.ts';
import { refOf } from '../../users/find-user.ts';
import { limitedBySource, takeAttemptFromBudget } from '../../limits/limits.ts';
import { onTrial } from '../../limits/trial.ts';
import { isAddress, proveAddress } from '../../domain/attributes/attribute-change.ts';
import { renewedUser } from '../../domain/users/renewed-user.ts';
import { messages } from '../../domain/texts.ts';
import { operation } from '../../operation.ts';
import { requireSignedIn } from '../../tokens/authenticate.ts';

/**
 * Proves an address of the signed-in user by the code that was sent to it; one that waited for this takes its place.
 * Source: API model, VerifyUserAttribute; behaviour.md 5.6, 9; security.md A08.
 */
export const verifyUserAttribute = operation('VerifyUserAttribute', {
  needs: ['pools', 'clients', 'users', 'sessions', 'codes', 'limits'],
  run: async (ctx, { AccessToken, AttributeName: attribute, Code }) => {
    const { pool, client, user } = await requireSignedIn(ctx, AccessToken);
    if (!isAddress(attribute)) {
      return ctx.fail('InvalidParameterException', messages.notVerifiable);
    }
    return onTrial(ctx, async (trial) => {
      const subject = await limitedBySource(ctx, client, user.sub);
      await takeAttemptFromBudget(ctx, trial, pool.id, subject, 'VerifyUserAttribute');
      const purpose = 'verify-attribute';
      const place = { poolId: pool.id, sub: user.sub, purpose, attribute } as const;
      const address = user.pendingAttributes[attribute] ?? user.attributes[attribute] ?? '';
      // A wrong attempt is recorded before the answer; a right one that comes to nothing is not used up.
      const attempt = await ctx.atomically(async (tx) => {
        const tried = await consumeCode(tx, place, client.id, Code, address);
        if (tried !== 'right') return tried;
        const done = await tx.stores.users.change<'expired'>(refOf(user), (current) => {
          const now = current.pendingAttributes[attribute] ?? current.attributes[attribute];
          if (now !== address) return { refusal: 'expired' };
          return renewedUser(pool, { ...current, ...proveAddress(current, attribute) }, ctx.nowMs);
        });
        switch (done.kind) {
          case 'changed':
            return tried;
          case 'refused':
            return done.refusal;
          case 'missing':
            return tx.fail('UserNotFoundException', messages.userNotFound);
          case 'name-taken':
            return tx.fail('AliasExistsException', messages.aliasTaken(done.nameKind));
        }
      });
      if (attempt !== 'right') trial.foundWrong();
      if (attempt === 'wrong') return ctx.fail('CodeMismatchException', messages.codeMismatch);
      if (attempt === 'expired') return ctx.fail('ExpiredCodeException', messages.codeExpired);
      return {};
    });
  },
});
