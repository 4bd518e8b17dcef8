import { hunt } from './hunt.ts';
import { GATES, LIMITS } from './targets.ts';

// Tries what the tests of the sign-in's gate and of the limits notice: npm run mutants, or npm run mutants -- limits.ts

const wanted = process.argv.slice(2);
for (const target of [...GATES, ...LIMITS]) {
  if (wanted.length > 0 && !wanted.some((part) => target.file.endsWith(part))) continue;
  const { file, mutants, survivors } = await hunt(target);
  process.stdout.write(`${file}: ${mutants - survivors.length} of ${mutants} noticed\n`);
  for (const { line, was, is } of survivors) {
    process.stdout.write(`  line ${line}: ${was} -> ${is}\n`);
  }
  if (survivors.length > 0 && GATES.includes(target)) process.exitCode = 1;
}
