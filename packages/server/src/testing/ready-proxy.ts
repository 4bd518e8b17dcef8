import { Agent, createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';

const ASK_EVERY_MS = 100;

/** A small load balancer like operators' own: it asks each node at `/readyz` and sends each request once, to a ready node. */
export interface ReadyProxy {
  readonly port: number;
  /** Waits until the proxy considers the node ready, or no longer ready. */
  until(node: number, ready: boolean): Promise<void>;
  close(): void;
}

/** Balances between nodes on ports of this machine, over kept-alive connections. */
export async function readyProxy(nodePorts: readonly number[]): Promise<ReadyProxy> {
  const ready = new Set<number>();
  const agents = new Map(nodePorts.map((port) => [port, new Agent({ keepAlive: true })]));
  let turn = 0;
  let waiting: (() => void)[] = [];

  const ask = (port: number) => {
    const asked = httpRequest(
      { host: '127.0.0.1', port, path: '/readyz', agent: false },
      (answer) => {
        answer.resume();
        if (answer.statusCode === 200) ready.add(port);
        else ready.delete(port);
      },
    );
    asked.on('error', () => ready.delete(port));
    asked.on('close', () => {
      for (const look of waiting) look();
    });
    asked.end();
  };
  const asking = setInterval(() => nodePorts.forEach(ask), ASK_EVERY_MS);

  const server = createServer((incoming, outgoing) => {
    const choices = nodePorts.filter((port) => ready.has(port));
    const port = choices[(turn += 1) % choices.length];
    if (port === undefined) {
      outgoing.writeHead(503).end('no node is ready');
      return;
    }
    const { method, url: path, headers } = incoming;
    const passed = httpRequest(
      { host: '127.0.0.1', port, method, path, headers, agent: agents.get(port) },
      (answer) => {
        const { connection, ...kept } = answer.headers;
        outgoing.writeHead(answer.statusCode ?? 502, kept);
        answer.pipe(outgoing);
      },
    );
    passed.on('error', (error) => {
      if (outgoing.headersSent) outgoing.destroy();
      else outgoing.writeHead(502).end(`${port}: ${error.message}`);
    });
    incoming.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    port: (server.address() as AddressInfo).port,
    until: (node, wanted) =>
      new Promise((resolve) => {
        const look = () => {
          if (ready.has(nodePorts[node] ?? 0) !== wanted) return;
          waiting = waiting.filter((each) => each !== look);
          resolve();
        };
        waiting.push(look);
        look();
      }),
    close() {
      clearInterval(asking);
      for (const agent of agents.values()) agent.destroy();
      server.closeAllConnections();
      server.close();
    },
  };
}
