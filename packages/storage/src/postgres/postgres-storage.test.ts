import { test } from 'node:test';
import { postgresSkipReason, postgresTestDatabase } from '../contract/postgres-test-database.ts';
import { storageContract } from '../contract/storage-contract.ts';

if (postgresSkipReason === undefined) storageContract(postgresTestDatabase);
else test('the store contracts on PostgreSQL', { skip: postgresSkipReason }, () => undefined);
