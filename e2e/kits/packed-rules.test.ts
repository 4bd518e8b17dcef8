import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { build } from 'esbuild';
import { packKit } from '../../scripts/release/pack-kit.mjs';
import { runOutside } from '../../scripts/release/run-outside.mjs';
import { MODULES } from './link-installed.ts';

/** A form that passes the rules what the API stores, and what the types must refuse. */
const FORM = `
import { attributeValueProblem, isEmailAddress, passwordRules, type PasswordRule } from '@poolhouse/rules';

const policy = { MinimumLength: 12, RequireNumbers: true, PasswordHistorySize: 3 };
const unmet: PasswordRule[] = passwordRules(policy, 'correct horse').filter(({ met }) => !met).map(({ rule }) => rule);
const limit = attributeValueProblem({ AttributeDataType: 'Number', NumberAttributeConstraints: { MinValue: '3' } }, '2');
declare const said: (text: string) => void;
said(JSON.stringify([unmet, limit, isEmailAddress('a@b.example')]));
// @ts-expect-error not one of the rules
const other: PasswordRule = 'dictionary';
// @ts-expect-error a password is a text
export const never = () => [other, passwordRules(policy, 1)];
`;
const SAID = [['number'], { rule: 'too-small', limit: '3' }, true];

test('the packed files work in an empty project', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'poolhouse-rules-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const project = join(folder, 'project');
  const target = join(project, 'node_modules/@poolhouse/rules');

  await t.test('they are built and packed', async () => {
    await mkdir(target, { recursive: true });
    const { tarball } = await packKit('rules', folder);
    await runOutside('tar', ['-xzf', tarball, '-C', target, '--strip-components=1'], folder);
    await writeFile(join(project, 'package.json'), '{"type":"module","private":true}');
    await writeFile(join(project, 'form.ts'), FORM);
  });

  await t.test('they need nothing else, and every path of "exports" is there', async () => {
    const text = await readFile(join(target, 'package.json'), 'utf8');
    assert.doesNotMatch(text, /poolhouse-source|"private"|"scripts"|ependencies/);
    assert.doesNotMatch(await readFile(join(target, 'index.js'), 'utf8'), /from '[^.]/);
    const { exports, type } = JSON.parse(text) as {
      type: string;
      exports: Record<string, string | Record<string, string>>;
    };
    assert.equal(type, 'module');
    for (const entry of Object.values(exports)) {
      const paths = typeof entry === 'string' ? [entry] : Object.values(entry);
      for (const path of paths) await readFile(join(target, path));
    }
  });

  await t.test('the first lines of the README say what it says', async () => {
    const readme = await readFile(join(target, 'README.md'), 'utf8');
    const lines = /```js\n(.+?)```/s.exec(readme)?.[1] ?? assert.fail();
    await writeFile(join(project, 'readme.js'), lines);
    const said = await runOutside(process.execPath, ['readme.js'], project);
    assert.deepEqual(said.trim().split('\n'), [
      "[ { rule: 'uppercase', met: false } ]",
      'true',
      'http',
    ]);
    assert.match(
      await runOutside(
        process.execPath,
        ['-p', "require('@poolhouse/rules').isUsername('ann')"],
        project,
      ),
      /^true/,
    );
  });

  for (const [module, moduleResolution] of [
    ['node16', 'node16'],
    ['preserve', 'bundler'],
  ] as const) {
    await t.test(
      `a form compiles against them, with module ${module}, libraries checked too`,
      async () => {
        await runOutside(
          process.execPath,
          [
            join(MODULES, 'typescript/bin/tsc'),
            ...['--noEmit', '--strict', '--exactOptionalPropertyTypes'],
            ...['--target', 'es2022', '--lib', 'es2022'],
            ...['--module', module, '--moduleResolution', moduleResolution, 'form.ts'],
          ],
          project,
        );
      },
    );
  }

  await t.test(
    'a bundler for browsers takes in what the form asks, and no other rule',
    async () => {
      const { outputFiles } = await build({
        entryPoints: [join(project, 'form.ts')],
        absWorkingDir: project,
        bundle: true,
        write: false,
        format: 'esm',
        platform: 'browser',
        target: ['chrome120', 'firefox120', 'safari17'],
      });
      const [{ text } = assert.fail()] = outputFiles;
      assert.doesNotMatch(text, /vbscript|aws:|import /);
      await writeFile(
        join(project, 'out.mjs'),
        `const said = (text) => console.log(text);\n${text}`,
      );
      assert.deepEqual(JSON.parse(await runOutside(process.execPath, ['out.mjs'], project)), SAID);
    },
  );
});
