import type { UserPoolDescriptionType, UserPoolType } from '@poolhouse/model';
import { shownAcrLevels } from './acr-levels.ts';
import { poolArn } from './arn.ts';
import type { Pool } from './pool.ts';
import { shownSchema } from './pool-schema.ts';

/** A pool as CreateUserPool and DescribeUserPool return it. Source: behaviour.md 3.1; settings.md 4.1, 4.2. */
export function toUserPoolType(pool: Pool, userCount: number, accountId: string): UserPoolType {
  return {
    ...pool.settings,
    SchemaAttributes: shownSchema(pool.settings.SchemaAttributes),
    UserAttributeUpdateSettings: pool.settings.UserAttributeUpdateSettings ?? {
      AttributesRequireVerificationBeforeUpdate: [],
    },
    KeyConfiguration: pool.settings.KeyConfiguration ?? { KeyType: 'AWS_OWNED_KEY' },
    AcrConfiguration: shownAcrLevels(pool.settings),
    Id: pool.id,
    Name: pool.name,
    Arn: poolArn(pool, accountId),
    EstimatedNumberOfUsers: userCount,
    CreationDate: pool.createdAtMs,
    LastModifiedDate: pool.modifiedAtMs,
  };
}

/** A pool as ListUserPools returns it. Source: behaviour.md 3.1, last point. */
export function toUserPoolDescription(pool: Pool): UserPoolDescriptionType {
  return {
    Id: pool.id,
    Name: pool.name,
    LambdaConfig: pool.settings.LambdaConfig,
    CreationDate: pool.createdAtMs,
    LastModifiedDate: pool.modifiedAtMs,
  };
}
