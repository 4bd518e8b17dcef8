import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { suite, test } from 'node:test';
import { isOfThisMachine, toldOfThisMachine, type ArrivedRequest } from './this-machine.ts';
import { plainProxy, type ProxyManner } from '../testing/plain-proxy.ts';
import { INVALID_TOKEN, refused, signed } from '../testing/sign-request.ts';
import { sendTo, startServer } from '../testing/start-server.ts';

const straight: ArrivedRequest = {
  url: '/inbox/messages',
  method: 'GET',
  httpVersion: '1.1',
  headers: { host: 'localhost:8400' },
  socket: { remoteAddress: '127.0.0.1' },
};

const withHeaders = (headers: Record<string, string>): ArrivedRequest => ({
  ...straight,
  headers: { ...straight.headers, ...headers },
});

suite('a request of this machine', () => {
  test('is what browsers, SDKs and command lines here send', async () => {
    for (const request of [
      straight,
      { ...straight, socket: { remoteAddress: '::1' } },
      { ...straight, socket: { remoteAddress: '::ffff:127.0.0.1' } },
      withHeaders({ host: '127.0.0.1:8400' }),
      withHeaders({ host: '[::1]:8400' }),
      withHeaders({ host: 'pools.localhost:8400' }),
      withHeaders({ origin: 'http://localhost:4200' }),
      // To a browser, a page at 127.0.0.1 that asks localhost is cross-site, but it is of this machine.
      withHeaders({ origin: 'http://127.0.0.1:4200', 'sec-fetch-site': 'cross-site' }),
      withHeaders({ 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' }),
      withHeaders({ 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' }),
      withHeaders({
        'sec-fetch-site': 'cross-site',
        'sec-fetch-mode': 'navigate',
        'sec-fetch-dest': 'document',
      }),
      withHeaders({
        authorization: 'AWS4-HMAC-SHA256 Credential=local/20261123/local/cognito-idp/aws4_request',
        'amz-sdk-invocation-id': 'b1b0',
        'amz-sdk-request': 'attempt=1; max=3',
        'x-amz-date': '20261123T090000Z',
        'x-amz-target': 'AWSCognitoIdentityProviderService.ListUserPools',
        'x-amz-user-agent': 'aws-sdk-js/3.1',
        'x-amzn-trace-id': 'Root=1-5759e988-bd862e3fe1be46a994272793',
        'user-agent': 'aws-cli/2.13 md/Botocore#1.45',
        'accept-encoding': 'identity',
        'if-none-match': '"x"',
        'upgrade-insecure-requests': '1',
        'x-requested-with': 'XMLHttpRequest',
        referer: 'http://127.0.0.1:8400/inbox',
        traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
        cookie: 'a=b',
      }),
    ]) {
      assert.equal(await isOfThisMachine(request), true, JSON.stringify(request));
    }
  });

  const traces: Readonly<Record<string, string>> = {
    'x-forwarded-for': '203.0.113.9',
    'x-forwarded-host': 'auth.example.com',
    'x-forwarded-proto': 'https',
    'x-forwarded-port': '443',
    'x-forwarded-server': 'a',
    'x-forwarded-prefix': '/a',
    'x-forwarded': 'a',
    forwarded: 'for=203.0.113.9',
    'forwarded-for': 'a',
    via: '1.1 varnish',
    'x-real-ip': '127.0.0.1',
    'client-ip': 'a',
    'x-client-ip': 'a',
    'x-cluster-client-ip': 'a',
    'true-client-ip': 'a',
    'fastly-client-ip': 'a',
    'fastly-ff': 'a',
    'cf-connecting-ip': 'a',
    'cf-ray': '8a1',
    'cf-visitor': '{"scheme":"https"}',
    'cdn-loop': 'cloudflare',
    'fly-client-ip': 'a',
    'fly-region': 'ams',
    'x-original-url': '/',
    'x-original-forwarded-for': 'a',
    'x-original-host': 'a',
    'x-envoy-external-address': 'a',
    'x-envoy-expected-rq-timeout-ms': '15000',
    'x-request-id': 'a',
    'x-scheme': 'https',
    'x-host': 'a',
    'x-appengine-country': 'NL',
    'x-azure-clientip': 'a',
    'x-arr-ssl': 'a',
    'x-vercel-id': 'a',
    'x-nf-client-connection-ip': 'a',
    'x-cloud-trace-context': 'a',
    'cloudfront-viewer-country': 'NL',
    'front-end-https': 'on',
    'wl-proxy-client-ip': 'a',
    'proxy-connection': 'keep-alive',
    'max-forwards': '10',
    'surrogate-capability': 'a',
    'tailscale-user-login': 'a',
    'remote-addr': 'a',
    'ssl-client-cert': 'a',
    'incap-client-ip': 'a',
    'x-amz-cf-id': 'a',
    x_forwarded_for: 'a',
    http_x_real_ip: 'a',
    remote_addr: 'a',
    // Whatever the header is called: its value is a network address.
    'my-visitor': '203.0.113.9',
    'my-visitors': 'unknown, 2001:db8::1',
    'my-visitor-and-port': '203.0.113.9:51234',
    'my-visitor-bracketed': '[2001:db8::1]:51234',
  };
  for (const [name, value] of Object.entries(traces)) {
    test(`is none with ${name}: ${value}`, async () => {
      assert.equal(await isOfThisMachine(withHeaders({ [name]: value })), false);
    });
  }

  const others: readonly (readonly [string, ArrivedRequest])[] = [
    ['HTTP/1.0', { ...straight, httpVersion: '1.0' }],
    ['no version', { ...straight, httpVersion: '0.9' }],
    ['another machine', { ...straight, socket: { remoteAddress: '192.168.1.7' } }],
    ['a container of this machine', { ...straight, socket: { remoteAddress: '172.17.0.1' } }],
    ['a connection that is gone', { ...straight, socket: {} }],
    ['a target with a host', { ...straight, url: 'http://evil.example/inbox' }],
    ['no host', { ...straight, headers: {} }],
    ...['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', '10.0.0.1', 'a b'].map(
      (host) => [`host ${host}`, withHeaders({ host })] as const,
    ),
    ...['evil.example/@localhost', 'evil@localhost', 'localhost, evil', ''].map(
      (host) => [`host ${host}`, withHeaders({ host })] as const,
    ),
    ...['https://evil.example', 'null', 'http://localhost.evil.example', 'file://', ''].map(
      (origin) => [`origin ${origin}`, withHeaders({ origin })] as const,
    ),
    ['a picture of another site', withHeaders({ 'sec-fetch-site': 'cross-site' })],
    [
      'a frame of another site',
      withHeaders({
        'sec-fetch-site': 'cross-site',
        'sec-fetch-mode': 'navigate',
        'sec-fetch-dest': 'iframe',
      }),
    ],
    [
      'a form of another site',
      {
        ...withHeaders({
          'sec-fetch-site': 'cross-site',
          'sec-fetch-mode': 'navigate',
          'sec-fetch-dest': 'document',
        }),
        method: 'POST',
      },
    ],
  ];
  for (const [what, request] of others) {
    test(`is none from ${what}`, async () => {
      assert.equal(await isOfThisMachine(request), false);
    });
  }
});

/** What proxies on this machine pass on of a request for auth.example.com. */
const proxies: readonly (readonly [string, ProxyManner])[] = [
  ['as nginx does by default', { httpVersion: '1.0', host: 'upstream' }],
  ['as nginx does with proxy_set_header Host', { httpVersion: '1.0', host: 'kept' }],
  [
    'as nginx is usually configured',
    {
      httpVersion: '1.1',
      host: 'kept',
      adds: {
        'x-real-ip': '203.0.113.9',
        'x-forwarded-for': '203.0.113.9',
        'x-forwarded-proto': 'https',
      },
    },
  ],
  [
    'over HTTP/1.1 with the upstream’s host and the address alone',
    { httpVersion: '1.1', host: 'upstream', adds: { 'x-real-ip': '203.0.113.9' } },
  ],
  [
    'as Caddy does',
    {
      httpVersion: '1.1',
      host: 'kept',
      adds: { 'x-forwarded-for': '203.0.113.9', via: '2.0 Caddy' },
    },
  ],
  ['with the host kept and nothing added', { httpVersion: '1.1', host: 'kept' }],
  [
    'as a tunnel does',
    { httpVersion: '1.1', host: 'upstream', adds: { 'cf-ray': '8', 'cdn-loop': 'cloudflare' } },
  ],
];

suite('inbox and local key behind a proxy on this machine, in development', () => {
  for (const publicUrl of [undefined, 'https://auth.example.com']) {
    for (const [how, manner] of proxies) {
      test(`are not there ${how}, with ${publicUrl ?? 'no'} public URL`, async (t) => {
        const running = await startServer(t, {
          environment:
            publicUrl === undefined
              ? {}
              : { POOLHOUSE_MODE: 'development', POOLHOUSE_PUBLIC_URL: publicUrl },
        });
        const port = await plainProxy(t, running.port, manner);
        const host = manner.host === 'kept' ? 'auth.example.com' : `127.0.0.1:${running.port}`;
        const asked = { ...(await signed(running, { headers: { host } })) };
        await refused(
          { ...running, send: (request) => sendTo(port, request) },
          asked,
          'UnrecognizedClientException',
          INVALID_TOKEN,
        );
        for (const path of ['/inbox', '/inbox/messages', '/inbox/assets/inbox.js']) {
          const answer = await sendTo(port, { method: 'GET', path, headers: { host } });
          assert.equal(answer.status, 404, path);
        }
        // The server itself is reached: this is not the proxy's own refusal.
        const ready = await sendTo(port, { method: 'GET', path: '/readyz', headers: { host } });
        assert.equal(ready.status, 200);
        // And here both are available.
        assert.equal((await running.send(await signed(running))).status, 200);
        assert.equal((await running.send({ method: 'GET', path: '/inbox/messages' })).status, 200);
      });
    }
  }

  test('are not there under the public URL’s name, even without a proxy', async (t) => {
    const running = await startServer(t, {
      environment: {
        POOLHOUSE_MODE: 'development',
        POOLHOUSE_PUBLIC_URL: 'https://auth.example.com',
      },
    });
    const headers = { host: 'auth.example.com' };
    const inbox = await running.send({ method: 'GET', path: '/inbox/messages', headers });
    assert.equal(inbox.status, 404);
    await refused(running, await signed(running, { headers }), 'UnrecognizedClientException');
  });
});

test('what a proxy adds is noticed behind any number of headers from a stranger', async (t) => {
  const running = await startServer(t);
  // Some versions of Node silently drop everything after the first 1,000; others refuse the request.
  for (const count of [900, 998, 1_001, 3_000]) {
    const { status } = await sendTo(running.port, {
      method: 'GET',
      path: '/inbox/messages',
      headers: { a: Array<string>(count).fill(''), 'x-forwarded-for': '203.0.113.9' },
    });
    assert(status === 404 || status === 431, `${status} for ${count}`);
  }
});

suite('the local key', () => {
  test('works only for requests of this very machine, not for web pages of other sites and not through proxies (V12)', async (t) => {
    const running = await startServer(t);
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'http://localhost.evil.example' },
      { host: 'evil.example' },
      { host: 'localhost.evil.example:8400' },
      { 'x-forwarded-for': '203.0.113.9' },
      { forwarded: 'for=203.0.113.9' },
    ]) {
      await refused(
        running,
        await signed(running, { headers }),
        'UnrecognizedClientException',
        INVALID_TOKEN,
      );
    }
    for (const origin of ['http://localhost:4200', 'http://127.0.0.1:4200', 'http://[::1]:4200']) {
      assert.equal(
        (await running.send(await signed(running, { headers: { origin } }))).status,
        200,
      );
    }
  });

  test('does not exist in production, whether that is set explicitly or implied by a public URL', async (t) => {
    const keys = `main:${createHash('sha256').update('of this test').digest('base64')}`;
    for (const mode of ['production', '']) {
      const running = await startServer(t, {
        environment: {
          POOLHOUSE_MODE: mode,
          POOLHOUSE_PUBLIC_URL: 'https://auth.example.com',
          POOLHOUSE_KEYS: keys,
        },
      });
      await refused(running, await signed(running), 'UnrecognizedClientException', INVALID_TOKEN);
      assert.equal((await running.send({ method: 'GET', path: '/inbox/messages' })).status, 404);
    }
  });
});

test('if a developer’s request is refused, the log has each reason once', async () => {
  const told: string[] = [];
  const isForInbox = toldOfThisMachine(({ reason }) => told.push(reason));
  assert.equal(await isForInbox(straight), true);
  for (const host of ['evil.example', 'also.example']) {
    assert.equal(await isForInbox(withHeaders({ host })), false);
  }
  assert.deepEqual(told, ['its host is no loopback name']);
  for (let other = 0; other < 50; other += 1) {
    assert.equal(await isForInbox(withHeaders({ [`x-forwarded-${other}`]: 'a' })), false);
  }
  assert.equal(told.length, 20);
});

test('the refusal says where to find the reason, and the log says what to do', async (t) => {
  const running = await startServer(t);
  const headers = { host: 'evil.example' };
  await refused(running, await signed(running, { headers }), 'UnrecognizedClientException');
  const answer = await running.send({ method: 'GET', path: '/inbox', headers });
  assert.equal(answer.body, '{"message":"Not Found. The log of this server says why."}');
  const reason = 'its host is no loopback name';
  const fixes = Object.fromEntries(
    running.logged
      .filter(({ fields }) => fields['reason'] === reason)
      .map(({ event, fields }) => [event, String(fields['fix'])]),
  );
  assert.match(fixes['local-key.refused'] ?? '', /http:\/\/localhost directly.*keys create/);
  assert.match(fixes['inbox.refused'] ?? '', /\/inbox at http:\/\/localhost/);
});
