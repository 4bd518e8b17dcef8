import type { GroupType } from '@poolhouse/model';

/** What a user's groups give in its tokens. Source: behaviour.md 7.3. */
export interface EffectiveRoles {
  /** All groups, the one that counts most first. */
  readonly groups: readonly GroupType[];
  /** Claim `cognito:roles`: each role once. */
  readonly roles: readonly string[];
  /** Claim `cognito:preferred_role`; absent without roles, or when groups of equal precedence disagree. */
  readonly preferred?: string;
  /** The group that gives the preferred role. */
  readonly from?: string;
  /** Groups of the same, best precedence with different roles: why there is no preferred one. */
  readonly tied: readonly string[];
}

/** Works out which roles a user has from its groups. */
export function rolesOf(groups: readonly GroupType[]): EffectiveRoles {
  const rank = ({ Precedence }: GroupType) => Precedence ?? Number.POSITIVE_INFINITY;
  const name = ({ GroupName }: GroupType) => GroupName ?? '';
  const ordered = [...groups].sort((a, b) => {
    const [first, second] = [rank(a), rank(b)];
    return first === second ? (name(a) < name(b) ? -1 : 1) : first - second;
  });
  const withRole = ordered.filter(({ RoleArn }) => RoleArn !== undefined);
  const roles = [...new Set(withRole.map(({ RoleArn }) => RoleArn ?? ''))];
  const [best] = withRole;
  if (best === undefined) return { groups: ordered, roles, tied: [] };
  const leading = withRole.filter((group) => rank(group) === rank(best));
  const agree = leading.every(({ RoleArn }) => RoleArn === best.RoleArn);
  return agree
    ? { groups: ordered, roles, preferred: best.RoleArn, from: name(best), tied: [] }
    : { groups: ordered, roles, tied: leading.map(name) };
}
