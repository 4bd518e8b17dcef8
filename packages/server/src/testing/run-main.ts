import { spawn, type ChildProcess } from 'node:child_process';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';

/** How a command-line process ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command-line process. */
export interface MainProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** The URL at which the server says it runs; fails if it ends before that. */
  readonly url: Promise<string>;
}

const pathOf = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const REPOSITORY = pathOf('../../../..');

/** The ways to start it: directly from the sources, and what people type. */
const STARTS = {
  node: [process.execPath, '-C', 'poolhouse-source', pathOf('../main.ts')],
  poolhouse: [process.execPath, pathOf('../../bin/poolhouse.mjs')],
  npx: ['npx', '--prefix', REPOSITORY, 'poolhouse'],
  'npm run server': ['npm', 'run', '--prefix', REPOSITORY, 'server', '--'],
} as const;

/** Runs `poolhouse` with these arguments and settings, and none of this process's own settings. */
export function runMain(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  start: keyof typeof STARTS = 'node',
): MainProcess {
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(POOLHOUSE_|NODE_(?!COMPILE_CACHE$))/.test(name),
    ),
  );
  const [command, ...first] = STARTS[start];
  const child = spawn(command, [...first, ...args], {
    env: { ...inherited, ...environment },
    // A folder without a declaration file.
    cwd: tmpdir(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  const url = new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk;
      const found = /API +(https?:\S+)/.exec(stdout)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.on('close', () => reject(new Error(`ended: ${stderr}`)));
  });
  url.catch(() => undefined);
  const ended = new Promise<Ended>((resolve) => {
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  return { child, ended, url };
}
