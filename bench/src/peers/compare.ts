import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scenarios, type Scenario } from '../load/scenario.ts';
import { median, once, type Speed } from '../measure.ts';
import type { PeersOptions } from '../options.ts';
import { makePopulation, productSubject } from '../subject.ts';
import { betterAuth } from './better-auth.ts';
import { cognitoLocal } from './cognito-local.ts';
import { installPeers } from './install-peers.ts';
import { PHASES } from './phases.ts';
import { oidcProvider } from './oidc-provider.ts';
import type { Contestant, Peer } from './peer.ts';
import { peersReport, type PeerRow } from './peers-report.ts';

const PEERS: readonly Peer[] = [cognitoLocal, betterAuth, oidcProvider];
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
  const peers: (readonly [Peer, Contestant])[] = [];
  const rows: PeerRow[] = [];
  try {
    const population = await makePopulation(folder, people, tell);
    for (const peer of PEERS) {
      tell(`${peer.name}: ${people} users`);
      const data = mkdtempSync(join(folder, `${peer.name}-`));
      peers.push([peer, await peer.start({ packages, data, people })]);
    }
    for (const { passwordHash, keys } of PHASES) {
      const wanted = scenarios.filter(({ key }) => keys.includes(key) && only.includes(key));
      if (wanted.length === 0) continue;
      const product = await productSubject(population, {
        passwordHash,
        pagesAtMost: Infinity,
        keepsEvents: false,
        nodeArguments: [],
      });
      try {
        for (const scenario of wanted) {
          tell(scenario.title);
          rows.push(await rowOf(scenario, product, peers, rounds));
        }
      } finally {
        await product.stop();
      }
    }
    return peersReport(rows, PEERS, { people, rounds });
  } finally {
    for (const [, contestant] of peers) await contestant.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function rowOf(
  scenario: Scenario,
  product: Contestant,
  peers: readonly (readonly [Peer, Contestant])[],
  rounds: number,
): Promise<PeerRow> {
  const { key, title } = scenario;
  const able = peers.filter(([, { loads }]) => loads[key] !== undefined);
  const contestants = [product, ...able.map(([, contestant]) => contestant)];
  const [own, ...others] = await measureAll(scenario, contestants, rounds);
  if (own === undefined) throw new Error('nothing was measured');
  const speeds = able.map(([{ name }], at) => [name, others[at]] as const);
  return { key, title, product: own, peers: new Map(speeds) };
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
      const speed = await once(scenario, contestant, scenario.count, ROUND_MS);
      if (round >= 0) speeds.push(speed);
    }
  }
  return all.map(({ speeds }) => ({
    cpuMs: median(speeds.map(({ cpuMs }) => cpuMs)),
    perSecond: median(speeds.map(({ perSecond }) => perSecond)),
  }));
}
