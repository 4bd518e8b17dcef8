import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SignUpCommand } from '@aws-sdk/client-cognito-identity-provider';
import { operationNames } from '@poolhouse/model';
import { mountsOf } from './compose/pages.ts';
import { readConfig } from './config/config.ts';
import { administrator } from './console-http/testing/administrator.ts';
import { offeredOperations } from './console-http/run-operation.ts';
import { makeSourceOf } from './http/source-address.ts';
import { signed } from './testing/sign-request.ts';
import { startServer, type RunningServer } from './testing/start-server.ts';

/** Files that are the same for everybody. Anything added here must contain nothing that somebody could want to guess. */
const FILES = ['/console/{*path}', '/static/:name'];

/** Every route of the site as it is declared, such as `GET /console/api/pools/:pool/metrics`. */
async function routesOf({
  server,
}: RunningServer): Promise<readonly (readonly [string, string])[]> {
  const { storage, world, execute, auditWatch } = server;
  const mounts = mountsOf({
    config: readConfig({ POOLHOUSE_DATA: 'unused' }),
    storage,
    world,
    execute,
    auditWatch,
    declared: () => undefined,
    sourceOf: makeSourceOf([], world.log),
  });
  return mounts.flatMap(({ path: base, routes }) =>
    routes.flatMap(({ method, path }): [string, string][] =>
      method === undefined ? [] : [[method, `${base}${path}`.replaceAll(/\/+/g, '/')]],
    ),
  );
}

test('only files that are the same for everybody are compressed, so that no length reveals a token (BREACH)', async (t) => {
  const running = await startServer(t);
  const owner = await administrator(running, 'owner');
  const { UserPool } = await owner.call('CreateUserPool', {
    PoolName: 'one',
    AutoVerifiedAttributes: ['email'],
  });
  const pool = UserPool?.Id ?? '';
  const { UserPoolClient } = await owner.call('CreateUserPoolClient', {
    UserPoolId: pool,
    ClientName: 'web',
  });
  const client = UserPoolClient?.ClientId ?? '';
  await running.client().send(
    new SignUpCommand({
      ClientId: client,
      Username: 'anna',
      Password: 'Pond-light-gravel-1',
      UserAttributes: [{ Name: 'email', Value: 'anna@example.com' }],
    }),
  );
  const inbox = await running.send({ method: 'GET', path: '/inbox/messages' });
  const { messages } = inbox.json() as { messages: readonly { id: string }[] };
  const takesAll = { 'accept-encoding': 'br, gzip, *' };
  const values: Readonly<Record<string, readonly string[]>> = {
    ':pool': [pool],
    ':id': [messages[0]?.id ?? ''],
    '{*path}': ['', 'sign-in'],
  };
  const namesAt: Readonly<Record<string, readonly string[]>> = {
    '/static/:name': ['page.css', 'inbox-script.js'],
    '/console/api/operations/:name': Object.keys(offeredOperations()),
  };
  const compressed = new Set<string>();
  let answered = 0;
  const note = async (what: string, asked: ReturnType<RunningServer['send']>) => {
    const { status, headers } = await asked;
    answered += status === 200 ? 1 : 0;
    if (headers['content-encoding'] === undefined) return;
    compressed.add(what);
    assert.notEqual(headers['cache-control'], 'no-store', what);
    assert.equal(headers['set-cookie'], undefined, what);
  };

  const routes = await routesOf(running);
  assert(routes.length > 15);
  // The route that ends the session comes last.
  for (const [method, route] of routes.toSorted(([one], [other]) => other.localeCompare(one))) {
    const filled = (path: string): readonly string[] => {
      const [name] = /\{\*\w+\}|:\w+/.exec(path) ?? [];
      if (name === undefined) return [path];
      const all = (name === ':name' && namesAt[route]) || values[name] || ['nothing'];
      return all.flatMap((value) => filled(path.replace(name, value)));
    };
    for (const path of filled(route)) {
      const headers = {
        ...takesAll,
        accept: 'text/html',
        cookie: owner.cookie,
        origin: running.url,
        'x-poolhouse-csrf': owner.csrfToken,
        'content-type': 'application/json',
      };
      const body =
        method === 'GET' || method === 'HEAD' ? undefined : '{"region":"local","input":{}}';
      await note(route, running.send({ method, path, headers, body }));
    }
  }
  for (const name of operationNames) {
    await note(name, running.post(name, '{}', takesAll));
  }
  const list = await signed(running);
  await note('signed', running.send({ ...list, headers: { ...list.headers, ...takesAll } }));
  for (const path of [
    '/livez',
    '/readyz',
    `/${pool}/.well-known/jwks.json`,
    `/${pool}/.well-known/openid-configuration`,
    `/${pool}/clients/${client}/settings`,
    '/nonsense',
  ]) {
    await note(path, running.send({ method: 'GET', path, headers: takesAll }));
  }
  assert(compressed.has('/static/:name'));
  assert.deepEqual(
    [...compressed].filter((what) => !FILES.includes(what)),
    [],
  );
  assert(answered > 15, `only ${answered} were answered`);
});
