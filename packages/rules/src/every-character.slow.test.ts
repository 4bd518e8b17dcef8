import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalName, foldText, mailAddress } from './canonical-name.ts';

const key = (text: string, ignoresCase = true) => canonicalName(text, { ignoresCase });

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
