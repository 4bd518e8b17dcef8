import { createServer, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';

/** How a reverse proxy talks to the server behind it. */
export interface ProxyManner {
  readonly httpVersion: '1.0' | '1.1';
  /** The host that it sends; `kept` means the one that the client asked for. */
  readonly host: 'kept' | 'upstream';
  /** Headers that it adds. */
  readonly adds?: Readonly<Record<string, string>>;
}

/**
 * A reverse proxy on this machine, in front of `port`, that writes requests byte by byte in a given manner; nginx's defaults are HTTP/1.0,
 * the upstream's host, and no added headers. Returns its own port.
 */
export async function plainProxy(
  t: Pick<TestContext, 'after'>,
  port: number,
  manner: ProxyManner,
): Promise<number> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const upstream = connect(port, '127.0.0.1');
      const answer: Buffer[] = [];
      upstream.on('data', (chunk) => answer.push(chunk));
      // Connection: close, so the end of the response is the end of the connection.
      upstream.on('close', () => {
        const [head = '', ...body] = Buffer.concat(answer).toString('latin1').split('\r\n\r\n');
        response.writeHead(Number(head.split(' ')[1] ?? 502));
        response.end(Buffer.from(body.join('\r\n\r\n'), 'latin1'));
      });
      upstream.on('error', () => response.destroy());
      upstream.write(headOf(request, port, manner));
      upstream.write(Buffer.concat(chunks));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

function headOf(request: IncomingMessage, port: number, manner: ProxyManner): string {
  const { host = '', connection: _, ...others } = request.headers;
  const headers = {
    host: manner.host === 'kept' ? host : `127.0.0.1:${port}`,
    ...others,
    connection: 'close',
    ...manner.adds,
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}\r\n`);
  return `${request.method} ${request.url} HTTP/${manner.httpVersion}\r\n${lines.join('')}\r\n`;
}
