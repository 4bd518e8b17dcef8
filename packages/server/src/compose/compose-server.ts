import { setTimeout as delay } from 'node:timers/promises';
import { makeExecute, type Execute, type Storage, type World } from '@poolhouse/core';
import type { AccessKeys } from '../access-keys/access-keys.ts';
import {
  listenForCommands,
  type CommandHandler,
  type CommandSocket,
} from '../commands/command-socket.ts';
import type { ServerConfig } from '../config/config.ts';
import type { AppliedDeclaration } from '../declarative/apply-declaration.ts';
import { makeAddressWatch } from '../jobs/address-watch.ts';
import { makeAuditWatch, type AuditWatch } from '../jobs/audit-watch.ts';
import { makeNameReview } from '../jobs/name-review.ts';
import { makeRunner } from '../jobs/runner.ts';
import { listen } from '../listener/listen.ts';
import { backgroundOf } from './background.ts';
import { httpOf } from './http.ts';
import { openBase } from './open-base.ts';
import type { Replacements } from './replacements.ts';
import { worldOf } from './world.ts';

/** A whole server, composed and not yet listening. */
export interface Server {
  readonly storage: Storage;
  readonly world: World;
  readonly execute: Execute;
  readonly accessKeys: AccessKeys;
  readonly auditWatch: AuditWatch;
  /** The name of the password hash, for people. */
  readonly passwordHash: string;
  /** Whether the database was empty, which is expected only once. */
  readonly isNewDatabase: boolean;
  /** The key file that was just created, for a visible warning. */
  readonly newKeyFile: string | undefined;
  /** Starts listening; returns the public URL and the port, which the system chooses if it is 0 in the configuration. */
  start(): Promise<{
    readonly url: string;
    readonly port: number;
    /** The result of applying the configuration's declaration file. */
    readonly declared: AppliedDeclaration | undefined;
    /** Users who yield a name to another, one line each. */
    readonly yieldingUsers: readonly string[];
    /** What the operator should read about the public URL: it has changed, or differs from other nodes'. */
    readonly addressNote: string | undefined;
  }>;
  /** Creates what the console needs; returns the link for creating the first administrator, or `undefined` once there is an owner. */
  setUpLink(): Promise<string | undefined>;
  /** Drains for the configured time, answers what has arrived, then closes everything. */
  stop(): Promise<void>;
}

/** Builds every adapter, opens the database and composes the server: the only place where this happens. */
export async function composeServer(
  config: ServerConfig,
  replacements: Replacements = {},
): Promise<Server> {
  const base = await openBase(config, replacements);
  const { storage, log, clock, accessKeys } = base;
  try {
    let port = config.port;
    let declared: AppliedDeclaration | undefined;
    const publicUrl = () => config.publicUrl ?? `http://localhost:${port}`;
    const late = { replacements, publicUrl, isBusy: () => server.isBusy() };
    const { world, metrics, srp, passwordHash } = await worldOf(config, base, late);
    const execute = makeExecute(storage, world);
    const auditWatch = makeAuditWatch(storage, world, config.auditDays);
    const given = { storage, world, execute, accessKeys, auditWatch };
    const server = httpOf(config, { ...given, declared: () => declared }, replacements);
    const names = makeNameReview(storage, { clock, log });
    const address = makeAddressWatch(storage.stores, { clock, log, publicUrl });
    const works = { metrics, names, address, audit: auditWatch };
    const runner = makeRunner(
      { stores: storage.stores, clock },
      await backgroundOf(config, { storage, world }, works),
    );
    storage.onMessage(() => {
      runner.wake('mail');
      runner.wake('sms');
    });
    let isOpen = false;
    let commands: CommandSocket | undefined;
    const makeSetUpLink = async () => {
      const { prepareConsole } = await import('../console-http/set-up.ts');
      return prepareConsole({ storage, world, execute });
    };
    let settingUp: ReturnType<typeof makeSetUpLink> | undefined;

    return {
      ...given,
      passwordHash,
      isNewDatabase: base.isNewDatabase,
      newKeyFile: base.keyFile?.isNew === true ? base.keyFile.file : undefined,
      async start() {
        // The port comes first: if it is taken, nothing has been created yet whose secret is shown only once.
        port = await listen(server.listen, config);
        const yieldingUsers = await runner.first(names.beforeRequests);
        if (config.declaration !== undefined) {
          const { applyDeclaration } = await import('../declarative/apply-declaration.ts');
          declared = await applyDeclaration({ storage, world, execute }, config.declaration);
        }
        const handle: CommandHandler = async (command) =>
          (await import('../commands/commands.ts')).makeCommands(given)(command);
        commands = await listenForCommands(config.dataFolder, handle, log);
        const addressNote = await address.arrive();
        runner.start();
        server.open();
        isOpen = true;
        return { url: publicUrl(), port, declared, yieldingUsers, addressNote };
      },
      setUpLink() {
        settingUp ??= makeSetUpLink();
        return settingUp;
      },
      async stop() {
        if (isOpen && config.drainMs > 0) {
          server.drain();
          log.info('process.draining', { ms: config.drainMs });
          await delay(config.drainMs);
        }
        await Promise.all([server.stop(), runner.stop()]);
        await metrics.close();
        await commands?.close();
        // Whoever waits for it learns of a failure; here it just must not outlive the database.
        await settingUp?.catch(() => undefined);
        await srp.close();
        await base.close();
      },
    };
  } catch (error) {
    await base.close();
    throw error;
  }
}

/** Opens a database that no server has open, for the command line. */
export function composeCommands(config: ServerConfig): Promise<Server> {
  return composeServer({ ...config, logLevel: 'silent' });
}
