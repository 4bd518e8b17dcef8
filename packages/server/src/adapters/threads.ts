import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';

/** What is sent to a thread. */
export interface Question<Task> {
  readonly id: number;
  readonly task: Task;
}

/** What it sends back. */
export type Answer<Value> =
  { readonly id: number; readonly value: Value } | { readonly id: number; readonly error: Error };

interface Asked<Value> {
  readonly resolve: (value: Value) => void;
  readonly reject: (error: Error) => void;
}

interface Thread<Value> {
  readonly worker: Worker;
  readonly asked: Map<number, Asked<Value>>;
}

/** Tasks on other threads, and a way to end them. */
export interface Threads<Task, Value> {
  ask(task: Task): Promise<Value>;
  close(): Promise<void>;
}

/**
 * Does tasks on at most `most` threads. A thread is started when it is needed and all others are busy, so a server without such tasks has none. It does
 * not keep the process alive. The file `<name>-thread` lies beside this one.
 */
export function makeThreads<Task, Value>(name: string, most: number): Threads<Task, Value> {
  const threads = new Set<Thread<Value>>();
  let lastId = 0;

  function start(): Thread<Value> {
    const worker = new Worker(threadFile(name), {
      name,
      // It needs no settings, least of all the keys among them.
      env: {},
      // It prints nothing. If its pipe were joined to ours, this process would no longer wait for whoever reads its output.
      stdout: true,
      stderr: true,
      resourceLimits: { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 64 },
    });
    const thread: Thread<Value> = { worker, asked: new Map() };
    worker.unref();
    worker.on('message', (answer: Answer<Value>) => {
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
      end(error instanceof Error ? error : new Error(`the thread of ${name} failed`)),
    );
    worker.once('exit', () => end(new Error(`the thread of ${name} ended`)));
    threads.add(thread);
    return thread;
  }

  function idlest(): Thread<Value> {
    const [least] = [...threads].toSorted((a, b) => a.asked.size - b.asked.size);
    const isFree = least !== undefined && least.asked.size === 0;
    return isFree || (least !== undefined && threads.size >= most) ? least : start();
  }

  return {
    ask: (task) =>
      new Promise((resolve, reject) => {
        const { worker, asked } = idlest();
        const id = (lastId += 1);
        asked.set(id, { resolve, reject });
        worker.ref();
        worker.postMessage({ id, task } satisfies Question<Task>);
      }),
    async close() {
      await Promise.all([...threads].map(({ worker }) => worker.terminate()));
    },
  };
}

/** Beside this file, whether the server runs from sources or from one bundled file. */
function threadFile(name: string): URL {
  return new URL(`./${name}-thread${extname(import.meta.filename)}`, import.meta.url);
}
