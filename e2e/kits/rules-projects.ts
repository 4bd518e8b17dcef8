/** The rules in empty projects: where servers and forms ask them. */
import assert from 'node:assert/strict';
import { inEmptyFolder, install, outside, runNode, write, type Check } from './check.ts';

const FORM = `
import { isEmailAddress, passwordRules } from '@poolhouse/rules';
const unmet = passwordRules({ MinimumLength: 12, RequireNumbers: true }, 'correct horse');
console.log(JSON.stringify([unmet.map(({ rule, met }) => rule + ' ' + met), isEmailAddress('a@b.example')]));
`;
const SAID = [['length true', 'number false'], true];

/** The ways to use the rules. */
export const RULES_PROJECTS: readonly Check[] = [
  {
    name: 'Rules with import',
    run: ({ rules }) =>
      inEmptyFolder(async (folder) => {
        await write(folder, { 'package.json': {}, 'form.mjs': FORM });
        await install(folder, rules);
        assert.deepEqual(JSON.parse(await runNode(folder, 'form.mjs')), SAID);
      }),
  },
  {
    name: 'Rules bundled by esbuild for a browser, types by TypeScript',
    run: ({ rules }) =>
      inEmptyFolder(async (folder) => {
        await write(folder, { 'package.json': { type: 'module' }, 'form.ts': FORM });
        await install(folder, rules, 'esbuild', 'typescript@6');
        const types = ['--noEmit', '--strict', '--target', 'es2022', '--module', 'preserve'];
        await runNode(folder, 'node_modules/typescript/bin/tsc', ...types, 'form.ts');
        const bundling = ['esbuild', 'form.ts', '--bundle', '--outfile=out.js', '--format=esm'];
        await outside('npx', ['--no-install', ...bundling, '--platform=browser'], folder);
        assert.deepEqual(JSON.parse(await runNode(folder, 'out.js')), SAID);
      }),
  },
];
