import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A certificate of `localhost` that nobody trusts unless told to. */
export interface Certificate {
  readonly key: Buffer;
  readonly cert: Buffer;
  /** For `NODE_EXTRA_CA_CERTS`. */
  readonly file: string;
}

/** Makes one for a test; `undefined`, and the test is skipped, without openssl. */
export async function makeCertificate(t: TestContext): Promise<Certificate | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'poolhouse-https-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const [key, file] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  const made = await run('openssl', [
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1'],
    ...subject,
    ...['-keyout', key, '-out', file],
  ]).catch((error: unknown) => (error as NodeJS.ErrnoException).code);
  if (made === 'ENOENT') {
    t.skip('openssl is not installed');
    return undefined;
  }
  assert(typeof made === 'object', 'openssl made no certificate');
  return { key: await readFile(key), cert: await readFile(file), file };
}
