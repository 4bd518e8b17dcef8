import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalName, foldText, mailAddress } from './canonical-name.ts';

const key = (text: string, ignoresCase = true) => canonicalName(text, { ignoresCase });
const hidden = '\u200d';

/** Every character that there is, halves of pairs apart. */
function* everyCharacter(): Generator<string> {
  for (let point = 0; point <= 0x10ffff; point += 1) {
    if (point < 0xd800 || point > 0xdfff) yield String.fromCodePoint(point);
  }
}

/** Characters that a key changes, or that a domain may change: the others are themselves wherever they stand. */
const restless = [...everyCharacter()].filter(
  (character) =>
    !/\p{Cn}|\p{Co}/u.test(character) &&
    (foldText(character) !== character || character.normalize('NFC') !== character),
);

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

test('a key is its own key: every character there is, alone', () => {
  for (const character of everyCharacter()) {
    for (const ignoresCase of [true, false]) {
      const once = key(character, ignoresCase);
      assert.equal(key(once, ignoresCase), once, character.codePointAt(0)?.toString(16));
    }
  }
});

test('a key is its own key, and an address keeps the domain to which it goes: every restless character, anywhere', () => {
  assert.ok(restless.length > 6_000);
  for (const one of restless) {
    for (const text of [
      `a${one}b`,
      `e${one}\u0301`,
      `jo${one}e@example.com`,
      `joe@exa${one}mple.com`,
      `joe${one}example.com`,
      `joe@${one}straße.de`,
    ]) {
      for (const ignoresCase of [true, false]) {
        const once = key(text, ignoresCase);
        assert.equal(key(once, ignoresCase), once, JSON.stringify(text));
        const address = mailAddress(text);
        if (address !== undefined)
          assert.equal(key(address, ignoresCase), once, JSON.stringify(text));
      }
    }
  }
});

test('a key is its own key, whatever way a text is written: 30,000 texts of odd characters', () => {
  let seed = 20_261_123;
  const below = (end: number): number => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    return seed % end;
  };
  const odd = 'aAsSßeiIıİ.@σςΣ-1\u0345\u0301\u0307\u0323\u034f\u200d\u3164';
  const pick = () =>
    (below(2) === 0 ? restless[below(restless.length)] : odd[below(odd.length)]) ?? '';
  for (let round = 0; round < 30_000; round += 1) {
    const text = Array.from({ length: 1 + below(7) }, pick).join('');
    assert.equal(key(key(text, false), false), key(text, false), JSON.stringify(text));
    const once = key(text);
    assert.equal(key(once), once, JSON.stringify(text));
    if (text.includes('@')) continue;
    for (const form of [
      text.toLowerCase(),
      text.toUpperCase(),
      text.normalize('NFD'),
      text.normalize('NFKD'),
    ]) {
      assert.equal(key(form), once, JSON.stringify(text));
    }
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
