import type { SrpPowers } from '@poolhouse/core';
import type { SrpTask, SrpTaskResult } from '@poolhouse/core/srp';
import type { FairQueue } from './fair-queue.ts';
import { makeThreads } from './threads.ts';

/** The exponentiations of SRP on other threads, and a way to end them. */
export type SrpThreads = SrpPowers & { close(): Promise<void> };

/** Computes the exponentiations of SRP on at most `mostThreads` threads, taking turns in the queue. */
export function makeSrpThreads(queue: FairQueue, mostThreads: number): SrpThreads {
  const threads = makeThreads<SrpTask, SrpTaskResult[SrpTask['kind']]>('srp', mostThreads);
  const ask = <Kind extends SrpTask['kind']>(task: SrpTask & { readonly kind: Kind }) =>
    threads.ask(task) as Promise<SrpTaskResult[Kind]>;
  return {
    verifier: (identity, order) => queue(order, () => ask({ kind: 'verifier', identity })),
    serverKeys: (verifierHex, order) =>
      queue(order, () => ask({ kind: 'server-keys', verifierHex })),
    claim: (exchange, order) => queue(order, () => ask({ kind: 'claim', exchange })),
    close: () => threads.close(),
  };
}
