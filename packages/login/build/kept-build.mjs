/** Keeps what was built, in a folder of builds that are named after what they were built from. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Processes that run still read files of older ones. */
const KEPT = 3;

/**
 * Answers the folder of a build, which is made where it is missing, and forgets the oldest builds beside it.
 * @param {string} builds the folder of all of them
 * @param {string} name of this one
 * @param {(folder: string) => Promise<unknown>} build writes into a new folder
 * @returns {Promise<string>}
 */
export async function keptBuild(builds, name, build) {
  const folder = join(builds, name);
  if (existsSync(folder)) return folder;
  mkdirSync(builds, { recursive: true });
  const fresh = `${folder}.${process.pid}`;
  await build(fresh);
  try {
    renameSync(fresh, folder);
  } catch (error) {
    // Of two who build the same at a time, the later one finds it there.
    rmSync(fresh, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  forgetOldest(builds);
  return folder;
}

/** @param {string} builds */
function forgetOldest(builds) {
  const all = readdirSync(builds)
    .map((name) => join(builds, name))
    // Another process may be forgetting it.
    .map((path) => ({ path, madeAtMs: statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((one, other) => other.madeAtMs - one.madeAtMs);
  for (const { path } of all.slice(KEPT)) rmSync(path, { recursive: true, force: true });
}
