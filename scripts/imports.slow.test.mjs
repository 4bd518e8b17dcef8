/** Every rule of .dependency-cruiser.mjs detects a violation that is planted for it, and nothing else, in a small project. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import config from '../.dependency-cruiser.mjs';

const execute = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));
const project = mkdtempSync(join(tmpdir(), 'poolhouse-imports-'));
const PACKAGES = [
  'model',
  'rules',
  'core',
  'storage',
  'login',
  'server',
  'express',
  'angular',
  'ui',
];
const EMPTY = 'export {};';

/** A project that keeps every rule. @type {Record<string, string>} */
const SOUND = {
  'packages/model/src/index.ts': "export type { Shape } from './shape.ts';",
  'packages/model/src/shape.ts': 'export interface Shape { readonly name: string }',
  'packages/model/src/shape.test.ts': "import 'node:test'; import './shape.ts';",
  'packages/rules/src/index.ts': "export * from './policy.ts';",
  'packages/rules/src/policy.ts': EMPTY,
  'packages/rules/src/policy.test.ts': "import 'node:test'; import './policy.ts';",
  'packages/core/src/index.ts':
    "export * from './ports/clock.ts'; export * from './operations/index.ts';",
  'packages/core/src/operation.ts': 'export const operation = (name: string) => name;',
  'packages/core/src/crypto/hash.ts': "export { createHash } from 'node:crypto';",
  'packages/core/src/ports/clock.ts': "export type { User } from '../domain/user.ts';",
  'packages/core/src/domain/user.ts':
    "import type { Shape } from '@poolhouse/model'; import './name.ts'; export type User = Shape;",
  'packages/core/src/domain/name.ts': "import '@poolhouse/rules';",
  'packages/core/src/sign-in/password.ts':
    "import '../domain/user.ts'; import '../crypto/hash.ts';",
  'packages/core/src/operations/index.ts': "export * from './users/get-user.ts';",
  'packages/core/src/operations/users/user-shape.ts': EMPTY,
  'packages/core/src/operations/users/get-user.ts':
    "import { operation } from '../../operation.ts'; import './user-shape.ts'; import '../../sign-in/password.ts'; export const getUser = operation('GetUser');",
  'packages/core/src/operations/users/get-user.test.ts':
    "import 'node:test'; import '@poolhouse/storage'; import './get-user.ts';",
  'packages/storage/src/index.ts':
    "import 'node:sqlite'; import type { User } from '@poolhouse/core'; export type Row = User;",
  'packages/login/src/index.ts': "export * from './card.ts';",
  'packages/login/src/card.ts': "import '@poolhouse/rules';",
  'packages/login/src/card.test.ts': "import 'node:test'; import './card.ts';",
  'packages/login/browser/inbox.js': EMPTY,
  'packages/login/build/build-files.mjs': "import 'node:fs';",
  'packages/server/src/index.ts': "export * from './compose/compose-server.ts';",
  'packages/server/src/compose/compose-server.ts':
    "import '@poolhouse/storage'; import '../adapters/smtp.ts'; import '../aws-json/router.ts';",
  'packages/server/src/adapters/smtp.ts': "import '@poolhouse/core';",
  'packages/server/src/aws-json/router.ts':
    "import './decode.ts'; import '../site/log.ts'; import '@poolhouse/model'; import '@poolhouse/core'; import '@poolhouse/login';",
  'packages/server/src/aws-json/decode.ts': EMPTY,
  'packages/server/src/oauth-http/router.ts': EMPTY,
  'packages/server/src/site/log.ts': EMPTY,
  'packages/express/src/index.ts': EMPTY,
  'packages/angular/src/index.ts': "import '@poolhouse/rules';",
  'packages/ui/src/index.ts': "import '@poolhouse/angular';",
  'apps/console/src/app/pools/list.ts':
    "import type { Shape } from '@poolhouse/model'; import '@poolhouse/rules'; import '@poolhouse/ui'; import './row.ts'; import '../shared/page.ts'; export type P = Shape;",
  'apps/console/src/app/pools/row.ts': EMPTY,
  'apps/console/src/app/users/list.ts': EMPTY,
  'apps/console/src/app/shared/page.ts': EMPTY,
  'apps/login/src/app/sign-in/form.ts': EMPTY,
  'examples/starter/api/main.ts': "import '@poolhouse/express';",
  'tools/src/generate.ts': "import '@poolhouse/model';",
  'e2e/clients/start.ts': "import '../../scripts/start.mjs';",
  'scripts/start.mjs': EMPTY,
};

/**
 * Each violation: the rule that has to detect it, the file that commits it, and that file's text.
 * @type {readonly (readonly [rule: string, file: string, source: string])[]}
 */
const BREACHES = [
  // 1. model and rules import nothing; core imports both, and of Node only node:crypto, in core/crypto
  ['model-imports-nothing', 'packages/model/src/reads.ts', "import 'node:fs';"],
  ['model-imports-nothing', 'packages/model/src/up.ts', "import '@poolhouse/ui';"],
  ['rules-import-nothing', 'packages/rules/src/reads.ts', "import 'node:fs';"],
  [
    'rules-import-nothing',
    'packages/rules/src/up.ts',
    "import type { Shape } from '@poolhouse/model';",
  ],
  ['core-imports-model-and-rules-only', 'packages/core/src/sign-in/reads.ts', "import 'node:fs';"],
  ['core-imports-model-and-rules-only', 'packages/core/src/sign-in/lib.ts', "import 'express';"],
  [
    'core-imports-model-and-rules-only',
    'packages/core/src/sign-in/rows.ts',
    "import '@poolhouse/storage';",
  ],
  [
    'core-tests-add-storage-only',
    'packages/core/src/sign-in/a.test.ts',
    "import '@poolhouse/server';",
  ],
  [
    'node-crypto-in-core-crypto-only',
    'packages/core/src/domain/digest.ts',
    "import 'node:crypto';",
  ],
  // 2. operations never import another operation; domain uses domain, rules and the model's types
  [
    'operation-imports-no-operation',
    'packages/core/src/operations/users/delete-user.ts',
    "import './get-user.ts';",
  ],
  [
    'nothing-below-imports-operations',
    'packages/core/src/sign-in/up.ts',
    "import '../operations/users/user-shape.ts';",
  ],
  [
    'operations-know-no-oauth-endpoint',
    'packages/core/src/operations/users/sign-in.ts',
    "import '../../oauth/token.ts';",
  ],
  ['domain-imports-domain-only', 'packages/core/src/domain/time.ts', "import '../ports/clock.ts';"],
  [
    'domain-uses-types-of-model-only',
    'packages/core/src/domain/shape.ts',
    "import '@poolhouse/model';",
  ],
  // 3. storage imports core's ports and domain types, login the rules and its own views
  [
    'storage-imports-ports-and-domain-only',
    'packages/storage/src/up.ts',
    "import '@poolhouse/server';",
  ],
  [
    'storage-imports-ports-and-domain-only',
    'packages/storage/src/deep.ts',
    "import '@poolhouse/core/flows';",
  ],
  [
    'database-drivers-in-storage-only',
    'packages/server/src/aws-json/sql.ts',
    "import 'node:sqlite';",
  ],
  [
    'database-drivers-in-storage-only',
    'packages/express/src/sql.ts',
    "import type { Pool } from 'pg';",
  ],
  ['views-import-views-and-rules-only', 'packages/login/src/reads.ts', "import 'node:fs';"],
  ['views-import-views-and-rules-only', 'packages/login/src/lib.ts', "import 'express';"],
  [
    'views-import-views-and-rules-only',
    'packages/login/src/builds.ts',
    "import '../build/build-files.mjs';",
  ],
  ['views-import-views-and-rules-only', 'packages/login/browser/reads.js', "import 'node:crypto';"],
  [
    'views-import-views-and-rules-only',
    'packages/login/src/up.ts',
    "import type { Shape } from '@poolhouse/model';",
  ],
  ['login-knows-ui-and-rules-only', 'packages/login/src/up.test.ts', "import '@poolhouse/server';"],
  ['login-knows-ui-and-rules-only', 'packages/login/build/up.mjs', "import '@poolhouse/core';"],
  // 4. server: only compose/ builds adapters and opens storage; HTTP folders do not import one another
  [
    'server-imports-model-rules-core-storage-login',
    'packages/server/src/kit.ts',
    "import '@poolhouse/express';",
  ],
  [
    'compose-alone-builds-adapters-and-opens-storage',
    'packages/server/src/aws-json/mail.ts',
    "import '../adapters/smtp.ts';",
  ],
  [
    'compose-alone-builds-adapters-and-opens-storage',
    'packages/server/src/main.ts',
    "import '@poolhouse/storage';",
  ],
  [
    'adapters-open-no-storage',
    'packages/server/src/adapters/keys.ts',
    "import '@poolhouse/storage';",
  ],
  [
    'http-folders-stay-apart',
    'packages/server/src/inbox/page.ts',
    "import '../oauth-http/router.ts';",
  ],
  ['site-knows-no-page', 'packages/server/src/site/up.ts', "import '../aws-json/decode.ts';"],
  // 5. kits know none of the server's packages; apps import ui, rules, the Angular kit, the model's types
  ['kits-know-no-server', 'packages/express/src/model.ts', "import '@poolhouse/core';"],
  ['kits-know-no-server', 'packages/ui/src/login.ts', "import '@poolhouse/login';"],
  ['rules-in-the-angular-kit-alone', 'packages/express/src/rules.ts', "import '@poolhouse/rules';"],
  [
    'apps-import-ui-rules-and-the-angular-kit',
    'apps/console/src/app/pools/core.ts',
    "import type { User } from '@poolhouse/core';",
  ],
  [
    'apps-use-types-of-model-only',
    'apps/console/src/app/pools/model.ts',
    "import '@poolhouse/model';",
  ],
  [
    'apps-stay-apart',
    'apps/login/src/app/sign-in/page.ts',
    "import '../../../../console/src/app/shared/page.ts';",
  ],
  ['features-stay-apart', 'apps/console/src/app/users/pools.ts', "import '../pools/row.ts';"],
  ['shared-knows-no-feature', 'apps/console/src/app/shared/menu.ts', "import '../pools/row.ts';"],
  ['api-knows-no-page', 'apps/console/src/app/api/call.ts', "import '../pools/row.ts';"],
  ['examples-import-published-names', 'examples/starter/api/core.ts', "import '@poolhouse/core';"],
  // 6. no cycles, no relative path into another package, nothing past a package's exports
  ['no-cycles', 'packages/core/src/ports/loop-a.ts', "import './loop-b.ts'; export const a = 1;"],
  ['resolves', 'packages/server/src/past.ts', "import '@poolhouse/core/src/index.ts';"],
  ['resolves', 'packages/server/src/nowhere.ts', "import './not-there.ts';"],
  [
    'no-relative-path-into-a-package',
    'packages/server/src/near.ts',
    "import '../../core/src/ports/clock.ts';",
  ],
  [
    'no-relative-path-into-a-package-from-around',
    'tools/src/near.ts',
    "import '../../packages/model/src/index.ts';",
  ],
  [
    'test-support-for-tests-only',
    'packages/core/src/messages/fake.ts',
    "import '../testing/harness.ts';",
  ],
  [
    'nothing-imports-what-is-around-the-product',
    'packages/express/src/around.ts',
    "import '@poolhouse/tools';",
  ],
];

/** Valid files that the violations import. @type {Record<string, string>} */
const TARGETS = {
  'packages/core/src/flows.ts': EMPTY,
  'packages/core/src/oauth/token.ts': EMPTY,
  'packages/core/src/testing/harness.ts': EMPTY,
  'packages/core/src/ports/loop-b.ts': "import './loop-a.ts'; export const b = 1;",
};

before(() => {
  for (const name of PACKAGES) manifest(`packages/${name}`, name);
  manifest('tools', 'tools');
  manifest('.', 'repository');
  for (const library of ['express', 'pg']) {
    symlinkSync(join(root, 'node_modules', library), join(project, 'node_modules', library));
  }
  cpSync(join(root, 'tsconfig.json'), join(project, 'tsconfig.json'));
  write(SOUND);
});

after(() => rmSync(project, { recursive: true, force: true }));

test('a valid project breaks no rule', async () => {
  assert.deepEqual(await violations(), []);
});

test('every rule has a violation planted for it', () => {
  const planted = new Set(BREACHES.map(([rule]) => rule));
  assert.deepEqual(
    (config.forbidden ?? []).map(({ name }) => name ?? '').filter((name) => !planted.has(name)),
    [],
  );
});

test('every planted violation is detected by its rule', async (t) => {
  write(TARGETS);
  write(Object.fromEntries(BREACHES.map(([, file, source]) => [file, source])));
  const seen = await violations();
  for (const [rule, file] of BREACHES) {
    await t.test(`${rule}: ${file}`, () => {
      assert.ok(seen.includes(`${rule} ${file}`), `not among what was seen:\n${seen.join('\n')}`);
    });
  }
  await t.test('and no valid file is blamed', () => {
    const guilty = new Set([...BREACHES.map(([, file]) => file), ...Object.keys(TARGETS)]);
    assert.deepEqual(
      seen.filter((violation) => !guilty.has(violation.split(' ')[1] ?? '')),
      [],
    );
  });
});

/** @returns {Promise<string[]>} each as `rule file` */
async function violations() {
  const program = join(root, 'node_modules/.bin/depcruise');
  const folders = ['packages', 'apps', 'examples', 'tools', 'e2e', 'scripts'];
  const { stdout } = await execute(
    process.execPath,
    [program, '--config', join(root, '.dependency-cruiser.mjs'), '-T', 'json', ...folders],
    { cwd: project, maxBuffer: 1 << 26 },
  ).catch((error) => {
    // The exit code is the number of violations; output without a report means that the tool itself failed.
    if (typeof error?.stdout === 'string' && error.stdout.startsWith('{')) return error;
    throw error;
  });
  /** @type {import('dependency-cruiser').ICruiseResult} */
  const result = JSON.parse(stdout);
  return result.summary.violations.map(({ rule, from }) => `${rule.name} ${from}`);
}

/** @param {Record<string, string>} files */
function write(files) {
  for (const [file, source] of Object.entries(files)) {
    mkdirSync(dirname(join(project, file)), { recursive: true });
    writeFileSync(join(project, file), `${source}\n`);
  }
}

/**
 * @param {string} folder
 * @param {string} name
 */
function manifest(folder, name) {
  const exports = {
    '.': { 'poolhouse-source': name === 'tools' ? './src/generate.ts' : './src/index.ts' },
    ...(name === 'core' ? { './flows': './src/flows.ts' } : {}),
  };
  write({
    [`${folder}/package.json`]: JSON.stringify({
      name: `@poolhouse/${name}`,
      type: 'module',
      exports,
    }),
  });
  const links = join(project, 'node_modules/@poolhouse');
  mkdirSync(links, { recursive: true });
  if (folder !== '.') symlinkSync(join(project, folder), join(links, name));
}
