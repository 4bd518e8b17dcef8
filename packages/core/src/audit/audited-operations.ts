import { operations, type OperationName } from '@poolhouse/model';

/**
 * Whether the operation changes what administrators answer for: every signed write. Sign-ins by a back end are the user's doing,
 * counted and not audited.
 */
export function isAudited(name: OperationName): boolean {
  const { authorisation, access } = operations[name];
  return authorisation === 'iam' && access === 'write';
}
