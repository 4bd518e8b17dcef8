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
    timeout: 240_000,
  });
}

test('a run ends with a table of floor, product and goal', () => {
  const { stdout, stderr, status } = run(
    ...[
      '--only',
      'refresh,totp,device,email-code,passkey',
      '--users',
      '400',
      '--rounds',
      '1',
      '--operations',
      '5',
    ],
  );
  assert.equal(status, 0, stderr);
  assert.match(
    stdout,
    /^\| refresh, access \+ ID token +\| +400 \| +\d[\d.]* \| +\d[\d.]* \| +\d[\d.]* \| <= 1\.15x \| +(yes|NO) \|$/m,
  );
  for (const title of [
    'password \\+ TOTP, test',
    'password \\+ device, test',
    'email code sign-in,',
    'passkey sign-in,',
  ]) {
    assert.match(stdout, new RegExp(String.raw`^\| ${title} .*\| +400 \|.* <= 1\.25x \|`, 'm'));
  }
});

test('timing ends with a line for each request, and says if what must be told apart was not', () => {
  const { stdout, stderr, status } = run(
    ...['--timing', '--samples', '2', '--only', 'control,srp,resend'],
  );
  const [, , ...others] = stdout
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.replaceAll(/ +/g, ' '));
  const control = others.pop() ?? '';
  // Two samples are too few for the rank test, whatever they are.
  assert.match(
    control,
    /^\| wrong password, client that tells \| \d[\d.]* \| \d[\d.]* \| [01]\.\d{6} \| (time, )?answer \| (yes|NO) \| 400 NotAuthorizedException .* \| 400 UserNotFoundException /,
  );
  assert.equal(others.length, 2, stderr);
  assert.match(others[0] ?? '', /^\| SRP, start \| .* \| 200 PASSWORD_VERIFIER$/);
  assert.match(others[1] ?? '', /^\| ResendConfirmationCode \| .* \| 200$/);
  assert.equal(status, /\| NO +\|/.test(stdout) ? 1 : 0);
});

test('invalid options are refused in one line', () => {
  for (const [options, said] of [
    [['--only', 'nothing'], /^There is no scenario nothing\.\n/],
    [['--users', '10'], /^--users takes whole numbers from 400 on\.\n/],
    [['--fast'], /^Unknown option '--fast'/],
    [['--import', '0'], /^--import takes whole numbers from 1 on\.\n/],
    [['--import', '1', '2'], /^--import takes a number of users alone\.\n/],
    [['--stalls', 'many'], /^--stalls takes whole numbers from 1 on\.\n/],
    [['--stalls', '1', '2'], /^--stalls takes a number of users alone\.\n/],
    [['--timing', '--only', 'nothing'], /^There is no request nothing to time\.\n/],
    [['--timing', '--rounds', '2'], /^--timing takes no --rounds\.\n/],
    [['--samples', '10'], /^--samples follows --timing alone\.\n/],
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
