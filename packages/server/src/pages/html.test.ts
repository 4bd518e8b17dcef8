import assert from 'node:assert/strict';
import { test } from 'node:test';
import { html } from './html.ts';

test('what is put into HTML is text, unless it was made as HTML', () => {
  const name = `<img src=x onerror="alert('1')"> & co`;
  const escaped = '&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt; &amp; co';
  assert.equal(html`<a title="${name}">${name}</a>`.text, `<a title="${escaped}">${escaped}</a>`);
  assert.equal(html`<p>${html`<b>${name}</b>`}</p>`.text, `<p><b>${escaped}</b></p>`);
  assert.equal(html`${[1, 2].map((n) => html`<i>${n}</i>`)}`.text, '<i>1</i><i>2</i>');
  assert.equal(html`a${undefined}b${false}c`.text, 'abc');
});
