import type { ChallengeNameType } from '@poolhouse/model';
import { dueMethods, type MfaUser } from '../../domain/mfa/mfa.ts';
import type { MfaConfiguration } from '../../domain/pools/mfa-methods.ts';
import { acrLevels, acrValue, type AcrLevel } from '../../domain/pools/acr-levels.ts';
import type { Pool } from '../../domain/pools/pool.ts';
import { settingsTexts } from '../../domain/settings-texts.ts';
import { messages } from '../../domain/texts.ts';
import { reachesLevel } from '../../domain/tokens/assurance.ts';
import type { TransactionContext } from '../../operation.ts';
import type { Given } from '../challenges/challenge.ts';

type ReadContext = TransactionContext<
  'FeatureUnavailableInTierException' | 'InvalidParameterException',
  never
>;

/**
 * The levels that an app wants a sign-in to reach, the best first; none if it asks for none. Names that the pool does not have are ignored,
 * unless it has none of them. Source: SDK, InitiateAuthRequest.AuthParameters, TARGET_ACR_VALUES.
 */
export function wantedLevels(ctx: ReadContext, pool: Pool, given: Given): readonly AcrLevel[] {
  const { TARGET_ACR_VALUES: values, ACCESS_TOKEN: token, MAX_AGE: maxAge } = given;
  if (values === undefined) {
    if (token !== undefined) ctx.fail('InvalidParameterException', messages.tokenWithoutLevels);
    return [];
  }
  const { UserPoolTier: tier = 'ESSENTIALS' } = pool.settings;
  if (tier === 'LITE') {
    const text = settingsTexts.featuresAboveTier(tier, ['Step-Up Authentication']);
    ctx.fail('FeatureUnavailableInTierException', text);
  }
  if (maxAge !== undefined && !/^\d{1,9}$/.test(maxAge)) {
    ctx.fail('InvalidParameterException', messages.maxAgeInvalid);
  }
  const levels = values.split(' ').flatMap((value) => {
    const level = acrLevels.find((one) => acrValue(pool.settings, one) === value);
    return level === undefined ? [] : [level];
  });
  return levels.length > 0 ? levels : ctx.fail('InvalidParameterException', messages.levelsUnknown);
}

/** What of a sign-in decides which levels it can reach. */
export interface ReachFacts {
  readonly pool: Pool;
  readonly configuration: MfaConfiguration;
}

/** What a first factor proves; the flow's own name for SRP only begins an exchange. */
const proofOf = (name: ChallengeNameType) => ({
  challenge: name === 'PASSWORD_SRP' ? ('PASSWORD_VERIFIER' as const) : name,
});

/** Whether a sign-in that begins with the factor can reach the level, with a second one if need be. */
export function canReach(
  { pool, configuration }: ReachFacts,
  user: MfaUser,
  target: AcrLevel,
  first: ChallengeNameType,
): boolean {
  const proofs = [proofOf(first)];
  if (reachesLevel(proofs, target)) return true;
  return dueMethods({ pool, user, proofs, target }, configuration).length > 0;
}

/**
 * The level of a sign-in: the first one wanted that the user can reach with one of the factors, or else the last one. A sign-in that cannot
 * reach it is refused once the first factor is proved, so that nobody else learns what the user has.
 */
export function targetOf(
  facts: ReachFacts,
  user: MfaUser,
  wanted: readonly AcrLevel[],
  factors: readonly ChallengeNameType[],
): AcrLevel | undefined {
  const reachable = wanted.find((level) =>
    factors.some((factor) => canReach(facts, user, level, factor)),
  );
  return reachable ?? wanted.at(-1);
}
