import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { SERVER_OPTIONS } from '../../packages/server/bin/launch.mjs';
import { builtServer } from '../../scripts/build-server.mjs';

/** A server in a process of its own, whose use of the machine is read from outside. */
export interface MeasuredProcess {
  readonly port: number;
  readonly child: ChildProcess;
  /** What it printed before its address, and that. */
  readonly said: string;
  /** User and system time of the whole process since it began, in milliseconds. */
  cpuMs(): Promise<number>;
  /** Memory of its own, without mapped files, in MB; 0 where the system does not tell. */
  rssAnonMb(): number;
  stop(): Promise<void>;
}

const pathOf = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** How long a server may take until it listens. */
const START_LIMIT_MS = 60_000;

let product: Promise<string> | undefined;

/** Starts this repository's server as `npm run server` does, on a free port. */
export async function startProduct(
  dataFolder: string,
  environment: Readonly<Record<string, string>>,
  nodeArguments: readonly string[] = [],
): Promise<MeasuredProcess> {
  product ??= builtServer();
  return start(await product, [], [...SERVER_OPTIONS, ...nodeArguments], {
    POOLHOUSE_DATA: dataFolder,
    POOLHOUSE_PORT: '0',
    POOLHOUSE_LOG_LEVEL: 'error',
    // As packages/server/bin/launch.mjs sets it.
    MALLOC_ARENA_MAX: '1',
    ...environment,
  });
}

/** Starts the server that does only what cannot be avoided, over its own database file. */
export async function startFloor(databaseFile: string): Promise<MeasuredProcess> {
  return start(pathOf('floor/floor-server.ts'), [databaseFile], [], {});
}

/** Starts a server of `node:http` that does nothing. */
export async function startBareServer(): Promise<MeasuredProcess> {
  return start(pathOf('floor/bare-server.mjs'), [], [], {});
}

/** Starts somebody else's server, which prints its address, in a folder of its own. */
export async function startPeer(
  file: string,
  parameters: readonly string[],
  folder: string,
  environment: Readonly<Record<string, string>>,
): Promise<MeasuredProcess> {
  return start(file, parameters, [], environment, folder);
}

/** A port of this machine that is free now, for servers that cannot choose one. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function start(
  file: string,
  parameters: readonly string[],
  nodeArguments: readonly string[],
  environment: Readonly<Record<string, string>>,
  // Not the repository's folder, whose declaration file would be applied.
  folder = tmpdir(),
): Promise<MeasuredProcess> {
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(POOLHOUSE_|NODE_)/.test(name)),
  );
  const child = spawn(
    process.execPath,
    [
      '--import',
      new URL('report-usage.mjs', import.meta.url).href,
      ...nodeArguments,
      file,
      ...parameters,
    ],
    {
      env: { ...inherited, ...environment },
      cwd: folder,
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    },
  );
  const { port, said } = await listening(child);
  return {
    port,
    child,
    said,
    async cpuMs() {
      child.send('usage');
      const [usage] = (await once(child, 'message')) as [NodeJS.CpuUsage];
      return (usage.user + usage.system) / 1000;
    },
    rssAnonMb: () => rssAnonMb(child.pid),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const closed = once(child, 'close');
      child.kill('SIGTERM');
      await closed;
    },
  };
}

/** The port in the first URL that the process prints, and what it printed so far. */
async function listening(
  child: ChildProcess,
): Promise<{ readonly port: number; readonly said: string }> {
  let said = '';
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const limit = setTimeout(() => {
    child.kill('SIGKILL');
    reject(new Error(`the server did not start: ${said}`));
  }, START_LIMIT_MS);
  let port: string | undefined;
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    // What it says later is the log, of errors only, and a link that is nobody's business.
    if (port !== undefined) process.stderr.write(text.startsWith('{') ? text : '');
    else port = /https?:\/\/[^\s:]+:(\d+)/.exec((said += text))?.[1];
    if (port !== undefined) resolve(Number(port));
  });
  child.once('error', reject);
  child.once('close', () => reject(new Error(`the server ended: ${said}`)));
  try {
    return { port: await promise, said };
  } finally {
    clearTimeout(limit);
  }
}

function rssAnonMb(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^RssAnon:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
