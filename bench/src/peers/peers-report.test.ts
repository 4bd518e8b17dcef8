import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OptionError, readPeersOptions } from '../options.ts';
import { peersReport } from './peers-report.ts';

const product = { cpuMs: 10, perSecond: 100 };
const run = { people: 1_000, rounds: 3 };
const peers = [
  { name: 'better-auth', leavesOut: 'signs no tokens' },
  { name: 'cognito-local', leavesOut: 'keeps passwords in clear' },
];

function reached(row: Parameters<typeof peersReport>[0][number]): string | undefined {
  return peersReport([row], peers, run).split('\n')[4]?.split(' | ').at(-1)?.replace(' |', '');
}

test('a goal is reached by CPU and by requests a second, each as many times as it says', () => {
  const signIn = (cpuMs: number, perSecond: number) =>
    reached({
      key: 'password',
      title: 'password sign-in',
      product,
      peers: new Map([['better-auth', { cpuMs, perSecond }]]),
    });
  assert.equal(signIn(60, 100), 'yes');
  assert.equal(signIn(59, 100), 'NO');
  assert.equal(signIn(60, 101), 'NO');
  assert.equal(
    reached({
      key: 'get-user',
      title: 'GetUser',
      product,
      peers: new Map([['cognito-local', { cpuMs: 10, perSecond: 100 }]]),
    }),
    'yes',
  );
});

test('a peer that cannot do something has no line there, and each is told what it leaves out', () => {
  const report = peersReport(
    [{ key: 'refresh', title: 'refresh', product, peers: new Map([['better-auth', undefined]]) }],
    peers,
    run,
  );
  assert.equal(report.match(/refresh/g), null);
  assert.match(
    report,
    /- better-auth signs no tokens\.\n- cognito-local keeps passwords in clear\./,
  );
});

test('what no peer can do, too many users and options that say nothing here are refused', () => {
  assert.deepEqual(readPeersOptions(['--users', '400', '--only', 'refresh,get-user']), {
    people: 400,
    rounds: 3,
    only: ['get-user', 'refresh'],
  });
  for (const wrong of [
    ['--only', 'srp'],
    ['--only', ''],
    ['--users', '5001'],
    ['--quick'],
    ['--operations', '5'],
    ['--profile', 'x'],
  ]) {
    assert.throws(() => readPeersOptions(wrong), OptionError, wrong.join(' '));
  }
});
