import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ServerDraft } from './server-draft.ts';

const scope = (name: string, description = 'Reads') => ({ name, description });
const good = { name: 'API', identifier: 'https://api.example.com', scopes: [scope('read')] };

test('what is missing or has another form is named by its field', () => {
  const draft = new ServerDraft(good);
  assert.deepEqual(draft.problems, {});
  for (const [values, problems] of [
    [{ name: ' ' }, { name: 'no-name' }],
    [{ name: 'API!' }, { name: 'name' }],
    [{ identifier: '' }, { identifier: 'no-identifier' }],
    [{ identifier: 'my api' }, { identifier: 'identifier' }],
    [{ identifier: 'a'.repeat(257) }, { identifier: 'identifier' }],
    [{ scopes: [scope('')] }, { 'scope-0': 'no-scope' }],
    [{ scopes: [scope('a'), scope('a/b')] }, { 'scope-1': 'scope' }],
    [{ scopes: [scope('a', ' ')] }, { 'description-0': 'no-description' }],
  ] as const) {
    assert.deepEqual(draft.with(values).problems, problems);
  }
  const twice = draft.with({ scopes: [scope('a'), scope('b'), scope('a')] });
  assert.deepEqual(twice.problems, { 'scope-2': 'scope-twice' });
});

test('a draft of a resource server sends it back as it is, or with what was changed', () => {
  const server = {
    ...{ UserPoolId: 'eu-west-1_a', Identifier: 'api', Name: 'API' },
    Scopes: [{ ScopeName: 'read', ScopeDescription: 'Reads' }],
  };
  const draft = ServerDraft.of(server);
  assert.deepEqual(draft.input('eu-west-1_a'), server);
  const more = draft.withOneMore().withScope(1, scope('write', ' Writes ')).without(0);
  const Scopes = [{ ScopeName: 'write', ScopeDescription: 'Writes' }];
  assert.deepEqual(more.input('eu-west-1_a'), { ...server, Scopes });
});
