/** The Express kit in empty projects: every way to write a back end. */
import assert from 'node:assert/strict';
import { inEmptyFolder, install, runNode, write, type Check } from './check.ts';

/** How every application below answers a token with the group, one without it, and none. */
const SAID = ['200 staff', '403', '401'];

const PROTECTED = `
const pool = fakePool();
const kit = poolhouse({ pools: [pool.options] });
const tokens = [pool.accessToken({ groups: ['staff'] }), pool.accessToken(), undefined];
async function ask(url) {
  const said = [];
  for (const token of tokens) {
    const headers = token === undefined ? {} : { authorization: 'Bearer ' + token };
    const answer = await fetch(url, { headers });
    said.push(answer.ok ? answer.status + ' ' + (await answer.json()).join() : String(answer.status));
  }
  return said;
}
`;
const EXPRESS_APP = `
const app = express();
app.get('/me', kit.requireAuth({ groups: ['staff'] }), (req, res) => res.json(authOf(req).groups));
const server = app.listen(0, '127.0.0.1', async () => {
  console.log(JSON.stringify(await ask('http://127.0.0.1:' + server.address().port + '/me')));
  server.close();
});
`;
const REQUIRE = `
const { authOf, poolhouse } = require('@poolhouse/express');
const { fakePool } = require('@poolhouse/express/testing');
`;
const IMPORT = REQUIRE.replaceAll('const {', 'import {')
  .replaceAll('} = require(', '} from ')
  .replaceAll("');", "';");

const FASTIFY_APP = `
import fastify from 'fastify';
const app = fastify();
app.get('/me', async (request, reply) => {
  try {
    const token = (request.headers.authorization ?? '').replace(/^Bearer /, '');
    return (await kit.verify(token, { groups: ['staff'] })).groups;
  } catch (error) {
    if (!(error instanceof NotAuthorizedError)) throw error;
    return reply.code(error.status).send({ message: error.message });
  }
});
console.log(JSON.stringify(await ask((await app.listen({ port: 0, host: '127.0.0.1' })) + '/me')));
await app.close();
`;

const JEST_TEST = `
const { authOf, poolhouse } = require('@poolhouse/express');
const { administrators } = require('@poolhouse/express/admin');
const { fakePool } = require('@poolhouse/express/testing');

test('the kit loads, and lets in who may come in', async () => {
  const pool = fakePool();
  const { verify } = poolhouse({ pools: [pool.options] });
  const auth = await verify(pool.accessToken({ groups: ['staff'] }), { groups: ['staff'] });
  expect(auth.groups).toEqual(['staff']);
  expect(() => authOf({})).toThrow();
  expect(typeof administrators({ userPoolId: pool.userPoolId }).createUser).toBe('function');
});
`;

const TYPED = `
import { authOf, poolhouse, type Auth } from '@poolhouse/express';
import { administrators, type PoolUser } from '@poolhouse/express/admin';
import { fakePool } from '@poolhouse/express/testing';

const kit = poolhouse({ pools: [fakePool().options] });
export const auth: Promise<Auth> = kit.verify('', { groups: ['staff'] });
export const of: (req: { auth?: Auth }) => Auth = authOf;
export const user: Promise<PoolUser | undefined> = administrators({ userPoolId: 'a_b' }).getUser('ann');
// @ts-expect-error groups are a list
kit.requireAuth({ groups: 'staff' });
`;

/** All of them. */
export const EXPRESS_PROJECTS: readonly Check[] = [
  applicationOn('5', 'Express 5, ES modules', 'app.mjs', `import express from 'express';${IMPORT}`),
  applicationOn(
    '5',
    'Express 5, CommonJS',
    'app.cjs',
    `const express = require('express');${REQUIRE}`,
  ),
  applicationOn('4', 'Express 4, ES modules', 'app.mjs', `import express from 'express';${IMPORT}`),
  {
    name: 'Fastify by verify()',
    run: ({ express }) =>
      inEmptyFolder(async (folder) => {
        const kit = IMPORT.replace('authOf', 'NotAuthorizedError');
        await write(folder, { 'package.json': {}, 'app.mjs': kit + PROTECTED + FASTIFY_APP });
        await install(folder, express, 'fastify@5');
        assert.deepEqual(JSON.parse(await runNode(folder, 'app.mjs')), SAID);
      }),
  },
  {
    name: 'Jest 30 as it is installed',
    run: ({ express }) =>
      inEmptyFolder(async (folder) => {
        await write(folder, { 'package.json': {}, 'kit.test.js': JEST_TEST });
        await install(folder, express, 'jest@30', '@aws-sdk/client-cognito-identity-provider@3');
        await runNode(folder, 'node_modules/jest/bin/jest.js');
      }),
  },
  typed('TypeScript "node16", ES module', 'node16', 'node16', 'module'),
  typed('TypeScript "node16", CommonJS', 'node16', 'node16', 'commonjs'),
  typed('TypeScript "bundler"', 'preserve', 'bundler', 'module'),
];

function applicationOn(major: string, name: string, file: string, head: string): Check {
  return {
    name,
    run: ({ express }) =>
      inEmptyFolder(async (folder) => {
        await write(folder, { 'package.json': {}, [file]: head + PROTECTED + EXPRESS_APP });
        await install(folder, express, `express@${major}`);
        assert.deepEqual(JSON.parse(await runNode(folder, file)), SAID);
      }),
  };
}

function typed(name: string, module: string, moduleResolution: string, type: string): Check {
  const compilerOptions = {
    module,
    moduleResolution,
    target: 'es2023',
    types: ['node'],
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
  };
  return {
    name,
    run: ({ express }) =>
      inEmptyFolder(async (folder) => {
        await write(folder, {
          'package.json': { type },
          'tsconfig.json': { compilerOptions, files: ['app.ts'] },
          'app.ts': TYPED,
        });
        const types = ['typescript@~6.0', '@types/node@24', '@types/express@5'];
        await install(folder, express, '@aws-sdk/client-cognito-identity-provider@3', ...types);
        await runNode(folder, 'node_modules/typescript/bin/tsc');
      }),
  };
}
