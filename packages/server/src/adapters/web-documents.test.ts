import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import { makeWebDocuments } from './web-documents.ts';

async function serve(t: TestContext, listener: RequestListener) {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? '');
    listener(request, response);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  t.after(() => (server.closeAllConnections(), server.close()));
  const { port } = server.address() as AddressInfo;
  return { port, requests, url: `http://127.0.0.1:${port}` };
}

const local = makeWebDocuments({ ownNetworks: ['127.0.0.0/8', '::1'], limitMs: 300 });
const open = makeWebDocuments({ ownNetworks: [], limitMs: 300 });

test('a document is read as it is, from an address of one’s own networks and by a name that leads there', async (t) => {
  const { url, port } = await serve(t, (_request, response) => response.end('{"a":"ü"}'));
  assert.equal(await local.read(`${url}/x`), '{"a":"ü"}');
  assert.equal(await local.read(`http://localhost:${port}/x`), '{"a":"ü"}');
});

test('without being allowed to, nothing reaches this machine or a network behind it, however it is written', async (t) => {
  const { port, requests } = await serve(t, (_request, response) => response.end('secret'));
  for (const host of [
    ...['127.0.0.1', '127.1', '0x7f.1', '2130706433', '0', 'localhost', '[::1]', '[::]'],
    ...['[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[64:ff9b::7f00:1]', '[2002:7f00:1::]'],
    ...['10.0.0.1', '169.254.169.254', '[fe80::1]', '[fd00::1]', '192.168.0.1', '100.64.0.1'],
  ]) {
    assert.equal(await open.read(`http://${host}:${port}/`), undefined, host);
    assert.equal(await open.read(`http://${host}/`), undefined, host);
  }
  assert.deepEqual(requests, []);
});

test('only the web’s schemes and, on the internet, its ports', async () => {
  for (const url of ['file:///etc/passwd', 'gopher://127.0.0.1/', 'data:,x', 'x', '']) {
    assert.equal(await local.read(url), undefined, url);
  }
  const startMs = performance.now();
  assert.equal(await open.read('http://1.1.1.1:25/'), undefined);
  assert.ok(performance.now() - startMs < 200, 'refused without a connection');
});

test('no redirect is followed, and errors, endless answers and slow ones are no documents', async (t) => {
  const { url, requests } = await serve(t, (request, response) => {
    if (request.url === '/redirect') response.writeHead(302, { Location: '/other' }).end();
    if (request.url === '/missing') response.writeHead(404).end('x');
    if (request.url === '/large') response.end('x'.repeat(1_000_001));
    if (request.url === '/largest') response.end('x'.repeat(1_000_000));
    if (request.url === '/slow') response.write('x');
    if (request.url === '/reset') request.socket.destroy();
  });
  for (const path of ['redirect', 'missing', 'large', 'slow', 'reset']) {
    assert.equal(await local.read(`${url}/${path}`), undefined, path);
  }
  assert.equal((await local.read(`${url}/largest`))?.length, 1_000_000);
  assert.ok(!requests.includes('/other'));
});
