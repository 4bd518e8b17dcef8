/** Which part of `npm test` runs a test file: its folder and its name decide. CONTRIBUTING.md says which one to choose. */
import { globSync } from 'node:fs';

/** The folders that hold sources. */
export const SOURCES = '{packages,apps,examples,tools,bench,e2e,scripts}';

/** The first pattern that matches a path is its part. `angular`, `console` and `starter` have builds of their own that run their files. */
const PARTS = [
  {
    part: 'angular',
    fits: /^packages\/angular\/(src|fields|screens|account|testing)\/.*\.(test|spec)\.ts$/,
  },
  { part: 'angular', fits: /^packages\/angular\/test\/[^/]*\.test\.ts$/ },
  { part: 'console', fits: /^apps\/console\/src\/.*\.spec\.ts$/ },
  { part: 'starter', fits: /^examples\/starter\/web\/src\/.*\.test\.ts$/ },
  { part: 'e2e', fits: /^e2e\/.*\.test\.ts$/ },
  { part: 'slow', fits: /^(?!packages\/angular|.*\/web\/).*\.slow\.test\.(ts|mjs)$/ },
  {
    part: 'unit',
    fits: /^(packages\/(?!angular\/)|apps|bench|tools|examples\/[^/]+\/api)\S*\.test\.ts$/,
  },
  { part: 'unit', fits: /^scripts\/.*\.test\.mjs$/ },
];

/**
 * @param {string} file its path from the repository's root
 * @returns {string | undefined} `undefined`: nothing runs it
 */
export function partOf(file) {
  return PARTS.find(({ fits }) => fits.test(file.replaceAll('\\', '/')))?.part;
}

/** @returns {string[]} every file that the repository's own hands wrote in a language that can be run */
export function sourceFiles() {
  return globSync(`${SOURCES}/**/*.{ts,mts,cts,mjs,js,cjs}`, {
    exclude: ['**/node_modules', '**/dist', '**/.angular'],
  }).sort();
}

/**
 * @param {string} part
 * @returns {string[]}
 */
export function testFiles(part) {
  return sourceFiles().filter((file) => partOf(file) === part);
}
