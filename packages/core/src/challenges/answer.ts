import type { Client } from '../domain/clients/client.ts';
import type { Pool } from '../domain/pools/pool.ts';

/** One RespondToAuthChallenge or its admin twin, resolved. */
export interface ChallengeAnswer {
  readonly pool: Pool;
  readonly client: Client;
  readonly session?: string;
  /** ChallengeResponses; its keys are upper case, but for `userAttributes.<name>`. */
  readonly responses: Readonly<Record<string, string>>;
}
