import type { Step } from '../load/scenario.ts';
import type { Prepared } from '../load/send.ts';
import type { MeasuredProcess } from '../measured-process.ts';
import type { Contestant } from './peer.ts';

/** As for the product. */
export const MOST_CONNECTIONS = 8;
/** Users of a page. */
export const PAGE = 60;
/** People who have a password, in every contestant. */
export const WITH_PASSWORD = 64;

/** Loads of one request each, made before anything is measured. */
export function each(send: (request: Prepared) => Promise<unknown>) {
  return (make: (index: number) => Prepared) =>
    (count: number): readonly Step[] => {
      const requests = Array.from({ length: count }, (_, index) => make(index));
      return [{ measured: true, operate: (index) => send(requests[index] ?? make(index)) }];
    };
}

/** Goes on with a server that has just been started, and ends it where that fails. */
export async function goOn(
  server: MeasuredProcess,
  work: () => Promise<Contestant>,
): Promise<Contestant> {
  try {
    return await work();
  } catch (error) {
    await server.stop();
    throw error;
  }
}
