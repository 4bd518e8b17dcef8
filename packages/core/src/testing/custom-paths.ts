import './quick-powers.ts';
import { createSrpSession, signSrpSession } from 'cognito-srp-helper';
import type { InputOf } from '@poolhouse/model';
import { CUSTOM_AUTH } from './custom-auth.ts';
import type { Harness } from './harness.ts';
import { respond } from './respond.ts';
import { secretHashOf } from './secret-hash.ts';
import { srpTimestamp } from './srp-client.ts';
import type { Target, TokenPath } from './target.ts';
import { CODE } from './test-challenges.ts';

type By = 'app' | 'administrator';

function start(
  harness: Harness,
  by: By,
  aim: Target,
  parameters: Readonly<Record<string, string>> = {},
) {
  const input: InputOf<'InitiateAuth'> = {
    ...{ ClientId: aim.ClientId, AuthFlow: 'CUSTOM_AUTH' },
    AuthParameters: { USERNAME: aim.username, ...parameters, ...secretHashOf(aim) },
  };
  return by === 'app'
    ? harness.call('InitiateAuth', input)
    : harness.call('AdminInitiateAuth', { ...input, UserPoolId: aim.UserPoolId });
}

const answerLast =
  (harness: Harness, by: By, target: Target, Session: string | undefined) =>
  (at?: Partial<Target>) => {
    const aim = { ...target, ...at };
    const responses = { USERNAME: aim.username, ANSWER: CODE, ...secretHashOf(aim) };
    return respond(harness, by, aim, 'CUSTOM_CHALLENGE', Session, responses);
  };

/** By a challenge of the pool's own. */
export function byFunctions(by: By): TokenPath {
  return {
    name: `CUSTOM_AUTH by ${by}`,
    proves: ['CUSTOM_CHALLENGE'],
    byCode: true,
    byFunctions: true,
    pool: { LambdaConfig: CUSTOM_AUTH },
    begin: async (harness, target) =>
      answerLast(harness, by, target, (await start(harness, by, target)).Session),
  };
}

/** By the password, and then a challenge of the pool's own. */
export function byFunctionsAfterSrp(by: By): TokenPath {
  return {
    name: `CUSTOM_AUTH with SRP by ${by}`,
    proves: ['PASSWORD_VERIFIER', 'CUSTOM_CHALLENGE'],
    second: true,
    byFunctions: true,
    pool: { LambdaConfig: CUSTOM_AUTH },
    begin: async (harness, target) => {
      const { ClientId, UserPoolId, username, password } = target;
      const session = createSrpSession(username, password, UserPoolId, false);
      const parameters = { CHALLENGE_NAME: 'SRP_A', SRP_A: session.largeA };
      const started = await start(harness, by, target, parameters);
      const timestamp = srpTimestamp(harness.world.clock.nowMs());
      const signed = signSrpSession({ ...session, timestamp }, started as never);
      const userId = started.ChallengeParameters?.['USER_ID_FOR_SRP'] ?? '';
      const { Session } = await harness.call('RespondToAuthChallenge', {
        ...{ ClientId, ChallengeName: 'PASSWORD_VERIFIER' },
        ChallengeResponses: {
          USERNAME: userId,
          PASSWORD_CLAIM_SECRET_BLOCK: signed.secret,
          PASSWORD_CLAIM_SIGNATURE: signed.passwordSignature,
          TIMESTAMP: timestamp,
          ...secretHashOf(target, userId),
        },
      });
      return answerLast(harness, by, target, Session);
    },
  };
}
