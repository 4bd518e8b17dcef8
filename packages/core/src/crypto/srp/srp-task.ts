import type { Random } from '../primitives/random.ts';
import {
  makeSrpServerKeys,
  makeSrpVerifier,
  srpClaim,
  type SrpExchange,
  type SrpIdentity,
  type SrpServerKeys,
  type SrpVerifier,
} from './srp.ts';

/** One piece of SRP's slow work, in a form that can be sent to another thread. */
export type SrpTask =
  | { readonly kind: 'verifier'; readonly identity: SrpIdentity }
  | { readonly kind: 'server-keys'; readonly verifierHex: string }
  | { readonly kind: 'claim'; readonly exchange: SrpExchange };

/** The result of a task. */
export interface SrpTaskResult {
  readonly verifier: SrpVerifier;
  readonly 'server-keys': SrpServerKeys;
  /** In Base64. */
  readonly claim: string | undefined;
}

/** Does the work, on the calling thread. */
export function runSrpTask(random: Random, task: SrpTask): SrpTaskResult[SrpTask['kind']] {
  switch (task.kind) {
    case 'verifier':
      return makeSrpVerifier(random, task.identity);
    case 'server-keys':
      return makeSrpServerKeys(random, task.verifierHex);
    case 'claim':
      return srpClaim(task.exchange)?.toString('base64');
  }
}
