import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';
import type { UserPoolClientType, UserPoolType } from '@poolhouse/model';
import { configurationsOf, type Configuration } from './configurations.ts';

const endpoint = 'https://id.example.com';
const pool: UserPoolType = {
  Id: 'eu-west-1_aB3dE5fG7',
};
const client: UserPoolClientType = {
  ClientId: '1h57kf5cpq17m0eml12EXAMPLE',
  ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
};

const of = (id: Configuration['id']): Configuration =>
  configurationsOf({ pool, client, endpoint }).find((one) => one.id === id) ??
  assert.fail(`no ${id}`);

test('each configuration names the pool, the client and the server', () => {
  const all = configurationsOf({ pool, client, endpoint });
  assert.deepEqual(
    all.map(({ title }) => title),
    ['Angular', 'Starter', 'Amplify', 'Express', 'AWS SDK', 'AWS CLI'],
  );
  for (const { id, text } of all) {
    assert(text.includes(pool.Id ?? ''), id);
    assert(text.includes(endpoint), id);
    if (id !== 'sdk') assert(text.includes(client.ClientId ?? ''), id);
  }
});

test('a client with a secret is not offered to browsers, and no configuration names the secret', () => {
  const secret = { ...client, ClientSecret: 'a-secret-text' };
  const all = configurationsOf({ pool, client: secret, endpoint });
  assert.deepEqual(
    all.map(({ id }) => id),
    ['express', 'sdk', 'cli'],
  );
  assert.doesNotMatch(JSON.stringify(all), /a-secret-text/);
});

test('the Angular kit is told where its pool is, and asks it for the rest', () => {
  const { text, note } = of('angular');
  for (const line of [
    `userPoolId: 'eu-west-1_aB3dE5fG7',`,
    `clientId: '1h57kf5cpq17m0eml12EXAMPLE',`,
    `endpoint: 'https://id.example.com', // leave it out for Amazon Cognito`,
  ]) {
    assert(text.includes(line), line);
  }
  assert.doesNotMatch(text, /signInNames|passwordPolicy|signUp/);
  assert.match(note ?? '', /Amazon Cognito/);
});

test('the starter takes its configuration as a file, or by the command', () => {
  const { text, note } = of('starter');
  assert.deepEqual(JSON.parse(text), {
    region: 'eu-west-1',
    userPoolId: pool.Id,
    clientId: client.ClientId,
    endpoint,
  });
  assert.equal(
    note,
    'Or, without a file: npm start -- --pool eu-west-1_aB3dE5fG7 --client 1h57kf5cpq17m0eml12EXAMPLE',
  );
});

test('each configuration in TypeScript compiles', (t) => {
  const root = join(import.meta.dirname, '../../../../..');
  // In the repository, so that the packages are found as an application finds them.
  const folder = mkdtempSync(join(root, 'e2e/clients/.configurations-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const files = (['angular', 'amplify', 'express', 'sdk'] as const).map((id) => {
    const file = join(folder, `${id}.ts`);
    writeFileSync(file, `${of(id).text}\nexport {};\n`);
    return file;
  });
  const program = ts.createProgram(files, {
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    target: ts.ScriptTarget.ES2022,
    customConditions: ['poolhouse-source'],
    allowImportingTsExtensions: true,
    experimentalDecorators: true,
    exactOptionalPropertyTypes: true,
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: ['node'],
  });
  const problems = ts
    .getPreEmitDiagnostics(program)
    .filter(({ file }) => file?.fileName.startsWith(folder) === true)
    .map(({ messageText, file }) => [
      file?.fileName,
      ts.flattenDiagnosticMessageText(messageText, '\n'),
    ]);
  assert.deepEqual(problems, []);
});
