import type { UserImportJobType } from '@poolhouse/model';
import type { UserImport } from './user-import.ts';

/** An import as answers show it. Source: settings.md 5.6; API model, UserImportJobType. */
export function toUserImportJobType(job: UserImport, PreSignedUrl: string): UserImportJobType {
  return {
    JobName: job.name,
    JobId: job.id,
    UserPoolId: job.poolId,
    PreSignedUrl,
    CreationDate: job.createdAtMs,
    StartDate: job.startedAtMs,
    CompletionDate: job.completedAtMs,
    Status: job.state,
    CloudWatchLogsRoleArn: job.roleArn,
    ImportedUsers: job.imported,
    SkippedUsers: job.skipped,
    FailedUsers: job.failed,
    CompletionMessage: job.message,
    PasswordHashingAlgorithm: job.hashing,
  };
}
