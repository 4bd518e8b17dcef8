import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { schemaName } from './data/schema-name.ts';
import type { Scenario } from './load/scenario.ts';
import { measure } from './measure.ts';
import type { Options } from './options.ts';
import { measureBareProcess, measureProductProcess, withHighWater } from './processes.ts';
import { linesOf, type Line } from './report.ts';
import {
  floorSubject,
  makePopulation,
  productSubject,
  type Population,
  type Subject,
} from './subject.ts';

/** Populations from this size on are kept, because creating them takes long. */
const KEPT_FROM = 50_000;

/** Source: performance.md. */
const GOALS = { start: 1.4, idleMb: 20, loadMb: 110 } as const;

/** Runs what the options ask for; returns the table's lines. `tell` is informed of the progress. */
export async function bench(
  options: Options,
  tell: (text: string) => void,
): Promise<readonly Line[]> {
  const temporary = mkdtempSync(join(tmpdir(), 'poolhouse-bench-'));
  try {
    const kept = await cacheFolder(options.cache);
    const populations: Population[] = [];
    for (const people of options.sizes) {
      tell(`${people} users`);
      const folder = people >= KEPT_FROM ? kept : temporary;
      populations.push(await makePopulation(folder, people, tell));
    }
    const lines: Line[] = [];
    if (options.processes) lines.push(...(await measureProcesses(options, populations, tell)));
    for (const passwordHash of ['argon2id', 'test'] as const) {
      const wanted = options.scenarios.filter(
        (one) => (one.passwordHash ?? 'argon2id') === passwordHash,
      );
      if (wanted.length > 0) {
        lines.push(
          ...(await measureScenarios(options, populations, { passwordHash, wanted }, tell)),
        );
      }
    }
    return lines;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** Only databases with the present tables are worth their space. */
async function cacheFolder(cache: string): Promise<string> {
  const name = await schemaName();
  mkdirSync(cache, { recursive: true });
  for (const entry of readdirSync(cache)) {
    if (entry !== name) rmSync(join(cache, entry), { recursive: true, force: true });
  }
  const folder = join(cache, name);
  mkdirSync(folder, { recursive: true });
  return folder;
}

async function measureScenarios(
  options: Options,
  populations: readonly Population[],
  phase: { readonly passwordHash: 'argon2id' | 'test'; readonly wanted: readonly Scenario[] },
  tell: (text: string) => void,
): Promise<readonly Line[]> {
  const subjects: Subject[] = [];
  try {
    for (const population of populations) {
      subjects.push(await floorSubject(population));
      subjects.push(
        await productSubject(population, {
          passwordHash: phase.passwordHash,
          pagesAtMost: options.pagesAtMost,
          keepsEvents: options.keepsEvents,
          nodeArguments: profiling(options, population.people),
        }),
      );
    }
    const work = async (): Promise<Line[]> => {
      const lines: Line[] = [];
      for (const scenario of phase.wanted) {
        tell(scenario.title);
        lines.push(...linesOf(scenario, await measure(scenario, subjects, options)));
      }
      return lines;
    };
    const largest = subjects.at(-1);
    if (!options.processes || largest === undefined || phase.passwordHash === 'test') {
      return await work();
    }
    const { value, mostMb } = await withHighWater(largest.server, work);
    const memory = memoryLine('memory of its own under load, MB', largest.people, mostMb);
    return [...value, { ...memory, goal: GOALS.loadMb, goalText: `<= ${GOALS.loadMb} MB` }];
  } finally {
    for (const subject of subjects) await subject.stop();
  }
}

function profiling({ profile }: Options, people: number): readonly string[] {
  if (profile === undefined) return [];
  return [
    '--cpu-prof',
    `--cpu-prof-dir=${profile}`,
    `--cpu-prof-name=product-${people}.cpuprofile`,
    '--cpu-prof-interval=200',
  ];
}

async function measureProcesses(
  { rounds }: Options,
  populations: readonly Population[],
  tell: (text: string) => void,
): Promise<readonly Line[]> {
  tell('starting');
  const bare = await measureBareProcess(rounds);
  const lines: Line[] = [];
  for (const population of populations) {
    const { people } = population;
    const product = await measureProductProcess(rounds, population);
    lines.push(
      {
        title: 'start to first answer, CPU ms',
        users: people,
        floor: bare.startCpuMs,
        product: product.startCpuMs,
        figure: product.startCpuMs / bare.startCpuMs,
        goal: GOALS.start,
        goalText: `<= ${GOALS.start}x`,
      },
      { ...memoryLine('memory of its own, idle, MB', people, product.idleMb), floor: bare.idleMb },
    );
  }
  return lines;
}

function memoryLine(title: string, users: number, mb: number): Line {
  return {
    title,
    users,
    floor: undefined,
    product: mb,
    figure: mb,
    goal: GOALS.idleMb,
    goalText: `<= ${GOALS.idleMb} MB`,
  };
}
