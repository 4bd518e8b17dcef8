import type { Target } from './hunt.ts';

const CORE = 'packages/core/src';
const SIGN_IN = `${CORE}/sign-in`;
const BUDGETS = 'packages/server/src/adapters/attempt-budgets';

/** Where a fault lets somebody in: no mutant may survive, and a test of the repository sees to it. */
export const GATES: readonly Target[] = [
  { file: `${SIGN_IN}/next-step.ts`, tests: [`${SIGN_IN}/next-step.test.ts`] },
  {
    file: `${CORE}/domain/tokens/token-gate.ts`,
    tests: [`${SIGN_IN}/next-step.test.ts`, `${CORE}/domain/tokens/token-gate.test.ts`],
  },
  {
    file: `${SIGN_IN}/challenges/device-turn.ts`,
    tests: [`${SIGN_IN}/device-step.test.ts`],
  },
  // Applications let people in by what their tokens say of this.
  {
    file: `${CORE}/domain/tokens/assurance.ts`,
    tests: [`${CORE}/domain/tokens/assurance.test.ts`],
  },
];

/** What counts and bounds: survivors are looked at by hand, as sizes of memories and labels of keys are among them. */
export const LIMITS: readonly Target[] = [
  {
    file: `${CORE}/limits/limits.ts`,
    tests: [`${CORE}/limits/limits.test.ts`, `${SIGN_IN}/rounds.test.ts`],
  },
  ...[
    `${CORE}/limits/source-attempts`,
    `${CORE}/limits/trial`,
    `${CORE}/domain/passwords/lockout`,
    `${CORE}/messages/message-budget`,
    BUDGETS,
  ].map((path) => ({ file: `${path}.ts`, tests: [`${path}.test.ts`] })),
  { file: 'packages/server/src/http/levels.ts', tests: [`${BUDGETS}.test.ts`] },
];
