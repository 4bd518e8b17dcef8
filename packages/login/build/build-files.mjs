/** Builds what the pages load: one style sheet for each kind of page, joined from `packages/ui`; scripts, fonts, the icon. */
import { copyFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export { keptBuild } from './kept-build.mjs';

const require = createRequire(import.meta.url);
/** @param {string} path from this package's folder */
const ours = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
/** The licences of the fonts go where the fonts go. */
const FONTS = ['instrument-sans', 'geist-mono'];

/**
 * Writes the files into a folder, each with a hash of its content in its name: `page-ABCDEFGH.css`.
 * @param {string} folder
 */
export async function buildFiles(folder) {
  const { build } = await import('esbuild');
  await build({
    entryPoints: {
      page: ours('styles/page.css'),
      inbox: ours('styles/inbox.css'),
      'inbox-script': ours('browser/inbox.js'),
      icon: '@poolhouse/ui/icon.svg',
    },
    absWorkingDir: ours('.'),
    outdir: folder,
    entryNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    bundle: true,
    minify: true,
    format: 'esm',
    target: ['es2022', 'chrome120', 'firefox121', 'safari17'],
    loader: { '.svg': 'copy', '.woff2': 'copy' },
    logLevel: 'error',
  });
  for (const font of FONTS) {
    const licence = require.resolve(`@fontsource-variable/${font}/LICENSE`);
    copyFileSync(licence, join(folder, `${font}.OFL.txt`));
  }
}
