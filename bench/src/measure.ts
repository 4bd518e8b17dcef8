import type { Loads, Scenario } from './load/scenario.ts';
import { runAll } from './load/send.ts';
import type { MeasuredProcess } from './measured-process.ts';
import type { Subject } from './subject.ts';

/** What an operation cost a subject: the median of all rounds, in CPU milliseconds. */
export interface Cost {
  readonly subject: Pick<Subject, 'kind' | 'people'>;
  readonly cpuMs: number;
}

/** Operations before the first measured ones, at least: the engine compiles what is used often. */
const WARM_UP = 6_000;
/** No warm-up is longer than this. */
const WARM_UP_MS = 3_000;

/** Measures a scenario on all subjects in turn, several times. */
export async function measure(
  scenario: Scenario,
  subjects: readonly Subject[],
  options: { readonly rounds: number; readonly share: number },
): Promise<readonly Cost[]> {
  const count = Math.max(1, Math.round(scenario.count * options.share));
  for (const subject of subjects) await warmUp(scenario, subject, count);
  const costs = subjects.map((subject) => ({ subject, all: [] as number[] }));
  for (let round = 0; round < options.rounds; round += 1) {
    for (const { subject, all } of costs) all.push((await once(scenario, subject, count)).cpuMs);
  }
  return costs.map(({ subject: { kind, people }, all }) => ({
    subject: { kind, people },
    cpuMs: median(all),
  }));
}

async function warmUp(scenario: Scenario, subject: Subject, count: number): Promise<void> {
  const startedMs = performance.now();
  const wanted = Math.round(WARM_UP * Math.min(1, count / scenario.count));
  for (let done = 0; done < wanted && performance.now() - startedMs < WARM_UP_MS; done += count) {
    await once(scenario, subject, count);
  }
}

/** What an operation takes. */
export interface Speed {
  /** Of the whole server process. */
  readonly cpuMs: number;
  readonly perSecond: number;
}

/** One round; it begins no more operations after `mostMs`. */
export async function once(
  { key, atOnce }: Scenario,
  { server, loads }: { readonly server: MeasuredProcess; readonly loads: Partial<Loads> },
  count: number,
  mostMs = Infinity,
): Promise<Speed> {
  let [cpuMs, ms] = [0, 0];
  // What an earlier step did not come to, a later one cannot go on with.
  let done = count;
  for (const { measured, operate } of (await loads[key]?.(count)) ?? []) {
    const beforeMs = measured ? await server.cpuMs() : 0;
    const startedMs = performance.now();
    let began = 0;
    await runAll(done, atOnce, async (index) => {
      if (measured && performance.now() - startedMs > mostMs) return;
      began = index + 1;
      await operate(index);
    });
    done = began;
    if (!measured) continue;
    ms += performance.now() - startedMs;
    cpuMs += (await server.cpuMs()) - beforeMs;
  }
  return { cpuMs: cpuMs / done, perSecond: (done / ms) * 1000 };
}

/** The middle of some numbers, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
