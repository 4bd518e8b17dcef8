import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fill, html } from './html.ts';

test('what is put into HTML is text, unless it was made as HTML', () => {
  const name = `<img src=x onerror="alert('1')"> & co`;
  const escaped = '&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt; &amp; co';
  assert.equal(html`<a title="${name}">${name}</a>`.text, `<a title="${escaped}">${escaped}</a>`);
  assert.equal(html`<p>${html`<b>${name}</b>`}</p>`.text, `<p><b>${escaped}</b></p>`);
  assert.equal(html`${[1, 2].map((n) => html`<i>${n}</i>`)}`.text, '<i>1</i><i>2</i>');
  assert.equal(html`a${undefined}b${false}c`.text, 'abc');
});

test('an address leads to a page, of ours or elsewhere, or nowhere', () => {
  const hrefOf = (address: string) =>
    /href="([^"]*)"/.exec(html`<a href="${address}">x</a>`.text)?.[1];
  for (const address of [
    '/inbox',
    'https://example.com/in?a=1',
    'http://localhost:4000',
    '?x',
    '#y',
  ]) {
    assert.equal(hrefOf(address), address);
  }
  for (const address of [
    'javascript:alert(1)',
    ' JAVASCRIPT:alert(1)',
    'java\nscript:alert(1)',
    '\u0001javascript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'blob:https://example.com/1',
    'shop://in',
    'https://',
  ]) {
    assert.equal(hrefOf(address), `unsafe:${address}`);
  }
  assert.equal(
    html`<form action="${'javascript:x'}"></form>`.text,
    '<form action="unsafe:javascript:x"></form>',
  );
  assert.equal(html`<p title="${'javascript:x'}"></p>`.text, '<p title="javascript:x"></p>');
});

test('a text has its places filled with texts or HTML, and others left as they are', () => {
  const filled = (text: string, parts: Parameters<typeof fill>[1]) => fill(text, parts).text;
  assert.equal(filled('{app} & {app}', { app: '<i>' }), '&lt;i&gt; &amp; &lt;i&gt;');
  assert.equal(filled('Hello {name}', { name: html`<b>${'<'}</b>` }), 'Hello <b>&lt;</b>');
  assert.equal(filled('{app}{name}', { app: '{name}', name: 'x' }), '{name}x');
  assert.equal(filled('<b>{constructor} {} {a b}', {}), '&lt;b&gt;{constructor} {} {a b}');
  assert.equal(filled('{app}', { app: undefined }), '');
});
