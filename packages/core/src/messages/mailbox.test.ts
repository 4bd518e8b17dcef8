import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mailboxOf } from './mailbox.ts';

test('addresses that one person reads are one mailbox', () => {
  for (const [one, ...others] of [
    [
      'maralee@example.com',
      'Mara.Lee@EXAMPLE.com',
      'm.a.r.a.l.e.e+shop@example.com',
      'maralee+@example.com',
    ],
    ['joe@xn--mller-kva.de', 'joe@MÜLLER.de', 'JOE@mu\u0308ller.de', 'joe@müller。de'],
    ['+joe@example.com', '+Joe+a+b@example.com'],
  ] as const) {
    for (const other of others)
      assert.equal(mailboxOf('EMAIL', other), mailboxOf('EMAIL', one), other);
  }
});

test('different people have different mailboxes', () => {
  const all = [
    'joe@example.com',
    'joe@example.org',
    'jo@example.com',
    '+joe@example.com',
    '+1@example.com',
  ];
  assert.equal(new Set(all.map((one) => mailboxOf('EMAIL', one))).size, all.length);
  assert.notEqual(mailboxOf('SMS', '+15550100'), mailboxOf('SMS', '+15550101'));
});
