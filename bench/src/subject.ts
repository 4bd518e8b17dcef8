import { join } from 'node:path';
import { makeFloorData } from './data/floor-data.ts';
import { keepEvents, makeProductData, sessionsOf, type ProductData } from './data/product-data.ts';
import { floorLoads } from './load/floor-load.ts';
import { productLoads } from './load/product-load.ts';
import type { Loads } from './load/scenario.ts';
import { connect, MOST_CONNECTIONS, type Connections } from './load/send.ts';
import { startFloor, startProduct, type MeasuredProcess } from './measured-process.ts';

/** The databases of one size of pool. */
export interface Population {
  readonly people: number;
  readonly product: ProductData;
  /** The floor's database file. */
  readonly floorFile: string;
}

/** Makes the databases of one size, or finds them in the folder. */
export async function makePopulation(
  folder: string,
  people: number,
  tell: (text: string) => void,
): Promise<Population> {
  const floorFile = join(folder, `floor-${people}.db`);
  makeFloorData(floorFile, people, sessionsOf(people));
  const product = await makeProductData(join(folder, `product-${people}`), people, tell);
  return { people, product, floorFile };
}

/** Something that is measured: a running server and what is sent to it. */
export interface Subject {
  readonly kind: 'floor' | 'product';
  readonly people: number;
  readonly server: MeasuredProcess;
  readonly loads: Loads;
  stop(): Promise<void>;
}

/** Starts the floor's server over a population. */
export async function floorSubject({ floorFile, people }: Population): Promise<Subject> {
  const server = await startFloor(floorFile);
  const connections = connect(server.port, MOST_CONNECTIONS);
  const loads = floorLoads(connections, people);
  return { kind: 'floor', people, server, loads, stop: () => stop(server, connections) };
}

/** Settings of the product's process. */
export interface ProductSettings {
  readonly passwordHash: 'argon2id' | 'test';
  readonly pagesAtMost: number;
  readonly keepsEvents: boolean;
  readonly nodeArguments: readonly string[];
}

/** Starts the product over a population. */
export async function productSubject(
  { product: data, people }: Population,
  settings: ProductSettings,
): Promise<Subject> {
  const server = await startProduct(
    data.folder,
    { POOLHOUSE_KEYS: data.keys, POOLHOUSE_PASSWORD_HASH: settings.passwordHash },
    settings.nodeArguments,
  );
  const connections = connect(server.port, MOST_CONNECTIONS);
  const { pagesAtMost, keepsEvents } = settings;
  await keepEvents(server.port, connections, data.poolId, keepsEvents);
  const loads = productLoads({ port: server.port, connections, data, pagesAtMost });
  return { kind: 'product', people, server, loads, stop: () => stop(server, connections) };
}

/** Ends a load and the server under it. */
export async function stop(server: MeasuredProcess, connections: Connections): Promise<void> {
  connections.close();
  await server.stop();
}
