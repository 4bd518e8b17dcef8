/**
 * Databases for the tests of other packages: each starts empty, and can be opened several times where several nodes matter. Their contents
 * can be read.
 */
export { postgresSkipReason, postgresTestDatabase } from './contract/postgres-test-database.ts';
export { madeByAnOlderBuild, stepsOfAnOlderBuild } from './contract/older-build.ts';
export { aPool, aUser } from './contract/records.ts';
export { migrations } from './migrations/migrate.ts';
export { sqliteTestDatabase } from './contract/sqlite-test-database.ts';
export { OwnLeases } from './stores/leases.ts';
export type { MakeDatabase, TestDatabase } from './contract/subject.ts';
