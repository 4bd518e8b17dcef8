import { Agent, request as httpRequest } from 'node:http';

/** A request made ready before anything is measured. */
export interface Prepared {
  /** POST where nothing is said. */
  readonly method?: 'GET';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An answer, which is JSON or empty. */
export interface Answered {
  readonly status: number;
  readonly body: string;
  /** Cookies that it sets, as they came. */
  readonly cookies?: readonly string[] | undefined;
}

/** Connections that stay open: those of one load. */
export interface Connections {
  send(request: Prepared): Promise<Answered>;
  close(): void;
}

/** As many as any load keeps open. */
export const MOST_CONNECTIONS = 8;

/** Opens up to `most` connections to a server of this machine, from an address of this machine where one is given. */
export function connect(port: number, most: number, localAddress?: string): Connections {
  const agent = new Agent({ keepAlive: true, maxSockets: most, localAddress });
  return {
    send: ({ method = 'POST', path, headers, body }) =>
      new Promise((resolve, reject) => {
        const options = { agent, host: '127.0.0.1', port, method, path, headers };
        const sent = httpRequest(options, (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (chunk: string) => (text += chunk));
          response.on('error', reject);
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              body: text,
              cookies: response.headers['set-cookie'],
            }),
          );
        });
        sent.on('error', reject);
        sent.end(body);
      }),
    close: () => agent.destroy(),
  };
}

/** Sends a request that must succeed; answers its JSON. */
export async function sendOne<Output>(
  connections: Connections,
  request: Prepared,
): Promise<Output> {
  const { status, body } = await connections.send(request);
  if (status !== 200) throw new Error(`${status} ${body.slice(0, 300)}`);
  return (body === '' ? {} : JSON.parse(body)) as Output;
}

/** Runs `count` operations, `atOnce` at any time; the first that fails ends it. */
export async function runAll(
  count: number,
  atOnce: number,
  operate: (index: number) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) await operate(next++);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, worker));
}
