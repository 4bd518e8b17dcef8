import { storageContract } from '../contract/storage-contract.ts';
import { sqliteTestDatabase } from '../contract/sqlite-test-database.ts';

storageContract(sqliteTestDatabase);
