import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diffOf, isChained, kindOf, parametersOf, type AuditEntry } from './audit-entry.ts';

const record = 'user-pool' as const;

test('a diff goes down to where the values differ', () => {
  const lines = diffOf({
    record,
    name: 'shop',
    before: { name: 'shop', settings: { Policies: { Min: 8, Upper: true }, Tags: { a: '1' } } },
    after: { name: 'web', settings: { Policies: { Min: 12, Upper: true } }, list: ['x'] },
  });
  assert.deepEqual(lines, [
    { member: 'name', before: 'shop', after: 'web' },
    { member: 'settings.Policies.Min', before: '8', after: '12' },
    { member: 'settings.Tags', before: '{"a":"1"}', after: undefined },
    { member: 'list', before: undefined, after: '["x"]' },
  ]);
});

test('what was made has no before, what was removed no after', () => {
  assert.equal(kindOf({ record, name: 'a', after: {} }), 'made');
  assert.equal(kindOf({ record, name: 'a', before: {} }), 'removed');
  assert.equal(kindOf({ record, name: 'a', before: {}, after: {} }), 'changed');
  assert.equal(kindOf({ record, name: 'a', before: {}, after: {}, erased: true }), 'erased');
  assert.deepEqual(diffOf({ record, name: 'a', after: { x: true } }), [
    { member: 'x', before: undefined, after: 'true' },
  ]);
});

test('neighbours must be chained; gaps of a filter are no break', () => {
  const entry = (number: number, previousHash: string, hash: string) =>
    ({ number, previousHash, hash }) as AuditEntry;
  assert.ok(isChained([entry(3, 'b', 'c'), entry(2, 'a', 'b'), entry(1, '', 'a')]));
  assert.ok(isChained([entry(9, 'x', 'y'), entry(2, 'a', 'b')]));
  assert.ok(!isChained([entry(3, 'forged', 'c'), entry(2, 'a', 'b')]));
});

test('a last day counts to its end', () => {
  const query = parametersOf({ actor: ' owner ', since: '2026-11-01', until: '2026-11-01' });
  const length = Date.parse(query['until'] ?? '') - Date.parse(query['since'] ?? '');
  assert.equal(length, 24 * 3_600_000 - 1);
  assert.deepEqual([query['actor'], query['operation']], ['owner', undefined]);
  assert.equal(parametersOf({ since: 'yesterday' })['since'], undefined);
});
