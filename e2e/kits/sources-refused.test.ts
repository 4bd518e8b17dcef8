/** `npm pack` and `npm publish`, by hand, on the sources of what is published. */
import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { test } from 'node:test';
import { runOutside } from '../../scripts/release/run-outside.mjs';

const ROOT = resolve(import.meta.dirname, '../..');
const INSTEAD = /is not packed or published from its sources.*`npm run release:kits`/;

/** Each package that is published, by its folder. */
async function published(): Promise<[folder: string, name: string][]> {
  const manifests = globSync('packages/*/package.json', { cwd: ROOT });
  const all = manifests.map(async (path) => {
    const text = await readFile(join(ROOT, path), 'utf8');
    return [path, JSON.parse(text) as { name: string; publishConfig?: object }] as const;
  });
  return (await Promise.all(all))
    .filter(([, { publishConfig }]) => publishConfig !== undefined)
    .map(([path, { name }]) => [dirname(path), name]);
}

test('nobody can pack or publish the sources of a kit', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'poolhouse-sources-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, 'npmrc'), '');
  const npm = (cwd: string, ...words: string[]) =>
    runOutside('npm', words, join(ROOT, cwd), {
      npm_config_cache: join(folder, 'cache'),
      npm_config_userconfig: join(folder, 'npmrc'),
      npm_config_pack_destination: folder,
      // Nothing listens there, in case anything gets that far.
      npm_config_registry: 'http://127.0.0.1:1/',
    });
  const kits = await published();
  assert.deepEqual(kits.map(([, name]) => name).sort(), [
    '@poolhouse/angular',
    '@poolhouse/express',
    '@poolhouse/rules',
  ]);

  for (const [source, name] of kits) {
    const ways: [cwd: string, ...words: string[]][] = [
      [source, 'pack'],
      ['.', 'pack', '-w', name],
      ['.', 'pack', `./${source}`],
      [source, 'publish'],
      ['.', 'publish', '-w', name],
      ['.', 'publish', `./${source}`],
      [source, 'publish', '--dry-run'],
    ];
    for (const [cwd, ...words] of ways) {
      await t.test(`npm ${words.join(' ')} in ${cwd} says what to do instead`, () =>
        assert.rejects(npm(cwd, ...words), INSTEAD),
      );
    }
    await t.test(`${name} is private, should scripts be switched off`, async () => {
      assert.equal(await npm(source, 'publish', '--ignore-scripts'), '');
    });
  }
  const left = await readdir(folder);
  assert.deepEqual(
    left.filter((file) => file.endsWith('.tgz')),
    [],
  );
});
