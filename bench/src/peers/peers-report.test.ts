import assert from 'node:assert/strict';
import { test } from 'node:test';
import { peersReport } from './peers-report.ts';

const product = { cpuMs: 10, perSecond: 100 };
const peers = [
  { name: 'better-auth', leavesOut: 'signs no tokens' },
  { name: 'cognito-local', leavesOut: 'keeps passwords in clear' },
];

function reached(row: Parameters<typeof peersReport>[0][number]): string | undefined {
  return peersReport([row], peers).split('\n')[2]?.split(' | ').at(-1)?.replace(' |', '');
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
  );
  assert.equal(report.match(/refresh/g), null);
  assert.match(
    report,
    /- better-auth signs no tokens\.\n- cognito-local keeps passwords in clear\./,
  );
});
