/** `npm start -- --pool ID [--client ID]`: connects the starter application to another pool of this server, without editing a file. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import {
  CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  paginateListUserPoolClients,
} from '@aws-sdk/client-cognito-identity-provider';
import { configurationsOf } from '@poolhouse/console-app/configurations';

export const USAGE = 'npm start [-- --pool ID [--client ID]]';

const FILE = fileURLToPath(
  new URL('../node_modules/.cache/poolhouse/starter.config.json', import.meta.url),
);
const READY_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 200;

/**
 * Reads the command line. Throws an error that explains the syntax.
 * @param {readonly string[]} args
 * @returns {{ pool: string, client?: string | undefined } | undefined} `undefined` where no pool is named
 */
export function chosenPool(args) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { pool: { type: 'string' }, client: { type: 'string' } },
    });
    if (values.pool) return { pool: values.pool, client: values.client };
    if (!values.client) return undefined;
  } catch {
    // The error is thrown below, as for everything that cannot be parsed.
  }
  throw new Error(`Usage: ${USAGE}`);
}

/**
 * Waits for the server, asks it for the pool and its app client, and writes the configuration that the starter reads. Throws errors that
 * are written for whoever typed the command.
 * @param {{ pool: string, client?: string | undefined }} chosen
 * @param {string} endpoint
 * @param {AbortSignal} signal
 * @returns {Promise<string>} the file
 */
export async function writeStarterConfig(chosen, endpoint, signal) {
  await serverIsReady(endpoint, signal);
  const aws = new CognitoIdentityProviderClient({
    endpoint,
    region: chosen.pool.split('_')[0] ?? '',
    // The key that the server knows in development, on this machine.
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  try {
    const described = await aws.send(new DescribeUserPoolCommand({ UserPoolId: chosen.pool }));
    const pool = described.UserPool ?? {};
    const client = await publicClient(aws, chosen);
    // The SDK's types and ours describe the same answers.
    const facts =
      /** @type {import('@poolhouse/console-app/configurations').ConfigurationFacts} */ (
        /** @type {unknown} */ ({ pool, client, endpoint })
      );
    const starter = configurationsOf(facts).find(({ id }) => id === 'starter');
    mkdirSync(dirname(FILE), { recursive: true });
    writeFileSync(FILE, starter?.text ?? '');
    return FILE;
  } finally {
    aws.destroy();
  }
}

/**
 * @param {CognitoIdentityProviderClient} aws
 * @param {{ pool: string, client?: string | undefined }} chosen
 */
async function publicClient(aws, { pool: UserPoolId, client: wanted }) {
  const found = [];
  for await (const page of paginateListUserPoolClients({ client: aws }, { UserPoolId })) {
    for (const { ClientId } of page.UserPoolClients ?? []) {
      if (wanted !== undefined && ClientId !== wanted) continue;
      const command = new DescribeUserPoolClientCommand({ UserPoolId, ClientId });
      const { UserPoolClient } = await aws.send(command);
      if (UserPoolClient && UserPoolClient.ClientSecret === undefined) found.push(UserPoolClient);
    }
  }
  const [only, ...more] = found;
  if (only === undefined) {
    throw new Error(
      wanted === undefined
        ? `The pool ${UserPoolId} has no app client without a secret. Make one in the console.`
        : `The pool ${UserPoolId} has no app client ${wanted} without a secret.`,
    );
  }
  if (more.length > 0) {
    const names = found.map(({ ClientId, ClientName }) => `  --client ${ClientId}   ${ClientName}`);
    throw new Error(
      `The pool ${UserPoolId} has several app clients. Name one:\n${names.join('\n')}`,
    );
  }
  return only;
}

/**
 * @param {string} endpoint
 * @param {AbortSignal} signal
 */
async function serverIsReady(endpoint, signal) {
  const endsAtMs = performance.now() + READY_WITHIN_MS;
  for (;;) {
    const isReady = await fetch(`${endpoint}/readyz`, { signal }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return;
    signal.throwIfAborted();
    if (performance.now() > endsAtMs) throw new Error(`${endpoint} does not answer.`);
    await delay(LOOK_EVERY_MS, undefined, { signal });
  }
}
