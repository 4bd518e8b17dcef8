import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readManifest, workspaceFolders } from './bootstrap.mjs';
import { missingEntries, readLock } from './complete-lock.mjs';

test('package-lock.json holds the packages of all platforms (else: npm run lock)', () => {
  assert.deepEqual(Object.keys(missingEntries(readLock())), []);
});

for (const folder of ['', ...workspaceFolders()]) {
  test(`package-lock.json knows ${folder || 'the root'}'s dependencies (else: npm run lock)`, () => {
    const manifest = readManifest(folder);
    const locked = /** @type {Record<string, unknown>} */ (readLock().packages[folder] ?? {});
    for (const field of ['dependencies', 'devDependencies', 'optionalDependencies']) {
      assert.deepEqual(locked[field] ?? {}, manifest[field] ?? {}, field);
    }
  });
}

test('package-lock.json names no registry', () => {
  assert.doesNotMatch(JSON.stringify(readLock()), /"resolved":"https?:/);
});

test('no installed package runs a script of its own (else: allowScripts in package.json)', () => {
  const withScripts = Object.entries(readLock().packages)
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([place]) => place.replace(/^.*node_modules\//, ''));
  const denied = Object.entries(readManifest('.')['allowScripts'])
    .filter(([, isAllowed]) => isAllowed === false)
    .map(([name]) => name);
  assert.deepEqual(denied, withScripts);
});

test('an optional package that npm omitted gets its platform', () => {
  const optionalDependencies = {
    '@x/parser-linux-arm64-gnu': '1.2.0',
    '@x/parser-darwin-x64': '1.2.0',
  };
  const packages = {
    'node_modules/parser': { version: '1.2.0', dev: true, optionalDependencies },
    'node_modules/@x/parser-darwin-x64': { version: '1.2.0' },
  };
  assert.deepEqual(missingEntries({ packages }), {
    'node_modules/@x/parser-linux-arm64-gnu': {
      version: '1.2.0',
      os: ['linux'],
      cpu: ['arm64'],
      dev: true,
      optional: true,
    },
  });
});

test('a package beside its dependent counts as locked', () => {
  const packages = {
    'node_modules/parser': { optionalDependencies: { 'parser-linux-x64': '1.0.0' } },
    'node_modules/parser/node_modules/parser-linux-x64': { version: '1.0.0' },
  };
  assert.deepEqual(missingEntries({ packages }), {});
});

test('for an optional package without a platform, none is invented', () => {
  const packages = { 'node_modules/a': { optionalDependencies: { b: '1.0.0' } } };
  assert.throws(() => missingEntries({ packages }), /b names no platform/);
});
