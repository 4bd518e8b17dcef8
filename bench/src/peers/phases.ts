import type { ScenarioKey } from '../load/scenario.ts';

/**
 * The rows that a peer can do, in the order in which they are measured: what adds users comes last, because some peers get slower with
 * each. The product hashes as it always does, but for the row that is compared with passwords in clear.
 */
export const PHASES: readonly {
  readonly passwordHash: 'argon2id' | 'test';
  readonly keys: readonly ScenarioKey[];
}[] = [
  {
    passwordHash: 'argon2id',
    keys: ['get-user', 'admin-get-user', 'list-users', 'refresh', 'email-code', 'password'],
  },
  { passwordHash: 'test', keys: ['test-profile'] },
  { passwordHash: 'argon2id', keys: ['admin-create-user', 'sign-up'] },
];

/** The names of all of them. */
export const peerRows: readonly ScenarioKey[] = PHASES.flatMap(({ keys }) => keys);
