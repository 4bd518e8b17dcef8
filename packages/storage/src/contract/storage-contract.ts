import { addressesContract } from './addresses-contract.ts';
import { auditContract } from './audit-contract.ts';
import { clientsContract } from './clients-contract.ts';
import { codesContract } from './codes-contract.ts';
import { configurationsContract } from './configurations-contract.ts';
import { deletionsContract } from './deletions-contract.ts';
import { groupsContract } from './groups-contract.ts';
import { jobsContract } from './jobs-contract.ts';
import { keysContract } from './keys-contract.ts';
import { leasesContract } from './leases-contract.ts';
import { limitsContract } from './limits-contract.ts';
import { outboxContract } from './outbox-contract.ts';
import { passwordAttemptsContract } from './password-attempts-contract.ts';
import { passkeysContract } from './passkeys-contract.ts';
import { poolsContract } from './pools-contract.ts';
import { replayCacheContract } from './replay-cache-contract.ts';
import type { MakeDatabase } from './subject.ts';
import { sessionFactsContract } from './session-facts-contract.ts';
import { sessionsContract } from './sessions-contract.ts';
import { transactionsContract } from './transactions-contract.ts';
import { userListsContract } from './user-lists-contract.ts';
import { userOrdersContract } from './user-orders-contract.ts';
import { usersContract } from './users-contract.ts';

/** Everything that the store ports promise, each suite with a database of its own. */
export function storageContract(make: MakeDatabase): void {
  poolsContract(make);
  clientsContract(make);
  configurationsContract(make);
  usersContract(make);
  userListsContract(make);
  userOrdersContract(make);
  passwordAttemptsContract(make);
  groupsContract(make);
  passkeysContract(make);
  codesContract(make);
  sessionsContract(make);
  sessionFactsContract(make);
  limitsContract(make);
  replayCacheContract(make);
  keysContract(make);
  outboxContract(make);
  transactionsContract(make);
  auditContract(make);
  addressesContract(make);
  jobsContract(make);
  leasesContract(make);
  deletionsContract(make);
}
