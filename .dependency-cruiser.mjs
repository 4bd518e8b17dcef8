/** Who may import whom (see CONTRIBUTING.md); scripts/imports.slow.test.mjs plants a breach of every rule. */
import { globSync, readFileSync } from 'node:fs';

const TEST = String.raw`\.(test|spec)\.ts$|/testing/`;
const NODE_CRYPTO = '^(node:)?crypto$';
const HTTP_FOLDERS = 'aws-json|[a-z]+-http|inbox';
/** What has no direction of its own: it runs the product, and is never part of it. */
const AROUND_THE_PRODUCT = '^(apps|bench|e2e|examples|scripts|tools)/';
/** An import that leads nowhere is reported once, by `resolves`. @type {['unknown']} */
const UNRESOLVED = ['unknown'];

/**
 * An operation is a file that declares one; what its area shares is not.
 * @returns {string} a pattern of the operations' paths
 */
function operations() {
  const files = globSync('packages/core/src/operations/**/*.ts').filter(
    (file) => !file.endsWith('.test.ts') && /\boperation\(\s*'/.test(readFileSync(file, 'utf8')),
  );
  return files.length === 0 ? '^$' : `^(${files.map(escaped).join('|')})$`;
}

/** @param {string} path */
function escaped(path) {
  return path.replaceAll('\\', '/').replaceAll('.', String.raw`\.`);
}

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const model = [
  {
    name: 'model-imports-nothing',
    severity: 'error',
    from: { path: '^packages/model/', pathNot: TEST },
    to: { pathNot: '^packages/model/', dependencyTypesNot: UNRESOLVED },
  },
];

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const rules = [
  {
    name: 'rules-import-nothing',
    comment: 'They run in Node and in browsers alike.',
    severity: 'error',
    from: { path: '^packages/rules/', pathNot: TEST },
    to: { pathNot: '^packages/rules/', dependencyTypesNot: UNRESOLVED },
  },
];

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const core = [
  {
    name: 'core-imports-model-and-rules-only',
    comment: 'No HTTP, no SQL, no library: the world comes in through the ports.',
    severity: 'error',
    from: { path: '^packages/core/', pathNot: TEST },
    to: { pathNot: ['^packages/(core|model|rules)/', NODE_CRYPTO], dependencyTypesNot: UNRESOLVED },
  },
  {
    name: 'core-tests-add-storage-only',
    comment:
      'Tests of the core run on the real stores, and know nothing else of what surrounds it.',
    severity: 'error',
    from: { path: `^packages/core/.*(${TEST})` },
    to: { path: ['^packages/(?!core/|model/|rules/|storage/)', AROUND_THE_PRODUCT] },
  },
  {
    name: 'node-crypto-in-core-crypto-only',
    severity: 'error',
    from: { path: '^packages/core/', pathNot: ['^packages/core/src/crypto/', TEST] },
    to: { path: NODE_CRYPTO },
  },
  {
    name: 'operation-imports-no-operation',
    comment:
      'What two operations share is a step of the sign-in, a rule of the domain, or a wire shape.',
    severity: 'error',
    from: { path: '^packages/core/src/operations/', pathNot: [TEST, '/index\\.ts$'] },
    to: { path: operations() },
  },
  {
    name: 'nothing-below-imports-operations',
    severity: 'error',
    from: {
      path: '^packages/core/src/[^/]+/',
      pathNot: [TEST, '^packages/core/src/operations/'],
    },
    to: { path: '^packages/core/src/operations/' },
  },
  {
    name: 'operations-know-no-oauth-endpoint',
    severity: 'error',
    from: { path: '^packages/core/src/operations/', pathNot: TEST },
    to: { path: '^packages/core/src/(oauth/|execute\\.ts)' },
  },
  {
    name: 'domain-imports-domain-only',
    severity: 'error',
    from: { path: '^packages/core/src/domain/', pathNot: TEST },
    to: {
      pathNot: ['^packages/core/src/domain/', '^packages/(model|rules)/'],
      dependencyTypesNot: UNRESOLVED,
    },
  },
  {
    name: 'domain-uses-types-of-model-only',
    severity: 'error',
    from: { path: '^packages/core/src/domain/', pathNot: TEST },
    to: { path: '^packages/model/', dependencyTypesNot: ['type-only'] },
  },
];

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const storage = [
  {
    name: 'storage-imports-ports-and-domain-only',
    severity: 'error',
    from: { path: '^packages/storage/', pathNot: TEST },
    to: {
      path: '^(packages|apps|bench|e2e|examples|scripts|tools)/',
      pathNot: ['^packages/(storage|rules)/', '^packages/core/src/(index\\.ts$|ports/|domain/)'],
    },
  },
  {
    name: 'database-drivers-in-storage-only',
    severity: 'error',
    from: { path: '^(packages|apps|examples)/', pathNot: ['^packages/storage/', TEST] },
    to: { path: ['^(node:)?sqlite$', '(^|/)node_modules/(@types/)?(pg|pg-[^/]+|kysely)/'] },
  },
];

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const login = [
  {
    name: 'views-import-views-and-rules-only',
    comment: 'A page is a function of what it shows: no HTTP, no database, nothing of Node.',
    severity: 'error',
    from: { path: '^packages/login/(src|browser)/', pathNot: TEST },
    to: {
      pathNot: ['^packages/login/(src|browser)/', '^packages/rules/'],
      dependencyTypesNot: UNRESOLVED,
    },
  },
  {
    name: 'login-knows-ui-and-rules-only',
    comment: 'Its tests and what builds its files, too.',
    severity: 'error',
    from: { path: '^packages/login/' },
    to: { path: '^packages/(?!login/|rules/|ui/)' },
  },
];

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const server = [
  {
    name: 'server-imports-model-rules-core-storage-login',
    severity: 'error',
    from: { path: '^packages/server/' },
    to: {
      path: ['^packages/(?!server/|model/|rules/|core/|storage/|login/)', AROUND_THE_PRODUCT],
    },
  },
  {
    name: 'compose-alone-builds-adapters-and-opens-storage',
    severity: 'error',
    from: {
      path: '^packages/server/src/',
      pathNot: ['^packages/server/src/compose(\\.ts$|/)', '^packages/server/src/adapters/', TEST],
    },
    to: { path: ['^packages/storage/', '^packages/server/src/adapters/'] },
  },
  {
    name: 'adapters-open-no-storage',
    severity: 'error',
    from: { path: '^packages/server/src/adapters/', pathNot: TEST },
    to: { path: '^packages/storage/' },
  },
  {
    name: 'http-folders-stay-apart',
    severity: 'error',
    from: { path: `^packages/server/src/(${HTTP_FOLDERS})/`, pathNot: TEST },
    to: {
      path: `^packages/server/src/(${HTTP_FOLDERS})/`,
      pathNot: '^packages/server/src/$1/',
    },
  },
  {
    name: 'site-knows-no-page',
    severity: 'error',
    from: { path: '^packages/server/src/site/', pathNot: TEST },
    to: { path: `^packages/server/src/(${HTTP_FOLDERS}|pages)/` },
  },
];

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const frontEnd = [
  {
    name: 'kits-know-no-server',
    severity: 'error',
    from: { path: '^packages/(express|angular|ui)/' },
    to: { path: '^packages/(model|core|storage|login|server)/' },
  },
  {
    name: 'rules-in-the-angular-kit-alone',
    comment:
      'Its build joins them into its files; the other kits would need a second package, in a version that fits.',
    severity: 'error',
    from: { path: '^packages/(express|ui)/' },
    to: { path: '^packages/rules/' },
  },
  {
    name: 'apps-import-ui-rules-and-the-angular-kit',
    severity: 'error',
    from: { path: '^apps/' },
    to: { path: '^packages/(?!ui/|angular/|model/|rules/)' },
  },
  {
    name: 'apps-use-types-of-model-only',
    severity: 'error',
    from: { path: '^apps/' },
    to: { path: '^packages/model/', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'apps-stay-apart',
    severity: 'error',
    from: { path: '^apps/([^/]+)/' },
    to: { path: '^apps/', pathNot: '^apps/$1/' },
  },
  {
    name: 'features-stay-apart',
    comment:
      'A feature is a folder of src/app; what features share is in `shared`, and the server in `api`.',
    severity: 'error',
    from: {
      path: '^(apps/[^/]+/src/app)/([^/]+)/',
      pathNot: '^apps/[^/]+/src/app/(shared|api)/',
    },
    to: {
      path: '^apps/[^/]+/src/app/[^/]+/',
      pathNot: ['^$1/$2/', '^$1/(shared|api)/'],
    },
  },
  {
    name: 'shared-knows-no-feature',
    severity: 'error',
    from: { path: '^(apps/[^/]+/src/app)/shared/' },
    to: { path: '^apps/[^/]+/src/app/[^/]+/', pathNot: '^$1/(shared|api)/' },
  },
  {
    name: 'api-knows-no-page',
    severity: 'error',
    from: { path: '^(apps/[^/]+/src/app)/api/' },
    to: { path: '^apps/[^/]+/src/app/[^/]+/', pathNot: '^$1/api/' },
  },
  {
    name: 'examples-import-published-names',
    severity: 'error',
    from: { path: '^examples/' },
    to: { path: '^packages/(?!express/|angular/)' },
  },
];

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const everywhere = [
  { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
  {
    name: 'resolves',
    comment:
      'A name that is not installed, a file that is not there, or a path past a package\'s "exports".',
    severity: 'error',
    // These run elsewhere, where the peers of a comparison are installed.
    from: { pathNot: '^bench/src/peers/[^/]+-server\\.mjs$' },
    to: { couldNotResolve: true },
  },
  {
    name: 'no-relative-path-into-a-package',
    severity: 'error',
    from: { path: '^((packages|apps)/[^/]+|examples/[^/]+/[^/]+)/' },
    to: {
      path: '^(packages|apps|examples|bench|e2e|tools|scripts)/',
      pathNot: '^$1/',
      dependencyTypes: ['local'],
    },
  },
  {
    name: 'no-relative-path-into-a-package-from-around',
    severity: 'error',
    from: { path: '^(bench|e2e|tools|scripts)/' },
    to: {
      path: '^(packages|apps|examples|bench|e2e|tools)/',
      // The launcher runs before anything is installed, when no package can be found by its name.
      // The console's generator of configurations and the build of the pages' files are found by their names, which are taken for paths
      // where no package.json lists them.
      pathNot: [
        '^$1/',
        '^packages/server/bin/launch\\.mjs$',
        '^packages/login/build/build-files\\.mjs$',
        '^apps/console/src/app/shared/configurations\\.ts$',
      ],
      dependencyTypes: ['local'],
    },
  },
  {
    name: 'test-support-for-tests-only',
    severity: 'error',
    from: { path: '^(packages|apps)/', pathNot: TEST },
    to: { path: '^(packages|apps)/.*/testing/' },
  },
  {
    name: 'nothing-imports-what-is-around-the-product',
    severity: 'error',
    from: { path: '^packages/' },
    to: { path: AROUND_THE_PRODUCT },
  },
];

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...model,
    ...rules,
    ...core,
    ...storage,
    ...login,
    ...server,
    ...frontEnd,
    ...everywhere,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    // Types count: a type that comes from the wrong side is a dependency on it all the same.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['poolhouse-source', 'types', 'import', 'node', 'default'],
      extensions: ['.ts', '.mjs', '.js', '.d.ts'],
    },
  },
};
