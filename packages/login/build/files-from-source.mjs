/** Where the pages' files lie for a server that runs from source: built when it is loaded, unless these sources were built before. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildFiles, keptBuild } from './build-files.mjs';

/** @param {string} path */
const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const SOURCES = ['./', '../styles/', '../browser/', '../../ui/styles/'].map(at);
const BUILDS = at('../../../node_modules/.cache/poolhouse/page-files');

/** A folder of what {@link buildFiles} writes. */
export const filesFolder = await keptBuild(BUILDS, fingerprint(), buildFiles);

/** What the sources say, and which versions of other packages are installed. */
function fingerprint() {
  const hash = createHash('sha256').update(readFileSync(at('../../../package-lock.json')));
  for (const folder of SOURCES) {
    for (const name of readdirSync(folder).sort()) {
      hash.update(`${name}\n`).update(readFileSync(join(folder, name)));
    }
  }
  return hash.digest('hex').slice(0, 16);
}
