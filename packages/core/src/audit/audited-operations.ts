import { operations, type OperationName } from '@poolhouse/model';

/**
 * Whether the operation changes something that administrators answer for: every signed write. Sign-ins through a back end are the user's
 * own actions: they are counted but not audited.
 */
export function isAudited(name: OperationName): boolean {
  const { authorisation, access } = operations[name];
  return authorisation === 'iam' && access === 'write';
}
