import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { SrpPowers } from '@poolhouse/core';
import type { SrpTask, SrpTaskResult } from '@poolhouse/core/srp';
import type { FairQueue } from './fair-queue.ts';

/** What is sent to a thread. */
export interface SrpQuestion {
  readonly id: number;
  readonly task: SrpTask;
}

/** What it sends back. */
export type SrpAnswer =
  | { readonly id: number; readonly value: SrpTaskResult[SrpTask['kind']] }
  | { readonly id: number; readonly error: Error };

interface Asked {
  readonly resolve: (value: SrpTaskResult[SrpTask['kind']]) => void;
  readonly reject: (error: Error) => void;
}

interface Thread {
  readonly worker: Worker;
  readonly asked: Map<number, Asked>;
}

/** The exponentiations of SRP on other threads, and a way to end them. */
export type SrpThreads = SrpPowers & { close(): Promise<void> };

/**
 * Computes the exponentiations of SRP on at most `mostThreads` threads, taking turns in the queue. A thread is started when it is needed
 * and all others are busy, so a server without SRP has none. It does not keep the process alive.
 */
export function makeSrpThreads(queue: FairQueue, mostThreads: number): SrpThreads {
  const threads = new Set<Thread>();
  let lastId = 0;

  function start(): Thread {
    const worker = new Worker(threadFile(), {
      name: 'srp',
      // It needs no settings, least of all the keys among them.
      env: {},
      // It prints nothing. If its pipe were joined to ours, this process would no longer wait for whoever reads its output.
      stdout: true,
      stderr: true,
      resourceLimits: { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 64 },
    });
    const thread: Thread = { worker, asked: new Map() };
    worker.unref();
    worker.on('message', (answer: SrpAnswer) => {
      const asked = thread.asked.get(answer.id);
      thread.asked.delete(answer.id);
      if (thread.asked.size === 0) worker.unref();
      if ('error' in answer) asked?.reject(answer.error);
      else asked?.resolve(answer.value);
    });
    const end = (error: Error) => {
      threads.delete(thread);
      for (const { reject } of thread.asked.values()) reject(error);
      thread.asked.clear();
    };
    worker.once('error', (error) =>
      end(error instanceof Error ? error : new Error('SRP thread failed')),
    );
    worker.once('exit', () => end(new Error('the thread of SRP ended')));
    threads.add(thread);
    return thread;
  }

  function idlest(): Thread {
    const [least] = [...threads].toSorted((a, b) => a.asked.size - b.asked.size);
    const isFree = least !== undefined && least.asked.size === 0;
    return isFree || (least !== undefined && threads.size >= mostThreads) ? least : start();
  }

  function ask<Kind extends SrpTask['kind']>(
    task: SrpTask & { readonly kind: Kind },
  ): Promise<SrpTaskResult[Kind]> {
    return new Promise((resolve, reject) => {
      const { worker, asked } = idlest();
      const id = (lastId += 1);
      asked.set(id, { resolve: resolve as Asked['resolve'], reject });
      worker.ref();
      worker.postMessage({ id, task } satisfies SrpQuestion);
    });
  }

  return {
    verifier: (identity, order) => queue(order, () => ask({ kind: 'verifier', identity })),
    serverKeys: (verifierHex, order) =>
      queue(order, () => ask({ kind: 'server-keys', verifierHex })),
    claim: (exchange, order) => queue(order, () => ask({ kind: 'claim', exchange })),
    async close() {
      await Promise.all([...threads].map(({ worker }) => worker.terminate()));
    },
  };
}

/** Beside this file, whether the server runs from sources or from one bundled file. */
function threadFile(): URL {
  return new URL(`./srp-thread${extname(import.meta.filename)}`, import.meta.url);
}
