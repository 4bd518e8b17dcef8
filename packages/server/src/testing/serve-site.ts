import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { makeSite, type Mount } from '../site/site.ts';

/** Serves a site for one test; returns its port, and the errors that it logs. */
export async function serveSite(
  test: Pick<TestContext, 'after'>,
  mounts: readonly Mount[],
): Promise<{ readonly port: number; readonly errors: readonly unknown[] }> {
  const errors: unknown[] = [];
  const server = createServer(
    makeSite(mounts, {
      info: () => undefined,
      warn: () => undefined,
      error: (_, fields) => void errors.push(fields?.['err']),
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  test.after(() => server.close());
  return { port: (server.address() as AddressInfo).port, errors };
}
