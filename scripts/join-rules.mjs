/**
 * Writes the rules of `@poolhouse/rules` beside a kit's built file, as a single file, so that users of the kit have no second package to
 * keep in sync. Runs in the kit's folder, after ng-packagr, which leaves every import of a package unchanged.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const PACKAGE = '@poolhouse/rules';
const KIT = 'dist/fesm2022/poolhouse-angular*.mjs';

await build({
  entryPoints: [fileURLToPath(new URL('../packages/rules/src/index.ts', import.meta.url))],
  outfile: 'dist/fesm2022/poolhouse-angular-rules.mjs',
  bundle: true,
  format: 'esm',
  target: 'es2022',
  charset: 'utf8',
  logLevel: 'error',
});
for (const kit of globSync(KIT)) {
  const text = readFileSync(kit, 'utf8');
  const joined = text.replace(
    /from (["'])@poolhouse\/rules\1/,
    'from "./poolhouse-angular-rules.mjs"',
  );
  if (joined !== text) writeFileSync(kit, joined);
}

for (const built of globSync('dist/{fesm2022,types}/*.{mjs,d.ts}')) {
  if (readFileSync(built, 'utf8').includes(PACKAGE)) {
    throw new Error(`${built} asks for @poolhouse/rules, which comes with no kit.`);
  }
}
