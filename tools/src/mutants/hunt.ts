import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compiles } from './compiles.ts';
import { mutantsOf, type Mutant } from './mutants-of.ts';

const SERVE_MUTANT = fileURLToPath(new URL('serve-mutant.mjs', import.meta.url));
/** A mutant that never ends is one that the tests notice. */
const LIMIT_MS = 60_000;

/** What is mutated, and the tests that must notice. Paths from the repository's root. */
export interface Target {
  readonly file: string;
  readonly tests: readonly string[];
}

/** What became of a target's mutants. */
export interface Hunted {
  readonly file: string;
  readonly mutants: number;
  /** Those that neither the compiler nor a test noticed. */
  readonly survivors: readonly Mutant[];
}

/** Runs a target's tests against each mutant of it, some at once. Throws where the tests fail without any. */
export async function hunt({ file, tests }: Target): Promise<Hunted> {
  const source = await readFile(file, 'utf8');
  const folder = await mkdtemp(join(tmpdir(), 'poolhouse-mutants-'));
  try {
    if (!(await passes({ file, tests }, source, folder, 'whole'))) {
      throw new Error(`the tests of ${file} fail without a mutant`);
    }
    const all = mutantsOf(source);
    const waiting = [...all.entries()];
    const survivors: Mutant[] = [];
    const worker = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const [at, mutant] = next;
        if (await passes({ file, tests }, mutant.source, folder, `${at}`)) survivors.push(mutant);
      }
    };
    await Promise.all(Array.from({ length: availableParallelism() }, worker));
    const unseen = survivors.filter((mutant) => compiles(file, mutant.source));
    return { file, mutants: all.length, survivors: unseen };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function passes(
  { file, tests }: Target,
  source: string,
  folder: string,
  name: string,
): Promise<boolean> {
  const mutant = join(folder, `${name}.ts`);
  await writeFile(mutant, source);
  const flags = ['-C', 'poolhouse-source', '--import', SERVE_MUTANT];
  const one = tests.length === 1 ? ['--test-isolation=none'] : [];
  const child = spawn(
    process.execPath,
    [...flags, '--test', '--test-force-exit', ...one, ...tests],
    {
      stdio: 'ignore',
      timeout: LIMIT_MS,
      env: { ...testEnvironment(), MUTANT_OF: resolve(file), MUTANT_SOURCE: mutant },
    },
  );
  const [code] = (await once(child, 'exit')) as [number | null];
  return code === 0;
}

/** A test runner that finds itself within another reports to that one and always ends well. */
function testEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => name !== 'NODE_TEST_CONTEXT'),
  );
}
