import { makeTotpSecret } from '../../crypto/index.ts';
import { poolMethods } from '../../domain/pools/mfa-methods.ts';
import { messages } from '../../domain/texts.ts';
import { sealSoftwareToken } from '../../mfa/software-token.ts';
import { operation } from '../../operation.ts';
import { continueSetUp, requireSetUp } from '../../sign-in/set-up.ts';
import { requireSignedIn } from '../../tokens/authenticate.ts';
import { requireFreshSignIn } from '../../tokens/fresh-sign-in.ts';
import { refOf } from '../../users/find-user.ts';

/**
 * Makes the secret of an authenticator application, for the signed-in user or in a sign-in that asks for one. One that is set up already
 * stays until the new one is verified. Source: API model, AssociateSoftwareToken; settings.md 7#11; security.md M05.
 */
export const associateSoftwareToken = operation('AssociateSoftwareToken', {
  needs: ['pools', 'clients', 'users', 'sessions', 'configurations'],
  async run(ctx, { AccessToken, Session }) {
    const secret = makeTotpSecret(ctx.random);
    if (Session !== undefined && AccessToken === undefined) {
      const setUp = await requireSetUp(ctx, Session);
      return { SecretCode: secret, Session: await continueSetUp(ctx, setUp, { secret }) };
    }
    if (AccessToken === undefined || Session !== undefined) {
      return ctx.fail('InvalidParameterException', messages.tokenOrSession);
    }
    const signedIn = await requireSignedIn(ctx, AccessToken);
    requireFreshSignIn(ctx, signedIn);
    const { pool, user } = signedIn;
    const configuration = await ctx.stores.configurations.get({ poolId: pool.id, kind: 'mfa' });
    if (!poolMethods(pool, configuration?.value).includes('SOFTWARE_TOKEN_MFA')) {
      ctx.fail('SoftwareTokenMFANotFoundException', messages.softwareTokenOff);
    }
    const sealedNextSoftwareToken = await sealSoftwareToken(ctx, user, { secret });
    const done = await ctx.stores.users.change(refOf(user), (now) => ({
      ...now,
      sealedNextSoftwareToken,
    }));
    if (done.kind === 'missing') ctx.fail('NotAuthorizedException', messages.accessTokenInvalid);
    return { SecretCode: secret };
  },
});
