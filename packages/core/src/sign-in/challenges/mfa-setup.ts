import { checkAttributeValues, storedValues } from '../../domain/attributes/attribute-schema.ts';
import { writableAttributes } from '../../domain/clients/attribute-permissions.ts';
import { asksForMethod, methodsToSetUp } from '../../domain/mfa/mfa.ts';
import { poolMethods, type MfaConfiguration } from '../../domain/pools/mfa-methods.ts';
import { withMethod } from '../../domain/users/mfa-preference.ts';
import { messages } from '../../domain/texts.ts';
import { renewedUser } from '../../domain/users/renewed-user.ts';
import type { User } from '../../domain/users/user.ts';
import { sealSoftwareToken } from '../../mfa/software-token.ts';
import type { OperationContext } from '../../operation.ts';
import { passwordMark } from '../../passwords/password.ts';
import { refOf } from '../../users/find-user.ts';
import { refuseAttempt, spendAttempt } from '../attempt.ts';
import type { SignInStore } from '../complete.ts';
import { configurationOf } from '../next-step.ts';
import { verifiedToken } from '../set-up.ts';
import type { Answer, TaskChallenge, TaskError, TaskResult } from './challenge.ts';
import { needsMfaConfiguration } from './mfa-turn.ts';

type TaskContext = OperationContext<TaskError, SignInStore>;

/**
 * A second factor for a user who has none, where the pool requires one: an authenticator application, which AssociateSoftwareToken and
 * VerifySoftwareToken set up with this Session, or an email address, to which a code is sent next. Source: settings.md 7#5, 7#7, 7#10.
 */
export const mfaSetup: TaskChallenge = {
  name: 'MFA_SETUP',
  carrier: 'Session',
  isFactor: false,
  setsUpFactor: true,
  needs: needsMfaConfiguration,
  isDue: (facts) =>
    asksForMethod(facts) && methodsToSetUp(facts, configurationOf(facts, 'mfa')).length > 0,
  ask: (facts) => ({
    parameters: {
      MFAS_CAN_SETUP: JSON.stringify(methodsToSetUp(facts, configurationOf(facts, 'mfa'))),
    },
  }),
  readAnswer: () => undefined,
  async carryOut(ctx, user, answer) {
    const { pool, attempt } = answer;
    const place = { poolId: pool.id, kind: 'mfa' } as const;
    const configuration = (await ctx.stores.configurations.get(place))?.value;
    const token = verifiedToken(attempt);
    if (token === undefined) return setUpEmail(ctx, user, answer, configuration);
    // The pool may have turned it off since it was verified.
    if (!poolMethods(pool, configuration).includes('SOFTWARE_TOKEN_MFA')) {
      return refuseAttempt(ctx, 'Session', 'the pool has no applications any more');
    }
    const sealedSoftwareToken = await sealSoftwareToken(ctx, user, token);
    const changed = await changeUser(ctx, user, answer, (now) =>
      // Whoever set one up since keeps it (security.md M08).
      now.sealedSoftwareToken === undefined
        ? {
            ...{ ...now, sealedSoftwareToken, softwareTokenStep: token.step },
            mfa: withMethod(now.mfa, 'SOFTWARE_TOKEN_MFA'),
          }
        : undefined,
    );
    return { user: changed, proved: 'SOFTWARE_TOKEN_MFA' };
  },
};

/** The address is unproven until the code that follows is answered. */
async function setUpEmail(
  ctx: TaskContext,
  user: User,
  answer: Answer,
  configuration: MfaConfiguration,
): Promise<TaskResult> {
  const { pool, client, given } = answer;
  const email = given['EMAIL'];
  if (email === undefined || configuration?.EmailMfaConfiguration === undefined) {
    return refuseAttempt(ctx, 'Session', 'nothing was set up');
  }
  if (!writableAttributes(pool, client)('email')) {
    ctx.fail('NotAuthorizedException', messages.unauthorizedAttribute);
  }
  const problem = checkAttributeValues(pool, { email });
  if (problem !== undefined) ctx.fail('InvalidParameterException', problem);
  const set = { ...storedValues(pool, { email }), email_verified: 'false' };
  const changed = await changeUser(ctx, user, answer, (now) =>
    now.attributes['email'] ? undefined : { ...now, attributes: { ...now.attributes, ...set } },
  );
  return { user: changed };
}

/** Spends the attempt and changes the user, whose password must still be the one that was proved. */
async function changeUser(
  ctx: TaskContext,
  user: User,
  { pool, attempt }: Answer,
  change: (now: User) => User | undefined,
): Promise<User> {
  return ctx.atomically(async (tx) => {
    await spendAttempt(tx, 'Session', attempt);
    const done = await tx.stores.users.change<'overtaken'>(refOf(user), (now) => {
      const next = passwordMark(now) === attempt.passwordMark ? change(now) : undefined;
      return next ? renewedUser(pool, next, tx.nowMs) : { refusal: 'overtaken' };
    });
    switch (done.kind) {
      case 'changed':
        return done.user;
      case 'name-taken':
        return tx.fail('AliasExistsException', messages.aliasTaken(done.nameKind));
      case 'missing':
      case 'refused':
        return refuseAttempt(tx, 'Session', done.kind);
    }
  });
}
