import { operations, type OperationName } from '@poolhouse/model';

/** Sign-ins by a back end are the user's doing, counted and not audited. */
const SIGN_INS = /^Admin(Initiate|RespondTo)Auth/;
const READS = /^(Admin)?(Get|List|Describe)/;

/** Whether the operation changes what administrators answer for: every signed one that is not a read. */
export function isAudited(name: OperationName): boolean {
  return operations[name].authorisation === 'iam' && !READS.test(name) && !SIGN_INS.test(name);
}
