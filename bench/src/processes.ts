import { setTimeout as delay } from 'node:timers/promises';
import { personOf } from './data/people.ts';
import { signed } from './load/aws-json.ts';
import { connect, sendOne, type Prepared } from './load/send.ts';
import { median } from './measure.ts';
import { startBareServer, startProduct, type MeasuredProcess } from './measured-process.ts';
import type { Population } from './subject.ts';

/** What a process takes before it does anything. */
export interface ProcessCost {
  /** From its beginning to its first answer. */
  readonly startCpuMs: number;
  /** Its own memory a second after. */
  readonly idleMb: number;
}

/** Memory may settle for so long before it is read. */
const SETTLE_MS = 1_000;

/** Starts a server again and again, each time to its first answer. */
async function measureProcess(
  rounds: number,
  start: () => Promise<MeasuredProcess>,
  first: (port: number) => Prepared,
): Promise<ProcessCost> {
  const all: ProcessCost[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const server = await start();
    const connections = connect(server.port, 1);
    await sendOne(connections, first(server.port));
    const startCpuMs = await server.cpuMs();
    await delay(SETTLE_MS);
    all.push({ startCpuMs, idleMb: server.rssAnonMb() });
    connections.close();
    await server.stop();
  }
  const of = (member: keyof ProcessCost) => median(all.map((one) => one[member]));
  return { startCpuMs: of('startCpuMs'), idleMb: of('idleMb') };
}

/** A bare server of `node:http`: the floor of starting. */
export function measureBareProcess(rounds: number): Promise<ProcessCost> {
  return measureProcess(rounds, startBareServer, () => ({ path: '/', headers: {}, body: '' }));
}

/** The product over a population; its first answer is a user out of the database. */
export function measureProductProcess(
  rounds: number,
  { product, people }: Population,
): Promise<ProcessCost> {
  return measureProcess(
    rounds,
    () => startProduct(product.folder, { POOLHOUSE_KEYS: product.keys }),
    (port) =>
      signed(port, 'AdminGetUser', {
        UserPoolId: product.poolId,
        Username: personOf(people >> 1).username,
      }),
  );
}

/** Notes the most memory that a process takes while something goes on. */
export async function withHighWater<T>(
  server: MeasuredProcess,
  work: () => Promise<T>,
): Promise<{ readonly value: T; readonly mostMb: number }> {
  let mostMb = server.rssAnonMb();
  const timer = setInterval(() => (mostMb = Math.max(mostMb, server.rssAnonMb())), 50);
  try {
    return { value: await work(), mostMb };
  } finally {
    clearInterval(timer);
  }
}
