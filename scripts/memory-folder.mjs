import { chmodSync, existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';

/** Linux's file system in memory. */
const MEMORY = '/dev/shm';
const NEEDED_BYTES = 1 << 30;

/**
 * In unit tests, databases write through to the disk at every commit, and wait for it. If memory can serve as a disk, the work puts its
 * temporary files there. A test that is about disks is not a unit test.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withTemporaryFilesInMemory(work) {
  if (!existsSync(MEMORY) || freeBytes() < NEEDED_BYTES) return work();
  const folder = mkdtempSync(`${MEMORY}/poolhouse-tests-`);
  // Like any temporary folder, because some tests run programs as another user.
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
