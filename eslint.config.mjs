import { defineConfig, globalIgnores } from 'eslint/config';
import angular from 'angular-eslint';
import tseslint from 'typescript-eslint';

/** What core, rules and views must be handed: they have no clock, no randomness, no network and no process of their own. */
const OUTSIDE_WORLD = [
  'process',
  'console',
  'fetch',
  'performance',
  'setTimeout',
  'setInterval',
  'setImmediate',
].map((name) => ({
  name,
  message: 'Core, rules and views reach the world only through what they are handed.',
}));

/** A proxy passes on whatever it does not know, so that the compiler notices nothing that is new. */
const PROXY = { name: 'Proxy', message: 'State what becomes of each method: see storeViews.' };

const CLOCK = "There is no clock of one's own here: the core has the Clock port's nowMs().";

/** Rules that need types. @type {import('eslint').Linter.RulesRecord} */
const TYPED_RULES = {
  '@typescript-eslint/await-thenable': 'error',
  '@typescript-eslint/no-base-to-string': 'error',
  '@typescript-eslint/no-floating-promises': [
    'error',
    {
      // The test runner awaits these itself.
      allowForKnownSafeCalls: [
        { from: 'package', package: 'node:test', name: ['test', 'it', 'suite', 'describe'] },
      ],
    },
  ],
  '@typescript-eslint/no-misused-promises': 'error',
  '@typescript-eslint/no-unnecessary-type-assertion': 'error',
  '@typescript-eslint/only-throw-error': 'error',
  '@typescript-eslint/prefer-promise-reject-errors': 'error',
  '@typescript-eslint/require-array-sort-compare': ['error', { ignoreStringArrays: true }],
  '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
  '@typescript-eslint/switch-exhaustiveness-check': [
    'error',
    { considerDefaultExhaustiveForUnions: true },
  ],
};

/**
 * An application in Angular: sources, inline templates and template files.
 * @param {string} folder
 * @param {string} prefix of its components
 * @param {string} tsConfig names all of its sources, the tests too
 * @returns {import('eslint').Linter.Config[]}
 */
function angularApplication(folder, prefix, tsConfig) {
  return defineConfig(
    {
      files: [`${folder}/src/**/*.ts`],
      extends: [angular.configs.tsRecommended],
      processor: angular.processInlineTemplates,
      languageOptions: {
        parserOptions: {
          project: `./${folder}/${tsConfig}`,
          tsconfigRootDir: import.meta.dirname,
        },
      },
      rules: {
        ...TYPED_RULES,
        '@angular-eslint/component-selector': [
          'error',
          [
            { type: 'element', prefix, style: 'kebab-case' },
            // On an element that only it can be, as the head of a column in a table.
            { type: 'attribute', prefix, style: 'camelCase' },
          ],
        ],
        '@angular-eslint/directive-selector': [
          'error',
          { type: 'attribute', prefix, style: 'camelCase' },
        ],
        '@angular-eslint/prefer-on-push-component-change-detection': 'off',
        '@angular-eslint/prefer-signals': 'error',
      },
    },
    {
      files: [`${folder}/src/**/*.html`],
      extends: [angular.configs.templateRecommended, angular.configs.templateAccessibility],
    },
  );
}

export default defineConfig(
  globalIgnores([
    '**/node_modules/',
    '**/dist/',
    'coverage/',
    '**/generated/',
    '**/*.generated.ts',
    'docs/',
  ]),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts', '**/*.mjs'],
    plugins: { '@typescript-eslint': tseslint.plugin },
    languageOptions: { parser: tseslint.parser },
    rules: {
      eqeqeq: ['error', 'always'],
      'max-lines': ['error', { max: 400 }],
      'no-console': 'error',
      'no-constant-binary-expression': 'error',
      'no-constant-condition': ['error', { checkLoops: false }],
      'no-debugger': 'error',
      'no-empty': 'error',
      'no-eval': 'error',
      'no-fallthrough': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      'no-param-reassign': 'error',
      'no-self-compare': 'error',
      'no-template-curly-in-string': 'error',
      'no-unsafe-finally': 'error',
      'no-unused-expressions': 'error',
      'no-useless-catch': 'error',
      'no-var': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
      'require-yield': 'error',
      // The type of a module that is loaded while running has no other form.
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/ban-ts-comment': 'error',
    },
  },
  {
    files: ['{packages,tools,bench,e2e,examples}/**/*.ts'],
    ignores: ['packages/{angular,ui}/**', 'examples/*/web/**'],
    languageOptions: {
      parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname },
    },
    rules: TYPED_RULES,
  },
  {
    // What runs in browsers: its types come from its own configuration, its templates are looked at too.
    files: ['packages/angular/{src,fields,screens,account,testing}/**/*.ts'],
    extends: [angular.configs.tsRecommended],
    processor: angular.processInlineTemplates,
    languageOptions: {
      parserOptions: {
        project: './packages/angular/tsconfig.json',
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      ...TYPED_RULES,
      '@angular-eslint/component-selector': [
        'error',
        { type: 'element', prefix: 'ph', style: 'kebab-case' },
      ],
      '@angular-eslint/directive-selector': [
        'error',
        { type: 'attribute', prefix: 'ph', style: 'camelCase' },
      ],
      '@angular-eslint/prefer-on-push-component-change-detection': 'off',
      '@angular-eslint/prefer-signals': 'error',
    },
  },
  {
    files: ['packages/angular/**/*.html'],
    extends: [angular.configs.templateRecommended, angular.configs.templateAccessibility],
  },
  ...angularApplication('apps/console', 'pc', 'tsconfig.test.json'),
  ...angularApplication('examples/starter/web', 'app', 'tsconfig.test.json'),
  {
    files: ['{packages,apps,examples}/**/*.ts'],
    ignores: ['**/*.{test,spec}.ts', '**/testing/**'],
    rules: { 'no-restricted-globals': ['error', PROXY] },
  },
  {
    files: ['packages/{core,login,model,rules}/src/**/*.ts'],
    ignores: ['**/*.test.ts', '**/testing/**'],
    rules: {
      'no-restricted-globals': ['error', PROXY, ...OUTSIDE_WORLD],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: CLOCK },
        { object: 'Math', property: 'random', message: 'Randomness comes from a port.' },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: CLOCK },
      ],
    },
  },
  {
    // A test that asserts too much about its own data fails, which is what it is for.
    files: ['**/*.test.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    // Programs for a terminal speak on standard output.
    files: ['scripts/**', 'tools/**', 'bench/**', 'packages/server/src/cli/**', '**/main.ts'],
    rules: { 'no-console': 'off' },
  },
);
