import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mailDocument } from './mail-document.ts';
import { textOfHtml } from './text-of-html.ts';

const cases: readonly (readonly [html: string, text: string])[] = [
  ['Your verification code is 123456. ', 'Your verification code is 123456.'],
  [
    'Click: <a href="http://h/d/x?a=1&amp;b=2">Verify Email</a> ',
    'Click: Verify Email: http://h/d/x?a=1&b=2',
  ],
  ["<a class=b href='https://e.com/'>https://e.com/</a>", 'https://e.com/'],
  ['<h1>Hello</h1><p>One<br>two</p><ul><li>a</li><li>b</li></ul>', 'Hello\nOne\ntwo\n\n- a\n- b'],
  ['<style>p{color:red}</style><!-- note --><p>Seen</p>', 'Seen'],
  ['&amp;lt;b&amp;gt; &#233;&#xe9; &nbsp;&bogus; 1 < 2', '&lt;b&gt; éé  &bogus; 1 < 2'],
  ['<script>alert(1)', ''],
];

for (const [html, text] of cases) {
  test(`the text of ${html.slice(0, 40)}`, () => assert.equal(textOfHtml(html), text));
}

test('templates that are meant to be slow are not', () => {
  for (const piece of ['<a href="', '<a ', '<style>', '<!--', '<a href="x">', '&#', '< ']) {
    const html = piece.repeat(Math.ceil(20_000 / piece.length));
    assert(textOfHtml(html).length <= html.length);
  }
});

test('a document is left unchanged, a fragment becomes one', () => {
  const whole = '<!DOCTYPE html><html><body>x</body></html>';
  assert.equal(mailDocument(whole), whole);
  assert.match(
    mailDocument('Your code is 1. '),
    /^<!doctype html>[^]*<body[^>]*>\nYour code is 1\. \n<\/body>/,
  );
});
