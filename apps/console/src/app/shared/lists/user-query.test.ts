import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UserQuery } from './user-query.ts';

test('without a text the state is asked of the server', () => {
  assert.deepEqual(new UserQuery().filters(), [undefined]);
  assert.deepEqual(new UserQuery('  ', 'email').filters(), [undefined]);
  assert.deepEqual(new UserQuery('', 'anything', 'Disabled').filters(), ['status = "Disabled"']);
  assert.deepEqual(new UserQuery('', 'anything', 'UNCONFIRMED').filters(), [
    'cognito:user_status = "UNCONFIRMED"',
  ]);
});

test('a text is looked for where it can be the beginning of a value', () => {
  assert.deepEqual(new UserQuery('mara@ex').filters(), [
    'email ^= "mara@ex"',
    'username ^= "mara@ex"',
    'preferred_username ^= "mara@ex"',
  ]);
  assert.deepEqual(new UserQuery('+49 (170) 1').filters(), [
    'phone_number ^= "+491701"',
    'username ^= "+49 (170) 1"',
  ]);
  assert.ok(new UserQuery('34C84488').filters().includes('sub ^= "34c84488"'));
  assert.ok(!new UserQuery('mara').filters().some((filter) => filter?.startsWith('sub')));
  assert.deepEqual(new UserQuery('a"b\\c', 'name').filters(), ['name ^= "a\\"b\\\\c"']);
});

test('a state beside a text is looked at here', () => {
  const disabled = new UserQuery('mara', 'anything', 'Disabled');
  assert.ok(disabled.accepts({ Enabled: false, UserStatus: 'CONFIRMED' }));
  assert.ok(!disabled.accepts({ Enabled: true, UserStatus: 'CONFIRMED' }));
  const waiting = new UserQuery('mara', 'email', 'UNCONFIRMED');
  assert.ok(waiting.accepts({ Enabled: true, UserStatus: 'UNCONFIRMED' }));
  assert.ok(!waiting.accepts({ Enabled: true, UserStatus: 'CONFIRMED' }));
  assert.ok(!disabled.isPaged && waiting.isPaged && new UserQuery().isPaged);
});

test('a query survives the address of the page, and nonsense there is left out', () => {
  const query = new UserQuery('mara', 'email', 'CONFIRMED');
  const url = query.toUrl();
  assert.deepEqual(
    UserQuery.fromUrl((name) => url[name as keyof typeof url]),
    query,
  );
  assert.deepEqual(
    UserQuery.fromUrl((name) => ({ by: 'shoe size', state: 'HAPPY' })[name] ?? null),
    new UserQuery(),
  );
  assert.deepEqual(new UserQuery().toUrl(), { q: null, by: null, state: null, sort: null });
  const sorted = new UserQuery().with({ sort: 'a-z' });
  assert.equal(sorted.toUrl().sort, 'a-z');
  assert.deepEqual(
    UserQuery.fromUrl((name) => ({ sort: 'a-z' })[name] ?? null),
    sorted,
  );
});

test('an order stays chosen where there is none, and counts again where there is', () => {
  const sorted = new UserQuery().with({ sort: 'z-a' });
  assert.equal(new UserQuery().order, 'newest');
  assert.equal(sorted.order, 'z-a');
  const narrowed = sorted.with({ state: 'Disabled' });
  assert.deepEqual([narrowed.order, narrowed.sorts], ['newest', ['newest', 'oldest']]);
  assert.equal(narrowed.with({ sort: 'oldest' }).order, 'oldest');
  const searched = narrowed.with({ text: 'mara' });
  assert.deepEqual([searched.order, searched.sorts], [undefined, []]);
  assert.equal(searched.with({ text: '', state: undefined }).order, 'z-a');
});
