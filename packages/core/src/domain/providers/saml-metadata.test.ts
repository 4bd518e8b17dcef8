import assert from 'node:assert/strict';
import { test } from 'node:test';
import { samlEndpoints } from './saml-metadata.ts';

const redirect = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect';
const post = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST';
const metadata = (services: string, descriptor = 'md:IDPSSODescriptor') =>
  `<?xml version="1.0"?>\n<md:EntityDescriptor xmlns:md="urn:x" entityID='e'><${descriptor} a="b">${services}</${descriptor}></md:EntityDescriptor>`;

test('the endpoints for redirects are read, whatever the prefix and the order of attributes', () => {
  const both = metadata(
    `<md:SingleLogoutService Location="https://a.example/out?x=1&amp;y=2" Binding="${redirect}"/>
     <md:SingleSignOnService Binding="${post}" Location="https://a.example/post"/>
     <md:SingleSignOnService
        Location='https://a.example/in' Binding = '${redirect}' />`,
  );
  assert.deepEqual(samlEndpoints(both), {
    signOn: 'https://a.example/in',
    logout: 'https://a.example/out?x=1&y=2',
  });
  const bare = `<SingleSignOnService Binding="${redirect}" Location="http://a.example/in"></SingleSignOnService>`;
  assert.deepEqual(samlEndpoints(metadata(bare, 'IDPSSODescriptor')), {
    signOn: 'http://a.example/in',
  });
});

test('what is no metadata of a provider is none, and no script is an endpoint', () => {
  const service = `<SingleSignOnService Binding="${redirect}" Location="https://a.example/in"/>`;
  const others = [
    ...['', 'x', '{}', '<html></html>', service, metadata('')],
    metadata(service, 'md:SPSSODescriptor'),
    metadata(service.replace(redirect, post)),
    metadata(service.replace('https:', 'javascript:')),
    `<!DOCTYPE x [<!ENTITY e "f">]>${metadata(service)}`,
  ];
  for (const other of others) assert.equal(samlEndpoints(other), undefined, other);
});

test('hostile texts take no long time', () => {
  const size = 100_000;
  for (const text of [
    '<'.repeat(size),
    `<${'a'.repeat(size)}`,
    `<a${' '.repeat(size)}`,
    `<a ${'b="'.repeat(size)}`,
    `<a ${'b="" '.repeat(size)}`,
    '<a b='.repeat(size),
  ]) {
    const startMs = performance.now();
    samlEndpoints(text);
    assert.ok(performance.now() - startMs < 500, text.slice(0, 20));
  }
});
