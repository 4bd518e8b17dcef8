import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { makeProductData, type ProductData } from '../data/product-data.ts';
import { connect } from '../load/send.ts';
import { freePort, startProduct } from '../measured-process.ts';
import type { Hostile, HostileTally } from './hostile.ts';
import { live, signIn, type Felt, type Honest } from './honest.ts';

/** Strangers' requests in progress at any time. */
const STRANGERS = 60;
/** People who sign in meanwhile, all from one address. */
const HONEST = 8;
const PEOPLE = 400;

/** How to distinguish the two sides: by the connection's own address, or by what a configured proxy says. */
const sides = [
  {
    title: 'own address',
    environment: {},
    honest: { localAddress: '127.0.0.2', headers: {} },
    hostile: { localAddress: '127.0.0.3', headers: {} },
  },
  {
    title: 'behind a proxy',
    environment: { POOLHOUSE_TRUSTED_PROXIES: '127.0.0.1' },
    honest: { localAddress: undefined, headers: { 'x-forwarded-for': '192.0.2.2' } },
    hostile: { localAddress: undefined, headers: { 'x-forwarded-for': '198.51.100.3' } },
  },
] as const;

/**
 * What people who sign in notice while strangers from another address flood the server, in production; returns a table. The goals are
 * security.md X28 and F23: 95 of 100 sign-ins succeed, the key set's p99 is below 100 ms, nobody is locked.
 */
export async function flood(seconds: number, tell: (text: string) => void): Promise<string> {
  const temporary = mkdtempSync(join(tmpdir(), 'poolhouse-flood-'));
  try {
    tell('making people');
    const data = await makeProductData(join(temporary, 'data'), PEOPLE, tell);
    const rows = [
      '| strangers          | told apart by  | sign-ins | succeeded | p50 ms | p99 ms | key set p99 ms | strangers served/refused | locked |',
      '|--------------------|----------------|---------:|----------:|-------:|-------:|---------------:|-------------------------:|-------:|',
    ];
    for (const side of sides) {
      for (const kind of ['none', 'sign-up', 'srp-start'] as const) {
        tell(`${kind}, ${side.title}`);
        rows.push(await underFlood(data, side, kind, seconds));
      }
    }
    return rows.join('\n');
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

async function underFlood(
  data: ProductData,
  side: (typeof sides)[number],
  kind: Hostile['kind'] | 'none',
  seconds: number,
): Promise<string> {
  // The public URL must contain the port before the server listens.
  const port = await freePort();
  const server = await startProduct(data.folder, {
    POOLHOUSE_KEYS: data.keys,
    POOLHOUSE_MODE: 'production',
    POOLHOUSE_PUBLIC_URL: `https://localhost:${port}`,
    POOLHOUSE_PORT: String(port),
    ...side.environment,
  });
  const connections = connect(port, HONEST + 1, side.honest.localAddress);
  const honest: Honest = { connections, headers: side.honest.headers, data };
  const people = data.withPassword.slice(0, HONEST);
  try {
    for (const username of people) await signIn(honest, username, 'srp');
    const stopFlood =
      kind === 'none'
        ? undefined
        : startFlood({
            port,
            clientId: data.clientId,
            kind,
            victims: people,
            ...side.hostile,
            atOnce: STRANGERS,
          });
    const felt = await live(honest, people, performance.now() + seconds * 1_000);
    const tally = await stopFlood?.();
    let locked = 0;
    for (const username of people) {
      if ((await signIn(honest, username, 'password')) !== undefined) locked += 1;
    }
    return row(kind, side.title, felt, tally, locked);
  } finally {
    connections.close();
    await server.stop();
  }
}

function startFlood(hostile: Hostile): () => Promise<HostileTally> {
  const worker = new Worker(new URL('./hostile.ts', import.meta.url), { workerData: hostile });
  return async () => {
    const said = once(worker, 'message');
    worker.postMessage('stop');
    const [tally] = (await said) as [HostileTally];
    return tally;
  };
}

function row(
  kind: string,
  title: string,
  { signedInMs, refusals, keySetMs }: Felt,
  tally: HostileTally | undefined,
  locked: number,
): string {
  const refused = [...refusals.values()].reduce((sum, count) => sum + count, 0);
  const all = signedInMs.length + refused;
  const cells = [
    kind === 'none' ? 'none' : `${STRANGERS} x ${kind}`,
    title,
    String(all),
    `${((signedInMs.length / all) * 100).toFixed(1)} %`,
    quantile(signedInMs, 0.5),
    quantile(signedInMs, 0.99),
    quantile(keySetMs, 0.99),
    tally === undefined ? '-' : `${tally.served}/${tally.refused}`,
    String(locked),
  ];
  const told = [...refusals].map(([refusal, count]) => `\n  ${count} x ${refusal}`).join('');
  return `| ${cells.join(' | ')} |${told}`;
}

function quantile(values: readonly number[], share: number): string {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(0);
}
