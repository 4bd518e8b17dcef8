import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isIpRange } from './ip-range.ts';

test('ranges of both kinds of addresses are known', () => {
  for (const range of [
    '192.0.2.0/24',
    '0.0.0.0/0',
    '255.255.255.255/32',
    '2001:db8::/32',
    '::/0',
    '::1/128',
    '1:2:3:4:5:6:7:8/64',
    '1:2:3:4:5:6:7::/112',
    'FE80::ABCD/10',
    '::ffff:192.0.2.1/120',
    '64:ff9b::192.0.2.0/120',
  ]) {
    assert(isIpRange(range), range);
  }
});

test('bare addresses, names, and what only looks like a range are none', () => {
  for (const text of [
    '',
    '/',
    '192.0.2.1',
    '2001:db8::1',
    '192.0.2.0/33',
    '192.0.2.0/-1',
    '192.0.2.0/',
    '192.0.2.0/24 ',
    '192.0.2/24',
    '192.0.2.256/24',
    '192.0.02.1/24',
    '192.0.2.0.1/24',
    '::/129',
    ':::/64',
    '1::2::3/64',
    '1:2:3:4:5:6:7/64',
    '1:2:3:4:5:6:7:8:9/64',
    '1:2:3:4:5:6:7:8::/64',
    '12345::/64',
    'g::/64',
    '::192.0.2.256/96',
    '192.0.2.1::/96',
    'example.com/24',
    `${'1'.repeat(100_000)}/24`,
  ]) {
    assert(!isIpRange(text), text.slice(0, 40));
  }
});
