import type { ChallengeNameType } from '@poolhouse/model';
import { rolesOf, type TokenFacts } from '../domain/tokens/claims.ts';
import type { ClaimsOverride, GroupsOverride } from '../domain/tokens/claims-override.ts';
import type { OperationContext } from '../operation.ts';
import { callTrigger, refuseOutput, type TriggerError } from '../triggers/call-trigger.ts';
import { requireOwnClaims } from '../triggers/fail-closed.ts';

/** What tokens are made for, as a function hears it. Source: behaviour.md 7.5. */
export type TokenCause =
  'Authentication' | 'NewPasswordChallenge' | 'AuthenticateDevice' | 'RefreshTokens';

const causes: Partial<Readonly<Record<ChallengeNameType, TokenCause>>> = {
  NEW_PASSWORD_REQUIRED: 'NewPasswordChallenge',
  DEVICE_PASSWORD_VERIFIER: 'AuthenticateDevice',
};

/** What the tokens of a sign-in are made for whose last answer was to this challenge. Source: federation-triggers.md 3.4. */
export function causeAfter(answered: ChallengeNameType): TokenCause {
  return causes[answered] ?? 'Authentication';
}

/**
 * Asks the pool's PreTokenGeneration function what to change of tokens; nothing where the pool has none. Of the versions of its event
 * the first alone is built, the others refuse. Source: behaviour.md 7.5, 8.3.
 */
export async function askForOverride(
  ctx: OperationContext<TriggerError, never>,
  { pool, client, user, groups }: Pick<TokenFacts, 'pool' | 'client' | 'user' | 'groups'>,
  cause: TokenCause,
): Promise<ClaimsOverride> {
  requireOwnClaims(ctx, pool);
  const { roles, preferredRole } = rolesOf(groups);
  const response = await callTrigger(ctx, pool, {
    ...{ trigger: 'PreTokenGeneration', cause, user, client },
    request: {
      groupConfiguration: {
        groupsToOverride: groups.map(({ name }) => name),
        iamRolesToOverride: roles,
        preferredRole: preferredRole ?? null,
      },
    },
    response: { claimsOverrideDetails: null },
  });
  const details = membersOf(ctx, response?.['claimsOverrideDetails']);
  if (details === undefined) return {};
  const add = membersOf(ctx, details['claimsToAddOrOverride']) ?? {};
  const suppress = textsOf(ctx, details['claimsToSuppress']) ?? [];
  // This version holds texts. Source: behaviour.md 7.5.
  textsOf(ctx, Object.values(add));
  const groupDetails = membersOf(ctx, details['groupOverrideDetails']);
  return {
    id: { add, suppress },
    ...(groupDetails && { groups: groupsOf(ctx, groupDetails) }),
  };
}

type Refusing = OperationContext<'InvalidLambdaResponseException', never>;
type Members = Readonly<Record<string, unknown>>;

function groupsOf(ctx: Refusing, details: Members): GroupsOverride {
  const preferred = details['preferredRole'] ?? undefined;
  const [preferredRole] = textsOf(ctx, preferred === undefined ? [] : [preferred]) ?? [];
  return {
    names: textsOf(ctx, details['groupsToOverride']) ?? [],
    roles: textsOf(ctx, details['iamRolesToOverride']) ?? [],
    ...(preferredRole !== undefined && { preferredRole }),
  };
}

function membersOf(ctx: Refusing, value: unknown): Members | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'object' && !Array.isArray(value)
    ? (value as Members)
    : refuseOutput(ctx, 'no object where one belongs');
}

function textsOf(ctx: Refusing, value: unknown): readonly string[] | undefined {
  if (value === undefined || value === null) return undefined;
  return Array.isArray(value) && value.every((one): one is string => typeof one === 'string')
    ? value
    : refuseOutput(ctx, 'no texts where they belong');
}
