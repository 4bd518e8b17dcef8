import { migrations } from '../migrations/migrate.ts';
import { nameKeys } from '../migrations/0005-name-keys.ts';
import type { MakeDatabase } from './subject.ts';

/** The migrations of a build that computed name keys differently. */
export const stepsOfAnOlderBuild = migrations.slice(0, nameKeys.version - 1);

/** Databases that were created by such a build. */
export function madeByAnOlderBuild(make: MakeDatabase): MakeDatabase {
  return async () => {
    const database = await make();
    const storage = await database.open({ steps: stepsOfAnOlderBuild });
    await storage.close();
    return database;
  };
}
