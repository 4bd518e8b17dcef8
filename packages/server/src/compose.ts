import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  makeExecute,
  makeKeyRing,
  makeSigningKeys,
  makeVault,
  poolId,
  regionOf,
  registry,
  SERVER_SECRETS,
  systemRandom,
  type Clock,
  type Execute,
  type Log,
  type PasswordHasher,
  type Registry,
  type Storage,
  type Vault,
  type World,
} from '@poolhouse/core';
import { openStorage } from '@poolhouse/storage';
import { makeAccessKeys, type AccessKeys } from './access-keys/access-keys.ts';
import { LOCAL_KEY, mayUseLocalKey } from './access-keys/local-key.ts';
import { makeDayFigures } from './adapters/day-figures.ts';
import { makeGuessGuard, openGuard } from './adapters/guess-guard.ts';
import { makeLog, type ServerLog } from './adapters/log.ts';
import { makeArgon2Hasher, makeTestHasher } from './adapters/password-hasher.ts';
import { makeAwsJson } from './aws-json/aws-json.ts';
import { makeVerify, type KeyFinder } from './aws-json/signature.ts';
import { ConfigError } from './config/config-error.ts';
import type { ServerConfig } from './config/config.ts';
import { readKeyFile, type KeyFile } from './config/key-file.ts';
import { listenForCommands, type CommandSocket } from './cli/command-socket.ts';
import { makeCommands } from './cli/commands.ts';
import type { AppliedDeclaration } from './declarative/apply-declaration.ts';
import { chooseCouriers } from './delivery/courier.ts';
import { makeDelivery } from './delivery/delivery.ts';
import { makeDiscovery } from './discovery-http/discovery.ts';
import { isLoopbackName } from './loopback.ts';
import type { Mount } from './middleware/express-app.ts';
import { makePurge } from './purge.ts';
import { makeRewrap } from './rewrap.ts';
import { makeServer } from './server.ts';
import { makeSourceOf } from './source-address.ts';
import type { Worker } from './worker.ts';

/** What tests put in place of the real world. */
export interface Replacements {
  readonly clock?: Clock;
  readonly hasher?: PasswordHasher;
  readonly log?: Log;
  readonly registry?: Registry;
}

/** A whole server, put together and not yet listening. */
export interface Server {
  readonly storage: Storage;
  readonly world: World;
  readonly execute: Execute;
  readonly accessKeys: AccessKeys;
  /** The key file that was just made, for the visible warning. */
  readonly newKeyFile: string | undefined;
  /** Listens; answers the public URL and the port, which the system chose where it is 0 in the configuration. */
  start(): Promise<{
    readonly url: string;
    readonly port: number;
    /** What the declaration file of the configuration came to. */
    readonly declared: AppliedDeclaration | undefined;
  }>;
  /** Makes what the console needs; answers where the first administrator is made, or `undefined` once there is an owner. */
  setUpLink(): Promise<string | undefined>;
  /** Answers what was accepted, then closes everything. */
  stop(): Promise<void>;
}

/** Where `npm run build:console` puts the console's application. */
const CONSOLE_APP = join(import.meta.dirname, '../../../apps/console/dist/browser');

/** The account in ARNs: self-hosted pools belong to no AWS account. */
const ACCOUNT_ID = '000000000000';

/** Builds every adapter, opens the database and puts the server together: the one place where this happens. */
export async function composeServer(
  config: ServerConfig,
  replacements: Replacements = {},
): Promise<Server> {
  const base = await openBase(config, replacements);
  const { storage, vault, log, clock, accessKeys } = base;
  try {
    let port = config.port;
    const figures = makeDayFigures(storage.stores, { clock, log });
    const world: World = {
      clock,
      random: systemRandom,
      hasher: replacements.hasher ?? (await hasherOf(config)),
      vault,
      signingKeys: makeSigningKeys(storage.stores, vault, systemRandom),
      log,
      figures,
      guard: config.mode === 'development' ? openGuard : makeGuessGuard({ clock, log }),
      // Which port was free is known only once the server listens.
      get publicUrl() {
        return config.publicUrl ?? `http://localhost:${port}`;
      },
      accountId: ACCOUNT_ID,
    };
    const execute = makeExecute(storage, world);
    const awsJson = makeAwsJson({
      registry: replacements.registry ?? registry,
      execute,
      verify: makeVerify(keyFinder(config, accessKeys), { clock, log, region: config.region }),
      log,
      sourceOf: makeSourceOf(config.trustedProxies),
      accountId: ACCOUNT_ID,
    });
    const discovery = makeDiscovery({
      stores: storage.stores,
      signingKeys: world.signingKeys,
      log,
      publicUrl: () => world.publicUrl,
    });
    let declared: AppliedDeclaration | undefined;
    const pages = pagesOf({ config, storage, world, execute, declared: () => declared });
    const server = makeServer({ awsJson, discovery, pages, storage, log });
    // What runs beside the requests; further workers go here.
    const workers: readonly Worker[] = [
      makePurge(storage.stores, { clock, log }),
      figures,
      makeRewrap(vault, log),
      await deliveryOf(config, { storage, world }),
    ];
    let commands: CommandSocket | undefined;
    const makeSetUpLink = async () => {
      const { prepareConsole } = await import('./console-http/set-up.ts');
      return prepareConsole({ storage, world, execute });
    };
    let settingUp: ReturnType<typeof makeSetUpLink> | undefined;

    return {
      storage,
      world,
      execute,
      accessKeys,
      newKeyFile: base.keyFile?.isNew === true ? base.keyFile.file : undefined,
      async start() {
        // The port first: where it is taken, nothing has been made that would be told only once.
        port = await listen(server.listen, config);
        if (config.declaration !== undefined) {
          // Loaded only when used, like all that not every server needs: starting is quick, idling takes little memory.
          const { applyDeclaration } = await import('./declarative/apply-declaration.ts');
          declared = await applyDeclaration({ storage, world, execute }, config.declaration);
        }
        const handle = makeCommands({ accessKeys, storage, world, execute });
        commands = await listenForCommands(config.dataFolder, handle, log);
        for (const worker of workers) worker.start();
        server.open();
        return { url: world.publicUrl, port, declared };
      },
      setUpLink() {
        settingUp ??= makeSetUpLink();
        return settingUp;
      },
      async stop() {
        await server.stop();
        await commands?.close();
        for (const worker of workers) await worker.stop();
        // Whoever waits for it hears of a failure; here it only must not outlive the database.
        await settingUp?.catch(() => undefined);
        await base.close();
      },
    };
  } catch (error) {
    await base.close();
    throw error;
  }
}

/** Opens a database that no server holds open, for the command line. */
export function composeCommands(config: ServerConfig): Promise<Server> {
  return composeServer({ ...config, logLevel: 'silent' });
}

/** What the server and the command line both need. */
async function openBase(config: ServerConfig, replacements: Replacements) {
  const keyFile = keyFileOf(config);
  const ring = makeKeyRing(config.keys ?? keyFile?.keys ?? []);
  const ownLog = replacements.log === undefined ? openLog(config) : undefined;
  const log: Log = replacements.log ?? (ownLog as ServerLog);
  const clock = replacements.clock ?? { nowMs: () => Date.now() };
  makeDataFolder(config.dataFolder);
  const storage = await openStorage(
    config.database.kind === 'postgres' ? { ...config.database, log } : config.database,
  );
  const vault = makeVault(storage.stores, ring, systemRandom);
  const close = async () => {
    await storage.close();
    await ownLog?.close();
  };
  try {
    await openServerSecrets(storage, vault, clock);
  } catch (error) {
    await close();
    throw error;
  }
  const accessKeys = makeAccessKeys(storage.stores, { vault, random: systemRandom, clock });
  return { storage, vault, log, clock, accessKeys, keyFile, close };
}

/** Makes the server's own data key where there is none, and proves that the loaded keys open it: WrongKeyError if not. */
async function openServerSecrets(storage: Storage, vault: Vault, clock: Clock): Promise<void> {
  const known = await storage.stores.dataKeys.of(SERVER_SECRETS);
  if (known.length === 0) {
    await storage.transaction(async (stores) => {
      if ((await stores.dataKeys.of(SERVER_SECRETS)).length > 0) return;
      await vault.create(stores, SERVER_SECRETS, clock.nowMs());
    });
  }
  await vault.of(SERVER_SECRETS);
}

function keyFileOf(config: ServerConfig): KeyFile | undefined {
  if (config.keys !== undefined) return undefined;
  return readKeyFile(config.dataFolder, {
    mayMake: config.mode === 'development',
    databaseFile: config.database.kind === 'sqlite' ? config.database.file : undefined,
  });
}

function makeDataFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigError(
      'POOLHOUSE_DATA',
      `names the folder ${folder}, which cannot be made (${code ?? 'unknown reason'})`,
      'Let the user that runs Poolhouse write there, or choose another folder.',
    );
  }
}

function openLog(config: ServerConfig): ServerLog {
  return makeLog(config.logLevel, config.logFile);
}

async function hasherOf(config: ServerConfig): Promise<PasswordHasher> {
  if (config.passwordHash === 'argon2id') return makeArgon2Hasher();
  // The configuration has refused this already; passwords deserve a second lock.
  if (config.mode !== 'development') throw new Error('the test hasher exists in development only');
  return makeTestHasher();
}

/** The key that everybody knows works in development only, on a loopback address, for requests of this very machine. */
function keyFinder(config: ServerConfig, accessKeys: AccessKeys): KeyFinder {
  const knowsLocalKey = config.mode === 'development' && isLoopbackName(config.host);
  return {
    async find(id, headers) {
      if (id !== LOCAL_KEY) return accessKeys.secretOf(id);
      return knowsLocalKey && mayUseLocalKey(headers) ? { secret: LOCAL_KEY } : undefined;
    },
  };
}

/** Mails go to the mail server of the configuration; without one, production keeps them waiting and says so. */
async function deliveryOf(
  config: ServerConfig,
  { storage, world }: { readonly storage: Storage; readonly world: World },
): Promise<Worker> {
  const { mode } = config;
  const { vault, clock, log } = world;
  const mail = config.mail && (await import('./adapters/smtp.ts')).makeSmtpCourier(config.mail);
  if (mode === 'production' && mail === undefined) {
    log.warn('mail.unconfigured', { fix: 'Set POOLHOUSE_SMTP_URL and POOLHOUSE_MAIL_FROM.' });
  }
  const couriers = chooseCouriers(mode, { mail });
  return makeDelivery({ stores: storage.stores, vault, couriers, clock, log });
}

/** Everything that Express carries. Mount further parts here. */
function pagesOf(parts: {
  readonly config: ServerConfig;
  readonly storage: Storage;
  readonly world: World;
  readonly declared: () => AppliedDeclaration | undefined;
  readonly execute: Execute;
}) {
  const { config, storage, world, execute } = parts;
  return async () => {
    const { makeExpressApp } = await import('./middleware/express-app.ts');
    const { SHARED_ASSETS_PATH, sharedAssets } = await import('./pages/page.ts');
    const { confirmationRoutes } = await import('./login-http/confirmation.ts');
    const { consoleRoutes } = await import('./console-http/console.ts');
    const { region } = config;
    const console = consoleRoutes({ storage, world, execute, region, appFolder: CONSOLE_APP });
    const mounts: Mount[] = [
      { path: '/console', router: console },
      { path: SHARED_ASSETS_PATH, router: sharedAssets.router },
      { path: '/', router: confirmationRoutes({ storage, world }) },
    ];
    if (config.mode === 'development' && isLoopbackName(config.host)) {
      const { INBOX_PATH, inboxRoutes } = await import('./inbox/inbox.ts');
      const inbox = inboxRoutes({
        stores: storage.stores,
        vault: world.vault,
        publicUrl: () => world.publicUrl,
        sendsMail: config.mail !== undefined,
        exampleClient: () => exampleOf(parts.declared()),
      });
      mounts.push({ path: INBOX_PATH, router: inbox });
    }
    return makeExpressApp(mounts, world.log);
  };
}

/** The first declared app client, which examples name. */
function exampleOf(
  declared: AppliedDeclaration | undefined,
): { readonly id: string; readonly region: string } | undefined {
  const [pool] = declared?.pools ?? [];
  const [client] = pool?.clients ?? [];
  return pool && client && { id: client.id, region: regionOf(poolId(pool.id)) };
}

async function listen(
  open: (port: number, host: string) => Promise<number>,
  { port, host }: ServerConfig,
): Promise<number> {
  try {
    return await open(port, host);
  } catch (error) {
    switch ((error as NodeJS.ErrnoException).code) {
      case 'EADDRINUSE':
        throw new ConfigError(
          'POOLHOUSE_PORT',
          `is ${port}, which another program uses on ${host}`,
          'Stop that program, or choose another port.',
        );
      case 'EACCES':
        throw new ConfigError(
          'POOLHOUSE_PORT',
          `is ${port}, which this user may not use`,
          'Choose a port above 1023.',
        );
      case 'EADDRNOTAVAIL':
      case 'ENOTFOUND':
      case 'EAI_AGAIN':
        throw new ConfigError(
          'POOLHOUSE_HOST',
          `is ${host}, which is no address of this machine`,
          'Use 127.0.0.1, or 0.0.0.0 for all addresses.',
        );
      default:
        throw error;
    }
  }
}
