import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { TestContext } from 'node:test';
import { poolId } from '@poolhouse/core';
import type { OutgoingMessage } from '../../../delivery/transport.ts';

/** A request as it arrived. */
export interface Arrived {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** How the carrier answers. */
export interface Answering {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Its answer is longer than anybody should read. */
  readonly endless?: boolean;
  /** It closes the connection instead of answering. */
  readonly breaks?: boolean;
  /** It never answers. */
  readonly silent?: boolean;
}

const PART = 'x'.repeat(65_536);
const ENDLESS_BYTES = 1_024 * PART.length;

/** Opens a server on a loopback address that text messages are posted to. */
export async function openCarrier(t: TestContext, answering: Answering = { status: 200 }) {
  const requests: Arrived[] = [];
  const cut = Promise.withResolvers<boolean>();
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { method = '', url: path = '', headers } = request;
      requests.push({ method, path, headers, body });
      if (answering.silent) return;
      if (answering.breaks) return void request.socket.destroy();
      response.writeHead(answering.status, answering.headers);
      if (!answering.endless) return void response.end(answering.body);
      response.on('close', () => cut.resolve(!response.writableFinished));
      let left = ENDLESS_BYTES / PART.length;
      const more = () => {
        while (left > 0) {
          left -= 1;
          if (!response.write(PART)) return;
        }
        response.end();
      };
      response.on('drain', more);
      more();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  t.after(close);
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    close,
    /** Whether the other side has closed the connection of an endless answer before it has read it all. */
    wasCut: () => cut.promise,
  };
}

/** A text message that is ready to hand over. */
export function textMessage(changes: Partial<OutgoingMessage> = {}): OutgoingMessage {
  return {
    id: '0abc-1',
    poolId: poolId('eu-west-1_Abcdefghi'),
    medium: 'SMS',
    to: '+15550100',
    createdAtMs: Date.UTC(2026, 10, 23, 9),
    expiresAtMs: Date.UTC(2026, 10, 24, 9),
    content: {
      occasion: 'SignUp',
      body: 'Your code is 123456 – ü.',
      code: '123456',
      username: 'mara',
    },
    ...changes,
  };
}
