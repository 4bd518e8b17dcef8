import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mutantsOf } from './mutants-of.ts';

const faults = (source: string) => mutantsOf(source).map(({ was, is }) => `${was} -> ${is}`);

test('comparisons are turned and moved by one', () => {
  assert.deepEqual(faults('const a = b < c;'), ['< -> <=', '< -> >=']);
  assert.deepEqual(faults('const a = b === c;'), ['=== -> !==']);
});

test('conditions always hold, and never', () => {
  const source = 'if (a && b) c();';
  assert.deepEqual(faults(source), [
    'a && b -> true',
    'a && b -> false',
    'a -> true',
    'a -> false',
    '&& -> ||',
    'b -> true',
    'b -> false',
    'c(); -> ;',
  ]);
  assert.equal(mutantsOf(source)[4]?.source, 'if (a || b) c();');
});

test('texts, numbers, answers and what stands in for nothing', () => {
  assert.deepEqual(faults("function f() { return a ?? 'b'; }"), [
    "return a ?? 'b'; -> return undefined;",
    "a ?? 'b' -> (a)",
    "a ?? 'b' -> ('b')",
    "'b' -> 'mutant'",
  ]);
  assert.deepEqual(faults('const a = 1_000;'), ['1_000 -> (1000 + 1)']);
});

test('types, imports and what changes nothing stay', () => {
  assert.deepEqual(
    faults("import a from 'a'; type B = 'b' | 1; let c: 'c'; interface D { e: true }"),
    [],
  );
  assert.deepEqual(faults('function f() { return undefined; }'), []);
});

test('a fault has the line where it begins', () => {
  assert.equal(mutantsOf('\n\nconst a = true;')[0]?.line, 3);
});
