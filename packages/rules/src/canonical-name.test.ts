import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalName, mailAddress } from './canonical-name.ts';

const key = (text: string, ignoresCase = true) => canonicalName(text, { ignoresCase });
const hidden = '\u200d';

test('texts that show the same name have one key where case is ignored', () => {
  for (const [name, ...variants] of [
    ['mark', 'MARK', 'mar\u212a', 'ｍａｒｋ', '𝐌𝐚𝐫𝐤', `m${hidden}ark`, 'ma\u00adrk', 'ⓜark'],
    ['éva', 'E\u0301VA', 'e\u200b\u0301va'],
    ['strasse', 'STRASSE', 'Straße', 'STRAẞE', '\u017ftra\u017fse'],
    ['σοφοσ', 'ΣΟΦΟΣ', 'σοφος'],
    ['fine', 'ﬁne', 'FINE'],
    ['joe@example.com', 'Joe@EXAMPLE.com', 'joe＠ｅxample。com', `j${hidden}oe@example.com`],
    ['joe@xn--mller-kva.de', 'JOE@müller.de', 'joe@MU\u0308LLER.de', 'joe@XN--MLLER-KVA.DE'],
    ['joe@xn--strae-oqa.de', 'Joe@straße.de', 'joe@STRAẞE.de', 'joe@Straße。de'],
  ] as const) {
    assert.equal(key(name), name);
    for (const variant of variants) assert.equal(key(variant), name, JSON.stringify(variant));
  }
});

test('where case counts, only accents and what cannot be seen make no difference, and mail domains are domains', () => {
  assert.equal(key('E\u0301va', false), '\u00c9va');
  assert.equal(key(`Ma${hidden}rk`, false), 'Mark');
  assert.equal(key('ｍark', false), 'ｍark');
  assert.equal(key('Joe@Example.COM', false), 'Joe@example.com');
  assert.notEqual(key('mark', false), key('Mark', false));
});

test('what are two domains stay two', () => {
  for (const [one, other] of [
    ['joe@straße.de', 'joe@strasse.de'],
    ['joe@νικος.gr', 'joe@νικοσ.gr'],
    ['joe@نامه\u200cای.com', 'joe@نامهای.com'],
  ] as const) {
    assert.notEqual(key(one), key(other), one);
    assert.notEqual(mailAddress(one), mailAddress(other), one);
  }
});

test('a mail address goes to the ASCII form of its domain', () => {
  for (const [text, address] of [
    ['Joe@Example.com', 'Joe@example.com'],
    ['joe@MÜLLER.de', 'joe@xn--mller-kva.de'],
    ['joe@ｅxample。com', 'joe@example.com'],
    ['joe@exa\u034fmple.com', 'joe@example.com'],
    ['joe@faß.de', 'joe@xn--fa-hia.de'],
    ['joe@1.2', 'joe@1.2'],
  ] as const) {
    assert.equal(mailAddress(text), address, text);
  }
});

test('what no mail server would take is no mail address', () => {
  for (const domain of [
    'example',
    'exa_mple.com',
    'a..b',
    '.com',
    'example.com.',
    '-a.com',
    'a-.com',
    'a%41.com',
    'a/b.com',
    'a:8.com',
    'a@b.com',
    'exam\u200dple.com',
    'exam\u00adple.com',
    '\u0301a.com',
    'אb.com',
    '\u0378.de',
    'xn--a.de',
    'xn--.de',
    'xn--example-.de',
    'xn--u-ccb.com',
    'xn--1ug.com',
    `${'a'.repeat(64)}.com`,
    `${'ü'.repeat(60)}.com`,
    `${'a.'.repeat(126)}com`,
    'example\t.com',
    'example.com\n',
    '[127.0.0.1]',
  ]) {
    assert.equal(mailAddress(`joe@${domain}`), undefined, JSON.stringify(domain));
  }
  for (const local of [
    '',
    'mar\u212a',
    'ｊoe',
    '.a',
    'a.',
    'a..b',
    '"a"',
    'a b',
    'a\u200d',
    'x'.repeat(65),
  ]) {
    assert.equal(mailAddress(`${local}@example.com`), undefined, JSON.stringify(local));
  }
});

test('a text too long for any name costs nothing to compare, and means what it is', () => {
  for (const ignoresCase of [true, false]) {
    for (const text of [
      '\ufdfa'.repeat(131_072),
      `A${hidden.repeat(2_048)}`,
      `a@${'ä'.repeat(3_000)}`,
    ]) {
      assert.equal(key(text, ignoresCase), text);
    }
  }
  // The longest that is kept is folded, and its key, though longer, is its own.
  const longest = key('\ufdfa'.repeat(2_048));
  assert.equal(longest.length, 18 * 2_048);
  assert.equal(key(longest), longest);
});
