import type { GroupType } from '@poolhouse/model';
import type { Group } from './group.ts';

/** A group as the API returns it; members that were never set are absent. Source: API model, GroupType; behaviour.md 10. */
export function toGroupType(group: Group): GroupType {
  return {
    GroupName: group.name,
    UserPoolId: group.poolId,
    Description: group.description,
    RoleArn: group.roleArn,
    Precedence: group.precedence,
    CreationDate: group.createdAtMs,
    LastModifiedDate: group.modifiedAtMs,
  };
}
