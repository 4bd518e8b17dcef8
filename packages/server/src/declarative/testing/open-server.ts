import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { PasswordHasher } from '@poolhouse/core';
import type { InputOf, OperationName } from '@poolhouse/model';
import { composeServer, type Server } from '../../compose/compose-server.ts';
import { readConfig } from '../../config/config.ts';
import { call as callOperation } from '../../testing/call.ts';
import { applyDeclaration } from '../apply-declaration.ts';
import { parseDeclaration } from '../read-declaration.ts';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const plainHasher: PasswordHasher = {
  hash: async (password) => `$plain$${password}`,
  verify: async (phc, password) => phc === `$plain$${password}`,
  verifyImported: async () => false,
  verifyDecoy: async () => false,
};

/** A server over a fresh data folder, to which declarations are applied. */
export async function openServer(t: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), 'poolhouse-test-'));
  const config = readConfig({ POOLHOUSE_DATA: folder });
  const server: Server = await composeServer(config, { log: quiet, hasher: plainHasher });
  t.after(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });
  const call = <Name extends OperationName>(name: Name, input: InputOf<Name>) =>
    callOperation(server, name, input, 'local');
  const apply = (source: string) =>
    applyDeclaration(server, parseDeclaration(source, 'poolhouse.yaml', folder));
  return { server, folder, call, apply };
}
