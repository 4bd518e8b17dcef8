import { chmodSync, existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';

/** Linux's disk that is memory. */
const MEMORY = '/dev/shm';
const NEEDED_BYTES = 1 << 30;

/**
 * Databases of unit tests write through to the disk at every commit, and wait for it: where memory will do as a disk, the work makes
 * its temporary files there. What is about disks themselves is no unit test.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withTemporaryFilesInMemory(work) {
  if (!existsSync(MEMORY) || freeBytes() < NEEDED_BYTES) return work();
  const folder = mkdtempSync(`${MEMORY}/poolhouse-tests-`);
  // As of any temporary folder: some tests run programs as another user.
  chmodSync(folder, 0o1777);
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const before = process.env['TMPDIR'];
  process.on('exit', remove);
  process.env['TMPDIR'] = folder;
  try {
    return await work();
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
    process.off('exit', remove);
    remove();
  }
}

function freeBytes() {
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize;
}
