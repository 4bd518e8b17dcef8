/**
 * `npm run release:kits`: builds and packs the kits and the rules, installs them in empty projects of many kinds, and says what it did. The tarballs
 * stay in `dist/kits` of the repository. `npm run release:kits -- --only Jest` tries the checks with that word in their names.
 */
import { rm } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { packKit } from '../../scripts/release/pack-kit.mjs';
import { ANGULAR_SSR } from './angular-ssr.ts';
import { NotRun, type Check } from './check.ts';
import { COPIED_STARTER } from './copied-starter.ts';
import { EXPRESS_PROJECTS } from './express-projects.ts';
import { NEWCOMER } from './newcomer.ts';
import { RULES_PROJECTS } from './rules-projects.ts';

const CHECKS: readonly Check[] = [
  ...EXPRESS_PROJECTS,
  ...RULES_PROJECTS,
  ANGULAR_SSR,
  COPIED_STARTER,
  NEWCOMER,
];
const REPOSITORY = resolve(import.meta.dirname, '../..');
const FOLDER = join(REPOSITORY, 'dist', 'kits');
const { only = '' } = parseArgs({ options: { only: { type: 'string' } } }).values;

await rm(FOLDER, { recursive: true, force: true });
print('== Packing');
const express = await packKit('express', FOLDER);
const angular = await packKit('angular', FOLDER);
const rules = await packKit('rules', FOLDER);
const packed = [express, angular, rules];
const tarballs = {
  angular: angular.tarball,
  express: express.tarball,
  rules: rules.tarball,
};
for (const { name, version, files, bytes } of packed) {
  print(
    `${name} ${version}: ${files} files, ${Math.round(bytes / 1024)} KB, each of them looked at`,
  );
}

print('\n== In empty projects');
const counts = { passed: 0, failed: 0, 'not run': 0 };
for (const check of CHECKS.filter(({ name }) => name.includes(only))) {
  const startedAtMs = performance.now();
  const problem = await check.run(tarballs).then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
  );
  const outcome =
    problem === undefined ? 'passed' : problem instanceof NotRun ? 'not run' : 'failed';
  counts[outcome] += 1;
  const seconds = Math.round((performance.now() - startedAtMs) / 1000);
  print(`${outcome.padEnd(8)} ${String(seconds).padStart(4)} s  ${check.name}`);
  if (problem !== undefined) print(problem.message);
}

print(
  `\n${counts.passed} passed, ${counts.failed} failed; ${counts['not run']} could not be run here.`,
);
if (counts.failed === 0 && counts.passed > 0) {
  print('The packages, to publish as docs/guides/release.md says:');
  for (const { tarball } of packed) print(`  ${relative(REPOSITORY, tarball)}`);
} else process.exitCode = 1;

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
