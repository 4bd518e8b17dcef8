/**
 * Writes brotli and gzip versions beside built files (`main.js.br`, `main.js.gz`), so that the servers compress nothing themselves, and the
 * compression can take the time for the smallest size.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** Text; fonts are compressed already. */
const COMPRESSIBLE = /\.(?:css|html|js|json|svg|txt|webmanifest)$/;
/** What fits into one packet does not arrive sooner if it is smaller. */
const LEAST_BYTES = 1_000;

const FORMS = [
  {
    suffix: '.br',
    /** @param {Buffer} content */
    compress: (content) =>
      promisify(brotliCompress)(content, {
        params: {
          [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
          [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
        },
      }),
  },
  {
    suffix: '.gz',
    /** @param {Buffer} content */
    compress: (content) => promisify(gzip)(content, { level: constants.Z_BEST_COMPRESSION }),
  },
];

/**
 * @param {string} folder with all that is in it
 * @returns {Promise<void>}
 */
export async function compressFiles(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && COMPRESSIBLE.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  await Promise.all(files.map(compressFile));
}

/** @param {string} file */
async function compressFile(file) {
  const content = await readFile(file);
  if (content.length < LEAST_BYTES) return;
  for (const { suffix, compress } of FORMS) {
    const smaller = await compress(content);
    if (smaller.length < content.length) await writeFile(`${file}${suffix}`, smaller);
  }
}
