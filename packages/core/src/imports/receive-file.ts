import { randomToken, sealedPlaces, type PoolSecrets } from '../crypto/index.ts';
import { LARGEST_FILE_BYTES, PART_BYTES, type UserImport } from '../domain/imports/user-import.ts';
import { PoolGoneError, type Storage, type Stores } from '../ports/stores/index.ts';
import type { World } from '../world.ts';
import { isOurs, type UploadClaim } from './upload-address.ts';

/** What became of an upload. */
export type Received = 'stored' | 'not-ours' | 'expired' | 'not-waiting' | 'too-large' | 'replaced';

/** What receiving a file needs. */
export interface ReceiveParts {
  readonly storage: Pick<Storage, 'stores'>;
  readonly world: Pick<World, 'clock' | 'random' | 'vault'>;
}

/** Parts of a former upload that one statement removes. */
const DROPPED_AT_ONCE = 16;

/**
 * Receives the file of an import, a part at a time, so that its size costs no memory. Only a complete file counts, and the last one; while one
 * arrives, another that begins takes its place.
 */
export async function receiveFile(
  { storage: { stores }, world }: ReceiveParts,
  claim: UploadClaim,
  chunks: AsyncIterable<Buffer>,
): Promise<Received> {
  const { imports } = stores;
  const { poolId, id, expiresAtMs } = claim;
  const ref = { poolId, id };
  const secrets = await secretsOf(world, claim);
  if (secrets === undefined || !isOurs(secrets, claim)) return 'not-ours';
  if (world.clock.nowMs() >= expiresAtMs) return 'expired';
  const upload = randomToken(world.random, 16);
  const begun = await imports.change(ref, (job) =>
    isWaiting(job) ? { ...job, receiving: upload, upload: undefined, fileBytes: undefined } : job,
  );
  if (begun?.receiving !== upload) return 'not-waiting';
  while ((await imports.dropParts(ref, DROPPED_AT_ONCE, upload)) > 0);
  const add = async (bytes: Buffer, number: number) => {
    const place = sealedPlaces.importPart(upload, number);
    const sealed = secrets.seal(world.random, place, bytes);
    return imports.addPart({ ...ref, upload, number, sealed });
  };
  const outcome = await storeParts(chunks, add);
  if (typeof outcome === 'string') {
    await dropAll(stores, claim, upload);
    return outcome;
  }
  const done = await imports.change(ref, (job) =>
    isWaiting(job) && job.receiving === upload
      ? { ...job, receiving: undefined, upload, fileBytes: outcome.bytes }
      : job,
  );
  return done?.upload === upload ? 'stored' : 'replaced';
}

function isWaiting({ state }: UserImport): boolean {
  return state === 'Created';
}

async function secretsOf(
  { vault }: Pick<World, 'vault'>,
  { poolId }: UploadClaim,
): Promise<PoolSecrets | undefined> {
  try {
    return await vault.of(poolId);
  } catch (error) {
    if (error instanceof PoolGoneError) return undefined;
    throw error;
  }
}

/** Cuts what arrives into parts of one size. */
async function storeParts(
  chunks: AsyncIterable<Buffer>,
  add: (bytes: Buffer, number: number) => Promise<boolean>,
): Promise<{ readonly bytes: number } | 'too-large' | 'replaced'> {
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  let bytes = 0;
  let number = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > LARGEST_FILE_BYTES) return 'too-large';
    waiting.push(chunk);
    waitingBytes += chunk.length;
    if (waitingBytes < PART_BYTES) continue;
    let rest = Buffer.concat(waiting, waitingBytes);
    for (; rest.length >= PART_BYTES; rest = rest.subarray(PART_BYTES), number += 1) {
      if (!(await add(rest.subarray(0, PART_BYTES), number))) return 'replaced';
    }
    waiting = [Buffer.from(rest)];
    waitingBytes = rest.length;
  }
  if (waitingBytes > 0 && !(await add(Buffer.concat(waiting, waitingBytes), number))) {
    return 'replaced';
  }
  return { bytes };
}

/** What has been refused is of no use. A client that breaks off leaves its parts to the next upload, or to the end of the import. */
async function dropAll({ imports }: Stores, ref: UploadClaim, upload: string): Promise<void> {
  const current = await imports.get(ref);
  // Another upload has begun: it removes these itself, and must keep its own.
  if (current?.receiving !== upload) return;
  while ((await imports.dropParts(ref, DROPPED_AT_ONCE)) > 0);
}
