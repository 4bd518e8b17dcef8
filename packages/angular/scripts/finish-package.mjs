/** Makes what ng-packagr wrote into what is published: the licence, the schematics, and no way to sources that are not in it. */
import { copyFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = (/** @type {string} */ path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** @type {Record<string, unknown> & { exports: Record<string, Record<string, string>> }} */
const published = JSON.parse(readFileSync(here('dist/package.json'), 'utf8'));
for (const conditions of Object.values(published.exports)) delete conditions['poolhouse-source'];
published['schematics'] = './schematics/collection.json';
published['ng-add'] = { save: 'dependencies' };
writeFileSync(here('dist/package.json'), `${JSON.stringify(published, undefined, 2)}\n`);

for (const file of ['package.json', 'collection.json', 'ng-add/schema.json']) {
  cpSync(here(`schematics/${file}`), here(`dist/schematics/${file}`));
}
copyFileSync(here('../../LICENSE'), here('dist/LICENSE'));
