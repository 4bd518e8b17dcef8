import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isNetwork, makeSourceOf } from './source-address.ts';

const from = (remoteAddress: string | undefined, headers: Record<string, string> = {}) => ({
  headers,
  socket: { remoteAddress },
});
const quiet = { warn: () => undefined };
const forwarded = (list: string) => ({ 'x-forwarded-for': list });

test('without a trusted proxy it is the connection’s own address, whatever headers say', () => {
  const sourceOf = makeSourceOf([], quiet);
  assert.equal(sourceOf(from('203.0.113.7')), '203.0.113.7');
  assert.equal(sourceOf(from('::ffff:203.0.113.7')), '203.0.113.7');
  assert.equal(sourceOf(from('203.0.113.7', forwarded('192.0.2.1'))), '203.0.113.7');
  assert.equal(sourceOf(from('127.0.0.1')), '127.0.0.1');
  assert.equal(sourceOf(from(undefined)), undefined);
});

test('an unconfigured proxy counts as the source itself, and the log says once for each what to set', () => {
  const warned: unknown[] = [];
  const sourceOf = makeSourceOf([], { warn: (event, fields) => warned.push([event, fields]) });
  const near = ['127.0.0.1', '10.1.2.3', '172.20.0.1', '192.168.1.1', '100.64.0.7'];
  for (const proxy of near) {
    for (const name of ['x-forwarded-for', 'forwarded', 'x-real-ip']) {
      assert.equal(sourceOf(from(proxy, { [name]: '192.0.2.1' })), proxy);
    }
  }
  assert.equal(sourceOf(from('::1', forwarded('192.0.2.1'))), '0:0:0:0::/64');
  assert.equal(warned.length, near.length + 1);
  assert.deepEqual(warned[1], [
    'proxy.untrusted',
    {
      proxy: '10.1.2.3',
      effect: 'its headers count for nothing; all behind it count as one address',
      fix: 'If it is your own proxy, set POOLHOUSE_TRUSTED_PROXIES=10.1.2.3.',
    },
  ]);
  // Strangers on the internet put anything into headers; that is expected, and must not fill the log.
  sourceOf(from('203.0.113.7', forwarded('192.0.2.1')));
  for (let host = 0; host < 100; host += 1) sourceOf(from(`10.9.9.${host}`, forwarded('x')));
  assert.equal(warned.length, 10);
});

test('a trusted proxy is believed, and what precedes its entry is not', () => {
  const sourceOf = makeSourceOf(['127.0.0.1', '10.0.0.0/8', 'fd00::/8'], quiet);
  const cases: readonly [string, string, string][] = [
    ['127.0.0.1', '192.0.2.1', '192.0.2.1'],
    ['127.0.0.1', '6.6.6.6, 192.0.2.1', '192.0.2.1'],
    ['127.0.0.1', '6.6.6.6, 192.0.2.1, 10.0.0.9', '192.0.2.1'],
    ['::ffff:10.9.9.9', '192.0.2.1:51234', '192.0.2.1'],
    ['fd00::1', '[2001:db8::1]:443', '2001:db8:0:0::/64'],
    // A trusted proxy that says nothing usable counts as the source itself.
    ['127.0.0.1', '192.0.2.1, <script>', '127.0.0.1'],
    ['127.0.0.1', '', '127.0.0.1'],
    ['203.0.113.7', '192.0.2.1', '203.0.113.7'],
  ];
  for (const [remote, list, source] of cases) {
    assert.equal(sourceOf(from(remote, forwarded(list))), source, `${remote} ${list}`);
  }
  assert.equal(sourceOf(from('127.0.0.1')), '127.0.0.1');
});

test('for IPv6, the first half counts', () => {
  const sourceOf = makeSourceOf([], quiet);
  const network = '2001:db8:0:7::/64';
  for (const address of ['2001:db8:0:7::1', '2001:0db8:0000:0007:ffff::', '2001:db8:0:7:1:2:3:4']) {
    assert.equal(sourceOf(from(address)), network);
  }
  assert.notEqual(sourceOf(from('2001:db8:0:8::1')), network);
  assert.equal(sourceOf(from('fe80::1%eth0')), 'fe80:0:0:0::/64');
});

test('which texts are networks', () => {
  for (const text of ['10.0.0.1', '10.0.0.0/8', '::1', 'fd00::/8'])
    assert.ok(isNetwork(text), text);
  for (const text of [
    '',
    'proxy',
    '10.0.0.0/33',
    '10.0.0.0/8/8',
    'fd00::/129',
    '10.0.0.0/x',
    '10.0.0.0/',
  ]) {
    assert.ok(!isNetwork(text), text);
  }
});
