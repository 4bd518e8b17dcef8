import type { MeasuredProcess } from '../measured-process.ts';
import type { Contestant } from './peer.ts';

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
