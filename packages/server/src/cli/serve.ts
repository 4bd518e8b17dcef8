import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { composeServer, type Server } from '../compose/compose-server.ts';
import type { AppliedDeclaration } from '../declarative/apply-declaration.ts';
import { unknownSettings, type ServerConfig } from '../config/config.ts';
import { hiddenPoolsText } from '../pools/hidden-pools.ts';
import { refusingPools, refusingText } from '../pools/refusing-pools.ts';
import { unsentSmsText } from '../pools/unsent-sms.ts';
import { isLoopbackName } from '../http/loopback.ts';

/** Starts the server and keeps it running until the process is told to end. Source: security.md F21, F29. */
export async function serve(given: ServerConfig): Promise<void> {
  const config = { ...given, declaration: given.declaration ?? usualDeclaration(given) };
  const server = await composeServer(config);
  const { log } = server.world;
  for (const name of unknownSettings(process.env)) {
    process.stderr.write(`Warning: ${name} is not a Poolhouse setting.\n`);
  }
  // A bug in one request must not end the server for everyone.
  process.on('uncaughtException', (error) => log.error('process.exception', { err: error }));
  process.on('unhandledRejection', (reason) => log.error('process.rejection', { err: reason }));
  // A closed terminal or pipe is no reason to end either.
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
  endOnSignal(server, config.drainMs);
  const { url, port, declared, yieldingUsers, addressNote } = await started(server);
  process.stdout.write(`${welcome(config, server, { url, port })}\n`);
  if (addressNote !== undefined) process.stdout.write(`${addressNote}\n`);
  if (declared !== undefined) process.stdout.write(declaredText(declared));
  if (yieldingUsers.length > 0) process.stdout.write(yieldedText(yieldingUsers));
  // Only after the server can answer requests, because the first start creates the administrators' pool here.
  const link = await server.setUpLink().catch((error: unknown) => {
    log.error('console.unprepared', { err: error });
    return undefined;
  });
  if (link !== undefined) process.stdout.write(setUpText(link));
  process.stdout.write(await hiddenPoolsText(server.storage.stores, config.region).catch(() => ''));
  process.stdout.write(await unsentSmsText(server.storage.stores, config).catch(() => ''));
  process.stdout.write(refusingText(await refusingPools(server.storage).catch(() => [])));
}

/** The link is a secret that makes its reader the owner, so it is printed and not logged. */
function setUpText(link: string): string {
  return `Nobody owns this server yet. Open this link within an hour to become its first administrator:\n  ${link}\n`;
}

/** Before names were compared by their key, two spellings of one name could be two users. */
function yieldedText(users: readonly string[]): string {
  return `Warning: these users share a name with another user, who keeps it; they can only be found by sub:\n${users.map((user) => `  ${user}\n`).join('')}`;
}

function mailText(mode: ServerConfig['mode'], mail: ServerConfig['mail']): string {
  if (mail !== undefined) return `sent from ${mail.from}`;
  return mode === 'development'
    ? 'kept in the inbox: POOLHOUSE_SMTP_URL is not set'
    : 'NOT SENT: mails wait until POOLHOUSE_SMTP_URL and POOLHOUSE_MAIL_FROM are set';
}

/** Of the receiver's address only the origin: its path may be a secret. */
function smsText(mode: ServerConfig['mode'], sms: ServerConfig['sms']): string {
  if (sms?.kind === 'sns') return `sent by Amazon SNS in ${sms.region}`;
  if (sms !== undefined) return `posted to ${new URL(sms.url).origin}`;
  return mode === 'development'
    ? 'kept in the inbox: neither POOLHOUSE_SMS_URL nor POOLHOUSE_SMS_SNS_REGION is set'
    : 'NOT SENT: they wait until POOLHOUSE_SMS_URL or POOLHOUSE_SMS_SNS_REGION is set';
}

/** Development uses the file in its working folder; production only a file that is named. */
function usualDeclaration({ mode }: ServerConfig): string | undefined {
  const file = resolve('poolhouse.yaml');
  return mode === 'development' && existsSync(file) ? file : undefined;
}

/** The declared pools and app clients, and, once, how new users sign in. */
function declaredText({ pools, newUsers }: AppliedDeclaration): string {
  const lines = pools.flatMap(({ id, name, result, wantedId, clients }) => [
    `  User pool   ${name}, ${id}${result === 'kept' ? '' : ` (${result})`}`,
    ...(wantedId === undefined ? [] : [formerIdText(id, wantedId)]),
    ...clients.map((client) => `  App client  ${client.name}, ${client.id}`),
  ]);
  for (const { poolName, username, temporaryPassword } of newUsers) {
    if (temporaryPassword === undefined) continue;
    lines.push(
      `New user of ${poolName}: ${username}, temporary password ${temporaryPassword}`,
      '  It is shown only once, and must be changed at the first sign-in.',
    );
  }
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

/** How to get from a pool's former id to the one that the declaration asks for. */
function formerIdText(id: string, wantedId: string): string {
  return [
    `    The declaration asks for ${wantedId}, an id that token verifiers and Amplify accept; this data folder keeps ${id}.`,
    '    To get the new id, start with an empty data folder (POOLHOUSE_DATA). To keep this one, name it in your',
    `    applications: for the starter as userPoolId in examples/starter/poolhouse.config.json, with the region ${id.split('_')[0] ?? ''}.`,
  ].join('\n');
}

async function started(server: Server): ReturnType<Server['start']> {
  try {
    return await server.start();
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** From the end of the drain on; Docker kills ten seconds after its SIGTERM. Source: security.md F21. */
const LONGEST_END_MS = 8_000;

/**
 * A second signal within this time is a duplicate of the first: a terminal or a service manager (systemd's `KillMode=control-group`)
 * sends it to all processes, and the process that started the server also passes it on.
 */
const SAME_SIGNAL_MS = 1_000;

/** The first signal stops the server gracefully, a later one at once. */
function endOnSignal(server: Server, drainMs: number): void {
  let endingSinceMs: number | undefined;
  const end = () => {
    const nowMs = performance.now();
    if (endingSinceMs !== undefined) {
      if (nowMs - endingSinceMs > SAME_SIGNAL_MS) process.exit(1);
      return;
    }
    endingSinceMs = nowMs;
    // An unresponsive database must not keep the process alive: everything acknowledged is on disk.
    setTimeout(() => {
      server.world.log.error('process.cut');
      process.exit(1);
    }, drainMs + LONGEST_END_MS).unref();
    server.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  // A terminal that was closed.
  process.on('SIGHUP', end);
  // The parent process, which passes signals on, was killed.
  process.on('disconnect', end);
}

function welcome(
  config: ServerConfig,
  server: Server,
  { url, port }: { readonly url: string; readonly port: number },
): string {
  const { mode, modeBecause, publicUrl, dataFolder, database, mail, sms } = config;
  const isDevelopment = mode === 'development';
  // The inbox and the local key work only under loopback names, whatever the public URL is.
  const here =
    publicUrl === undefined || isLoopbackName(new URL(publicUrl).hostname)
      ? url
      : `http://localhost:${port}`;
  const lines = [
    `Poolhouse runs in ${mode}: ${modeBecause}.`,
    `  API         ${url}`,
    `              recent AWS clients: AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER=${url}`,
    `              other clients ignore that variable and would call Amazon: use --endpoint-url ${url}, or endpoint in code`,
    `  Access key  ${isDevelopment ? 'local, secret local (on this machine only)' : 'create one with: poolhouse keys create'}`,
    `  Database    ${database.kind === 'sqlite' ? database.file : 'PostgreSQL'}${server.isNewDatabase ? '   (new, empty)' : ''}`,
    `  Data        ${dataFolder}`,
    `  Passwords   ${server.passwordHash}`,
    `  Mail        ${mailText(mode, mail)}`,
    `  SMS         ${smsText(mode, sms)}`,
    `  Console     ${url}/console`,
    ...(isDevelopment ? [`  Inbox       ${here}/inbox   (mails and SMS to users)`] : []),
  ];
  if (server.newKeyFile !== undefined) {
    lines.push(
      `Warning: created the key file ${server.newKeyFile}. Without it nobody can open the database: keep a copy in another place.`,
    );
  }
  return lines.join('\n');
}
