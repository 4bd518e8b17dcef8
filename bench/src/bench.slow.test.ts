import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { median } from './measure.ts';
import { linesOf, tableOf } from './report.ts';
import { scenarios } from './load/scenario.ts';

function run(...options: string[]) {
  const main = fileURLToPath(new URL('main.ts', import.meta.url));
  return spawnSync(process.execPath, ['-C', 'poolhouse-source', main, ...options], {
    encoding: 'utf8',
    timeout: 120_000,
  });
}

test('a run ends with a table of floor, product and goal', () => {
  const { stdout, stderr, status } = run(
    ...['--only', 'refresh', '--users', '400', '--rounds', '1', '--operations', '5'],
  );
  assert.equal(status, 0, stderr);
  assert.match(
    stdout,
    /^\| refresh, access \+ ID token +\| +400 \| +\d[\d.]* \| +\d[\d.]* \| +\d[\d.]* \| <= 1\.15x \| +(yes|NO) \|$/m,
  );
});

test('invalid options are refused in one line', () => {
  for (const [options, said] of [
    [['--only', 'nothing'], /^There is no scenario nothing\.\n/],
    [['--users', '10'], /^--users takes whole numbers from 400 on\.\n/],
    [['--fast'], /^Unknown option '--fast'/],
    [['--stalls', 'many'], /^--stalls takes whole numbers from 1 on\.\n/],
    [['--stalls', '1', '2'], /^--stalls takes a number of users alone\.\n/],
  ] as const) {
    const { stderr, status } = run(...options);
    assert.equal(status, 2);
    assert.match(stderr, said);
  }
});

test('the table compares with the floor of the same size, and the largest pool with the smallest', () => {
  const [scenario] = scenarios.filter(({ key }) => key === 'get-user');
  const cost = (kind: 'floor' | 'product', people: number, cpuMs: number) => ({
    subject: { kind, people },
    cpuMs,
  });
  const lines = linesOf(scenario!, [
    cost('floor', 1_000, 0.1),
    cost('product', 1_000, 0.13),
    cost('floor', 1_000_000, 0.2),
    cost('product', 1_000_000, 0.32),
  ]);
  assert.deepEqual(
    tableOf(lines)
      .split('\n')
      .map((line) => line.replaceAll(/ +/g, ' ')),
    [
      '| operation | users | floor | product | ratio | goal | reached |',
      '|-----------------|----------:|------:|--------:|------:|--------:|--------:|',
      '| GetUser | 1,000 | 0.100 | 0.130 | 1.30 | <= 1.4x | yes |',
      '| GetUser | 1,000,000 | 0.200 | 0.320 | 1.60 | <= 1.4x | NO |',
      '| GetUser: growth | | 0.130 | 0.320 | 2.46 | <= 1.3x | NO |',
    ],
  );
});

test('the median is the one in the middle', () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([4, 1, 3, 2]), 2.5);
});
