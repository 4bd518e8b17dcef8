import type { Step } from './scenario.ts';
import type { Prepared } from './send.ts';

/** Loads of one request an operation, all made before anything is measured. */
export function each(send: (request: Prepared) => Promise<unknown>) {
  return (count: number, make: (index: number) => Prepared): readonly Step[] => {
    const requests = Array.from({ length: count }, (_, index) => make(index));
    return [{ measured: true, operate: (index) => send(requests[index] ?? make(index)) }];
  };
}
