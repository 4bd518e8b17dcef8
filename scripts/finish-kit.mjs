/**
 * Turns the output of a kit's build into the package that is published: adds the licence, the README, and a manifest that mentions only
 * what the package contains. The manifest in the sources is private and refuses to be packed, so that nobody publishes the sources by
 * mistake. Runs in the kit's folder. The argument, as in `finish-kit.mjs commonjs`, says which kind of modules the build produced.
 */
import { copyFileSync, cpSync, existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What only the repository needs. */
const OF_THE_REPOSITORY = ['private', 'scripts', 'devDependencies'];

/** @type {Record<string, unknown> & { exports: Record<string, string | Record<string, string>> }} */
const manifest = JSON.parse(
  // ng-packagr has already written one, with its own additions.
  readFileSync(existsSync('dist/package.json') ? 'dist/package.json' : 'package.json', 'utf8'),
);
for (const member of OF_THE_REPOSITORY) delete manifest[member];
for (const conditions of Object.values(manifest.exports)) {
  if (typeof conditions === 'string') continue;
  delete conditions['poolhouse-source'];
  for (const [condition, path] of Object.entries(conditions)) {
    conditions[condition] = path.replace(/^\.\/dist\//, './');
  }
}
if (existsSync('schematics')) {
  manifest['schematics'] = './schematics/collection.json';
  manifest['ng-add'] = { save: 'dependencies' };
  for (const file of globSync('schematics/**/{package,collection,schema}.json')) {
    cpSync(file, `dist/${file}`);
  }
}
// The kind of modules that the build produced, if the sources are of another.
const [type] = process.argv.slice(2);
if (type !== undefined) manifest['type'] = type;
writeFileSync('dist/package.json', `${JSON.stringify(manifest, undefined, 2)}\n`);
copyFileSync('README.md', 'dist/README.md');
copyFileSync(fileURLToPath(new URL('../LICENSE', import.meta.url)), 'dist/LICENSE');
