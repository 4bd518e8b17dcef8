import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isEmailAddress, isMailSender, isPhoneNumber } from './address-form.ts';

test('a mail address has exactly one recipient (security.md A12)', () => {
  const good = ['a@b.co', 'a.b+c@example.com', "o'neil@example.co.uk", 'a@bücher.example'];
  const bad = [
    'a@b.com,evil@x.com',
    'a@b.com;evil@x.com',
    '"a@b.com" <evil@x.com>',
    '"a"@x.com',
    'a@b.com%00@x.com',
    'a\0@x.com',
    'a@x.com\0',
    'a@x.com\r\nBcc: evil@x.com',
    'a(comment)@x.com',
    'a b@x.com',
    ' a@x.com',
    'a@x.com ',
    '<a@x.com>',
    '.a@x.com',
    'a..b@x.com',
    'a.@x.com',
    '@x.com',
    'a@',
    'a@x',
    'a@-x.com',
    'a@x..com',
    'a@[127.0.0.1]',
    'а@x.com',
    `${'a'.repeat(65)}@x.com`,
    `a@${'x'.repeat(64)}.com`,
    `a@${'x.'.repeat(130)}com`,
    '',
  ];
  for (const address of good) assert.equal(isEmailAddress(address), true, address);
  for (const address of bad) assert.equal(isEmailAddress(address), false, address);
});

test('phone numbers are E.164', () => {
  for (const number of ['+15555550100', '+4930123456']) assert.equal(isPhoneNumber(number), true);
  for (const number of ['', '+', '+0123', '15555550100', '+1 555', '+1234567890123456', '+12\n']) {
    assert.equal(isPhoneNumber(number), false, number);
  }
});

test('a sender is one address, with a name before it at most', () => {
  for (const sender of ['a@b.co', 'Shop <a@b.co>', 'Müller, the shop <a@b.co>', '<a@b.co>']) {
    assert.equal(isMailSender(sender), true, sender);
  }
  for (const sender of ['', 'Shop', 'a@b.co <>', 'A <a@b.co>, B <b@b.co>', 'A\r\nBcc: <a@b.co>']) {
    assert.equal(isMailSender(sender), false, sender);
  }
});
