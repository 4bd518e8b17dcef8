import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { packKit } from '../../scripts/release/pack-kit.mjs';
import { runOutside } from '../../scripts/release/run-outside.mjs';
import { linkInstalled, MODULES } from './link-installed.ts';

/** The application of somebody who installed the package: JavaScript, Express, and no network. */
const APP = `
import express from 'express';
import { authOf, poolhouse } from '@poolhouse/express';
import { fakePool } from '@poolhouse/express/testing';
import { administrators } from '@poolhouse/express/admin';

const pool = fakePool();
const { requireAuth } = poolhouse({ pools: [pool.options] });
const app = express();
app.get('/me', requireAuth({ groups: ['staff'] }), (req, res) => res.json(authOf(req).groups));
const server = app.listen(0, '127.0.0.1', async () => {
  const url = 'http://127.0.0.1:' + server.address().port + '/me';
  const ask = async (token) => {
    const answer = await fetch(url, { headers: { authorization: 'Bearer ' + token } });
    return [answer.status, await answer.json()];
  };
  const admin = administrators({ userPoolId: pool.userPoolId });
  console.log(JSON.stringify([
    await ask(pool.accessToken({ groups: ['staff'] })),
    await ask(pool.accessToken()),
    await ask('junk'),
    typeof admin.createUser,
    await admin.client.config.region(),
  ]));
  server.close();
});
`;

/** Replaces the README's last line, and needs no fixed port. */
const ASK_WITHOUT_TOKEN = `
const server = app.listen(0, '127.0.0.1', async () => {
  const url = 'http://127.0.0.1:' + server.address().port;
  const answers = await Promise.all([fetch(url + '/me'), fetch(url + '/reports')]);
  console.log(JSON.stringify(answers.map(({ status }) => status)));
  server.close();
});
`;

/** The same for the compiler, with what the types promise and what they must refuse. */
const TYPED_APP = `
import express from 'express';
import { authOf, poolhouse, type Auth } from '@poolhouse/express';
import { administrators, type PoolUser } from '@poolhouse/express/admin';
import { fakePool } from '@poolhouse/express/testing';

const { requireAuth } = poolhouse({ pools: [fakePool().options] });
const app = express();
app.use('/api', requireAuth());
app.get('/users/:id', requireAuth({ groups: ['staff'] }), async (req, res) => {
  const id: string = req.params.id;
  const perhaps: Auth | undefined = req.auth;
  const surely: Auth = authOf(req);
  res.json({ id, sub: perhaps?.sub, groups: surely.groups });
});
// @ts-expect-error not one of the kinds of token
requireAuth({ tokenUse: 'refresh' });
// @ts-expect-error groups are a list
requireAuth({ groups: 'staff' });
app.get('/open', (req) => {
  // @ts-expect-error there is no auth for sure
  req.auth.sub;
});
const one: Promise<PoolUser | undefined> = administrators({ userPoolId: 'a_b' }).getUser('ann');
void one;
`;

test('the packed files work in an empty project', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'poolhouse-express-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const project = join(folder, 'project');
  const target = join(project, 'node_modules/@poolhouse/express');
  const tsc = join(MODULES, 'typescript/bin/tsc');

  await t.test('they are built and packed', async () => {
    await mkdir(target, { recursive: true });
    const { tarball } = await packKit('express', folder);
    await runOutside('tar', ['-xzf', tarball, '-C', target, '--strip-components=1'], folder);
  });

  await t.test('every path of "exports" is there', async () => {
    const text = await readFile(join(target, 'package.json'), 'utf8');
    assert.doesNotMatch(text, /poolhouse-source|"private"|"scripts"|devDependencies/);
    const { exports } = JSON.parse(text) as {
      exports: Record<string, string | Record<string, string>>;
    };
    for (const entry of Object.values(exports)) {
      if (typeof entry === 'string') continue;
      for (const condition of ['types', 'default']) {
        await readFile(join(target, entry[condition] ?? condition));
      }
    }
  });

  await t.test('a JavaScript application runs on them', async () => {
    for (const name of ['express', '@aws-sdk/client-cognito-identity-provider'])
      await linkInstalled(project, name);
    await writeFile(join(project, 'package.json'), '{"type":"module","private":true}');
    await writeFile(join(project, 'app.js'), APP);
    const said = await runOutside(process.execPath, ['app.js'], project);
    assert.deepEqual(JSON.parse(said), [
      [200, ['staff']],
      [
        403,
        { error: 'insufficient_scope', message: 'You are signed in, but you may not do this.' },
      ],
      [401, { error: 'invalid_token', message: 'The token is not valid here.' }],
      'function',
      'us-east-1',
    ]);
  });

  await t.test('import and require() get the same classes', async () => {
    const program = `
      import { createRequire } from 'node:module';
      import * as kit from '@poolhouse/express';
      const required = createRequire(import.meta.url)('@poolhouse/express');
      console.log(JSON.stringify([typeof required.poolhouse, required.NotAuthorizedError === kit.NotAuthorizedError]));
    `;
    await writeFile(join(project, 'both.mjs'), program);
    assert.deepEqual(JSON.parse(await runOutside(process.execPath, ['both.mjs'], project)), [
      'function',
      true,
    ]);
    // As Jest and older Nodes load it: without require() of ES modules.
    const words = [
      '--no-experimental-require-module',
      '-p',
      "require('@poolhouse/express').authOf",
    ];
    assert.match(await runOutside(process.execPath, words, project), /Function: authOf/);
  });

  await t.test('the first lines of the README run as they are', async () => {
    const readme = await readFile(join(target, 'README.md'), 'utf8');
    const lines = /```js\n(.+?)\napp\.listen\(3000\);\n```/s.exec(readme)?.[1] ?? assert.fail();
    await writeFile(join(project, 'readme.js'), `${lines}\n${ASK_WITHOUT_TOKEN}`);
    const said = await runOutside(process.execPath, ['readme.js'], project);
    assert.deepEqual(JSON.parse(said), [401, 401]);
  });

  await t.test(
    'a TypeScript application compiles against them, libraries checked too',
    async () => {
      for (const name of ['@types/express', '@types/node']) await linkInstalled(project, name);
      await writeFile(join(project, 'app.ts'), TYPED_APP);
      const options = [
        '--noEmit',
        '--strict',
        '--module',
        'nodenext',
        '--target',
        'es2023',
        '--types',
        'node',
      ];
      await runOutside(process.execPath, [tsc, ...options, 'app.ts'], project);
    },
  );

  await t.test('without the AWS SDK everything but the administrators works', async () => {
    await rm(join(project, 'node_modules/@aws-sdk'), { recursive: true });
    const program = (entry: string) => `await import('@poolhouse/express${entry}')`;
    for (const entry of ['', '/testing']) {
      await runOutside(process.execPath, ['--input-type=module', '-e', program(entry)], project);
    }
    await assert.rejects(
      runOutside(process.execPath, ['--input-type=module', '-e', program('/admin')], project),
      /client-cognito-identity-provider/,
    );
  });
});
