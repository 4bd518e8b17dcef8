/** The starter, copied out of the repository, with the packed kits. */
import assert from 'node:assert/strict';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { findChromium } from '../web/browser.ts';
import { openProfiles } from '../web/profiles.ts';
import { POOL, startApplication } from '../web/starter-under-test.ts';
import { sees, signIn } from '../web/journey.ts';
import { makeUser, PASSWORD } from '../clients/tutorial-pool.ts';
import { startServer } from '../clients/server-under-test.ts';
import { inEmptyFolder, install, NotRun, outside, type Check } from './check.ts';

const REPOSITORY = resolve(import.meta.dirname, '../..');
const NOT_COPIED = ['node_modules', 'dist', '.angular'];

/** It is installed and built, its own tests pass, and a user signs in. */
export const COPIED_STARTER: Check = {
  name: 'the starter, copied into an empty folder',
  run: (tarballs) =>
    inEmptyFolder(async (folder) => {
      const chromium = await findChromium();
      if ('missing' in chromium) throw new NotRun(`There is no browser: ${chromium.missing}.`);
      await cp(join(REPOSITORY, 'examples/starter'), folder, {
        recursive: true,
        filter: (source) => !NOT_COPIED.includes(basename(source)),
      });
      for (const [half, kit] of [
        ['web', 'angular'],
        ['api', 'express'],
      ] as const) {
        const manifest = join(folder, half, 'package.json');
        const text = await readFile(manifest, 'utf8');
        const packed = text.replace(
          new RegExp(`("@poolhouse/${kit}"): "[^"]+"`),
          `$1: ${JSON.stringify(`file:${tarballs[kit]}`)}`,
        );
        assert.notEqual(packed, text);
        await writeFile(manifest, packed);
        await install(join(folder, half));
        await outside('npm', ['run', half === 'web' ? 'build' : 'check'], join(folder, half));
        await outside('npm', ['test'], join(folder, half));
      }
      await someoneSignsIn(folder);
    }),
};

async function someoneSignsIn(folder: string): Promise<void> {
  const declaration = join(REPOSITORY, 'poolhouse.yaml');
  const server = await startServer({ POOLHOUSE_DECLARATION: declaration });
  try {
    await makeUser(server.client({ region: 'ph-local-1' }), POOL.UserPoolId, 'mara', ['admin']);
    const main = join(folder, 'api/src/main.ts');
    const application = await startApplication(server, { main });
    try {
      const profiles = await openProfiles(application.url);
      try {
        const page = await profiles.page();
        await signIn(page, 'mara', PASSWORD);
        await page.goto('/admin');
        await sees(page, 'mara@example.com');
        assert.deepEqual(profiles.mishaps, []);
      } finally {
        await profiles.close();
      }
    } finally {
      await application.end();
    }
  } finally {
    await server.remove();
  }
}
