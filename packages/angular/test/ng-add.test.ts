import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import {
  SchematicTestRunner,
  type UnitTestTree,
} from '@angular-devkit/schematics/testing/index.js';

/** The schematics as they are published: the build runs before these tests. */
const collection = fileURLToPath(new URL('../dist/schematics/collection.json', import.meta.url));
const runner = new SchematicTestRunner('@poolhouse/angular', collection);

const CONFIG = '/app/src/app/app.config.ts';
const MODULE = '/app/src/app/app-module.ts';
const CHOICES = { project: 'app', userPoolId: 'eu-west-1_aBcDeFgHi', clientId: 'abc123' };

async function newApplication(
  options: { readonly standalone?: boolean } = {},
): Promise<UnitTestTree> {
  const angular = '@schematics/angular';
  const workspace = { name: 'w', version: '22.0.0', newProjectRoot: '' };
  const tree = await runner.runExternalSchematic(angular, 'workspace', workspace);
  const application = { name: 'app', routing: true, skipTests: true, zoneless: true, ...options };
  return runner.runExternalSchematic(angular, 'application', application, tree);
}

function add(tree: UnitTestTree, choices: Record<string, string> = {}): Promise<UnitTestTree> {
  return runner.runSchematic('ng-add', { ...CHOICES, ...choices }, tree);
}

/** The text without the differences that only formatting makes. */
function squeezed(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/,? ([})])/g, '$1')
    .replaceAll('{ ', '{');
}

test('a new application gets the pool and the interceptor', async () => {
  const tree = await add(await newApplication());
  const config = tree.readContent(CONFIG);
  const text = squeezed(config);
  assert.match(
    text,
    /providePoolhouse\(\{userPoolId: 'eu-west-1_aBcDeFgHi', clientId: 'abc123'\}\)/,
  );
  assert.match(text, /provideHttpClient\(withInterceptors\(\[poolhouseInterceptor\]\)\)/);
  assert.match(text, /import \{[^}]*providePoolhouse[^}]*\} from '@poolhouse\/angular'/);
  assert.match(text, /import \{[^}]*poolhouseInterceptor[^}]*\} from '@poolhouse\/angular'/);
  assert.match(text, /import \{[^}]*withInterceptors[^}]*\} from '@angular\/common\/http'/);
  assert.match(text, /import \{[^}]*provideHttpClient[^}]*\} from '@angular\/common\/http'/);
  assert.match(text, /provideRouter\(routes\)/);
  assert.doesNotMatch(text, /endpoint/);
});

test('the pool is asked whether it knows the ids, and what it says is told', async (t) => {
  const asked: (string | undefined)[] = [];
  let answer: object = { message: 'User pool client abc123 does not exist.' };
  const server = createServer((request, response) => {
    asked.push(request.url);
    response.writeHead('message' in answer ? 404 : 200).end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  const endpoint = `http://127.0.0.1:${port}`;
  const told: string[] = [];
  const listening = runner.logger.subscribe(({ level, message }) =>
    told.push(`${level}: ${message}`),
  );
  t.after(() => listening.unsubscribe());
  const addAt = async (at: string) =>
    (await add(await newApplication(), { endpoint: at })).readContent(CONFIG);
  assert.match(await addAt(`${endpoint}/`), /providePoolhouse/);
  answer = { signInNames: ['username', 'email'], signUp: { open: false } };
  await addAt(endpoint);
  await addAt('http://127.0.0.1:1');
  assert.deepEqual(asked, Array(2).fill('/eu-west-1_aBcDeFgHi/clients/abc123/settings'));
  assert.deepEqual(told, [
    `warn: ${endpoint}/ says: User pool client abc123 does not exist.`,
    'info: The pool takes username, email to sign in; sign-up is for administrators only.',
    'warn: Nothing that knows user pools answers at http://127.0.0.1:1. Is the server running?',
  ]);
});

test('an endpoint is written, and cannot break out of its text', async () => {
  const endpoint = "http://localhost:8400/it's";
  const config = (await add(await newApplication(), { endpoint })).readContent(CONFIG);
  assert.match(config, /endpoint: 'http:\/\/localhost:8400\/it\\'s'/);
});

test('twice is as good as once', async () => {
  const once = await add(await newApplication());
  const before = once.readContent(CONFIG);
  assert.equal((await add(once)).readContent(CONFIG), before);
});

const CLIENTS: readonly (readonly [had: string, gets: RegExp])[] = [
  ['provideHttpClient()', /provideHttpClient\(withInterceptors\(\[poolhouseInterceptor\]\)\)/],
  [
    'provideHttpClient(withFetch())',
    /provideHttpClient\(withFetch\(\), withInterceptors\(\[poolhouseInterceptor\]\)\)/,
  ],
  [
    'provideHttpClient(withFetch(), withInterceptors([mine]))',
    /provideHttpClient\(withFetch\(\), withInterceptors\(\[mine, poolhouseInterceptor\]\)\)/,
  ],
  [
    'provideHttpClient(withInterceptors(all))',
    /provideHttpClient\(withInterceptors\(all\), withInterceptors\(\[poolhouseInterceptor\]\)\)/,
  ],
];

for (const [had, gets] of CLIENTS) {
  test(`an application with ${had} keeps it`, async () => {
    const tree = await newApplication();
    const config = tree.readContent(CONFIG).replace('providers: [', `providers: [\n    ${had},`);
    tree.overwrite(CONFIG, config);
    const text = squeezed((await add(tree)).readContent(CONFIG));
    assert.match(text, gets);
    assert.equal(text.match(/provideHttpClient\(/g)?.length, 1);
    assert.match(text, /import \{[^}]*poolhouseInterceptor[^}]*\} from '@poolhouse\/angular'/);
  });
}

test('an application of modules gets them in its module', async () => {
  const text = squeezed(
    (await add(await newApplication({ standalone: false }))).readContent(MODULE),
  );
  assert.match(text, /providePoolhouse\(\{userPoolId: 'eu-west-1_aBcDeFgHi'/);
  assert.match(text, /provideHttpClient\(withInterceptors\(\[poolhouseInterceptor\]\)\)/);
});

test('what cannot be is refused', async () => {
  const tree = await newApplication();
  await assert.rejects(add(tree, { project: 'other' }), /"other" is not in this workspace/);
  await assert.rejects(add(tree, { userPoolId: 'no pool' }), /userPoolId|pattern/);
});
