import { migrations } from '../migrations/migrate.ts';
import { nameKeys } from '../migrations/0005-name-keys.ts';
import type { MakeDatabase } from './subject.ts';

/** The steps of a build that keyed names otherwise. */
export const stepsOfAnOlderBuild = migrations.slice(0, nameKeys.version - 1);

/** Databases that such a build has made. */
export function madeByAnOlderBuild(make: MakeDatabase): MakeDatabase {
  return async () => {
    const database = await make();
    const storage = await database.open({ steps: stepsOfAnOlderBuild });
    await storage.close();
    return database;
  };
}
