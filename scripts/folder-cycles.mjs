/**
 * Folders that import from each other, directly or indirectly, which none may. A folder and one inside it count as two. Tests may import
 * anything. dependency-cruiser's own folder rules would count a folder's tests, and everything inside it, as the folder itself. Files
 * directly in a package's `src` count as a folder of their own.
 */
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import config from '../.dependency-cruiser.mjs';

const SOURCES = ['packages', 'apps'];
/** Folders that are excluded, and why. */
const EXCEPTIONS = new Map([
  [
    'packages/core/src',
    'operation.ts and world.ts name the vault, the signing keys and the other parts that a step may use, and each part has steps',
  ],
]);
const TESTS = ['[.](test|spec)[.]ts$', '/(testing|contract)/'];

/**
 * @param {readonly (readonly [from: string, to: string])[]} imports of files, by their paths
 * @returns {string[][]} the folders of each cycle, sorted
 */
export function folderCycles(imports) {
  /** @type {Map<string, Set<string>>} */
  const next = new Map();
  for (const [from, to] of imports) {
    const [a, b] = [dirname(from), dirname(to)];
    if (a !== b) next.set(a, (next.get(a) ?? new Set()).add(b));
  }
  /** @param {string} start */
  const reachedFrom = (start) => {
    /** @type {Set<string>} */
    const reached = new Set();
    const waiting = [...(next.get(start) ?? [])];
    for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
      if (reached.has(one)) continue;
      reached.add(one);
      waiting.push(...(next.get(one) ?? []));
    }
    return reached;
  };
  const reach = new Map([...next.keys()].map((folder) => [folder, reachedFrom(folder)]));
  /** @type {Set<string>} */
  const seen = new Set();
  return [...reach.keys()].sort().flatMap((folder) => {
    if (seen.has(folder) || !reach.get(folder)?.has(folder)) return [];
    const circle = [...reach.keys()].filter(
      (other) => reach.get(folder)?.has(other) && reach.get(other)?.has(folder),
    );
    for (const one of circle) seen.add(one);
    return [circle.sort()];
  });
}

/** @returns {Promise<(readonly [string, string])[]>} */
async function importsOfSources() {
  const options = { ...config.options, exclude: { path: ['(^|/)dist/', ...TESTS] } };
  const tsConfig = extractTSConfig('tsconfig.json');
  const { output } = await cruise([...SOURCES], options, {}, { tsConfig });
  if (typeof output === 'string') throw new Error('dependency-cruiser answered a text');
  return output.modules.flatMap(({ source, dependencies }) =>
    dependencies
      .filter(({ resolved }) => [source, resolved].every((path) => !EXCEPTIONS.has(dirname(path))))
      .filter(({ dependencyTypes }) => dependencyTypes.includes('local'))
      .map(({ resolved }) => /** @type {const} */ ([source, resolved])),
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const cycles = folderCycles(await importsOfSources());
  for (const folders of cycles) {
    process.stdout.write(`These folders import from each other: ${folders.join(', ')}\n`);
  }
  process.exitCode = cycles.length === 0 ? 0 : 1;
}
