import type { Execute, Storage, World } from '@poolhouse/core';
import { CONSOLE_APP } from '../console-http/app-files.ts';
import { consoleMounts } from '../console-http/console.ts';
import type { AuditWatch } from '../jobs/audit-watch.ts';
import type { ServerConfig } from '../config/config.ts';
import type { AppliedDeclaration } from '../declarative/apply-declaration.ts';
import { firstClient } from '../declarative/first-client.ts';
import { homeRoutes } from '../home-http/home.ts';
import { inboxRoutes } from '../inbox/inbox.ts';
import { uploadRoutes } from '../import-http/upload.ts';
import { INBOX_PATH, noInbox } from '../inbox/refusal.ts';
import { confirmationRoutes } from '../login-http/confirmation.ts';
import { confirmationStateRoutes } from '../login-http/confirmation-state.ts';
import { PAGE_FILES_PATH, pageFiles } from '../pages/page.ts';
import type { Mount } from '../site/site.ts';
import type { SourceOf } from '../http/source-address.ts';
import { isOfThisMachine } from '../http/this-machine.ts';

/** What the site is composed of. */
export interface PageParts {
  readonly config: ServerConfig;
  readonly storage: Storage;
  readonly world: World;
  readonly declared: () => AppliedDeclaration | undefined;
  readonly auditWatch: AuditWatch;
  readonly execute: Execute;
  readonly sourceOf: SourceOf;
}

/** The parts of the site, in the order in which they are tried. Add further ones here. */
export function mountsOf(parts: PageParts): readonly Mount[] {
  const { config, storage, world, execute, sourceOf } = parts;
  const { region } = config;
  const isDevelopment = config.mode === 'development';
  const console = consoleMounts({
    storage,
    world,
    execute,
    region,
    smsWay: config.sms?.kind ?? (isDevelopment ? 'inbox' : 'none'),
    sourceOf,
    auditWatch: parts.auditWatch,
    appFolder: CONSOLE_APP,
  });
  const home = homeRoutes(async (request) => ({
    publicUrl: world.publicUrl,
    inbox: isDevelopment && (await isOfThisMachine(request)) ? INBOX_PATH : undefined,
  }));
  const inbox = (): readonly Mount[] =>
    inboxRoutes({
      stores: storage.stores,
      vault: world.vault,
      log: world.log,
      publicUrl: () => world.publicUrl,
      sends: { mail: config.mail !== undefined, sms: config.sms !== undefined },
      exampleClient: () => firstClient(parts.declared()),
    });
  return [
    ...console,
    { path: '/', routes: home },
    { path: PAGE_FILES_PATH, routes: pageFiles.routes },
    { path: '/', routes: confirmationRoutes({ storage, world, sourceOf }) },
    { path: '/', routes: confirmationStateRoutes({ storage, world, sourceOf }) },
    { path: '/', routes: uploadRoutes({ storage, world, sourceOf }) },
    ...(isDevelopment ? inbox() : [{ path: INBOX_PATH, routes: [noInbox(world.log)] }]),
  ];
}
