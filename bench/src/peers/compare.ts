import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scenarios, type Scenario, type ScenarioKey } from '../load/scenario.ts';
import { runAll } from '../load/send.ts';
import { median } from '../measure.ts';
import type { PeersOptions } from '../options.ts';
import { makePopulation, productSubject } from '../subject.ts';
import { betterAuth } from './better-auth.ts';
import { cognitoLocal } from './cognito-local.ts';
import { installPeers } from './install-peers.ts';
import { oidcProvider } from './oidc-provider.ts';
import type { Contestant, Peer } from './peer.ts';
import { peersReport, type PeerRow, type Speed } from './peers-report.ts';

const PEERS: readonly Peer[] = [cognitoLocal, betterAuth, oidcProvider];
/** The rows that a peer can do. Each asks the product with its own hash, but for the one of the test profile. */
const ROWS: readonly ScenarioKey[] = [
  'get-user',
  'admin-get-user',
  'list-users',
  'refresh',
  'test-profile',
  'password',
  'admin-create-user',
  'sign-up',
];
/** A round ends after so long: some peers need a second for a request. */
const ROUND_MS = 4_000;

/** Measures product and peers in turns and answers the report. */
export async function comparePeers(
  { people, rounds, only }: PeersOptions,
  packages: string,
  tell: (text: string) => void,
): Promise<string> {
  await installPeers(packages, tell);
  const folder = mkdtempSync(join(tmpdir(), 'poolhouse-peers-'));
  const running: Contestant[] = [];
  try {
    const population = await makePopulation(folder, people, tell);
    const settings = { pagesAtMost: Infinity, nodeArguments: [] };
    const argon2id = await productSubject(population, { ...settings, passwordHash: 'argon2id' });
    running.push(argon2id);
    const peers: (readonly [Peer, Contestant])[] = [];
    for (const peer of PEERS) {
      tell(`${peer.name}: ${people} users`);
      const data = mkdtempSync(join(folder, `${peer.name}-`));
      const contestant = await peer.start({ packages, data, people });
      running.push(contestant);
      peers.push([peer, contestant]);
    }
    const rows: PeerRow[] = [];
    const measureRow = async (scenario: Scenario, product: Contestant) => {
      tell(scenario.title);
      const able = peers.filter(([, { loads }]) => loads[scenario.key] !== undefined);
      const contestants = [product, ...able.map(([, contestant]) => contestant)];
      const [own, ...others] = await measureAll(scenario, contestants, rounds);
      if (own === undefined) return;
      const speeds = able.map(([{ name }], at) => [name, others[at]] as const);
      rows.push({ key: scenario.key, title: scenario.title, product: own, peers: new Map(speeds) });
    };
    for (const scenario of scenariosOf(only)) {
      if (scenario.key !== 'test-profile') await measureRow(scenario, argon2id);
    }
    await argon2id.stop();
    running.shift();
    for (const scenario of scenariosOf(only)) {
      if (scenario.key !== 'test-profile') continue;
      const test = await productSubject(population, { ...settings, passwordHash: 'test' });
      running.push(test);
      await measureRow(scenario, test);
    }
    return peersReport(rows, PEERS);
  } finally {
    for (const contestant of running) await contestant.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function scenariosOf(only: readonly string[] | undefined): readonly Scenario[] {
  const wanted = only ?? ROWS;
  return scenarios.filter(({ key }) => ROWS.includes(key) && wanted.includes(key));
}

/** Medians of all rounds, in the order of the contestants; one round goes before as a warm-up. */
async function measureAll(
  scenario: Scenario,
  contestants: readonly Contestant[],
  rounds: number,
): Promise<readonly Speed[]> {
  const all = contestants.map((contestant) => ({ contestant, speeds: [] as Speed[] }));
  for (let round = -1; round < rounds; round += 1) {
    for (const { contestant, speeds } of all) {
      const speed = await once(scenario, contestant);
      if (round >= 0) speeds.push(speed);
    }
  }
  return all.map(({ speeds }) => ({
    cpuMs: median(speeds.map(({ cpuMs }) => cpuMs)),
    perSecond: median(speeds.map(({ perSecond }) => perSecond)),
  }));
}

async function once(
  { key, count, atOnce }: Scenario,
  { server, loads }: Contestant,
): Promise<Speed> {
  const steps = (await loads[key]?.(count)) ?? [];
  let cpuMs = 0;
  let ms = 0;
  let done = 0;
  for (const { measured, operate } of steps) {
    const before = await server.cpuMs();
    const startedMs = performance.now();
    let began = 0;
    await runAll(count, atOnce, async (index) => {
      if (performance.now() - startedMs > ROUND_MS) return;
      began += 1;
      await operate(index);
    });
    if (!measured) continue;
    ms += performance.now() - startedMs;
    cpuMs += (await server.cpuMs()) - before;
    done = began;
  }
  return { cpuMs: cpuMs / done, perSecond: (done / ms) * 1000 };
}
