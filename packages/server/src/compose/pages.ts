import { join } from 'node:path';
import { poolId, regionOf, type Execute, type Storage, type World } from '@poolhouse/core';
import type { AuditWatch } from '../jobs/audit-watch.ts';
import type { ServerConfig } from '../config/config.ts';
import type { AppliedDeclaration } from '../declarative/apply-declaration.ts';
import type { Mount } from '../site/site.ts';
import type { SourceOf } from '../source-address.ts';
import { isOfThisMachine } from '../this-machine.ts';

/** Where `npm run build:console` puts the console's application. */
const CONSOLE_APP = join(import.meta.dirname, '../../../../apps/console/dist/browser');

/** The parts of the site, in the order in which they are asked. Mount further ones here. */
export function mountsOf(parts: {
  readonly config: ServerConfig;
  readonly storage: Storage;
  readonly world: World;
  readonly declared: () => AppliedDeclaration | undefined;
  readonly auditWatch: AuditWatch;
  readonly execute: Execute;
  readonly sourceOf: SourceOf;
}) {
  const { config, storage, world, execute, sourceOf } = parts;
  return async (): Promise<readonly Mount[]> => {
    const { PAGE_FILES_PATH, pageFiles } = await import('../pages/page.ts');
    const { confirmationRoutes } = await import('../login-http/confirmation.ts');
    const { confirmationStateRoutes } = await import('../login-http/confirmation-state.ts');
    const { consoleMounts } = await import('../console-http/console.ts');
    const { homeRoutes } = await import('../home-http/home.ts');
    const { INBOX_PATH, noInbox } = await import('../inbox/refusal.ts');
    const { region } = config;
    const isDevelopment = config.mode === 'development';
    const console = consoleMounts({
      storage,
      world,
      execute,
      region,
      sourceOf,
      auditWatch: parts.auditWatch,
      appFolder: CONSOLE_APP,
    });
    const mounts: Mount[] = [
      ...console,
      {
        path: '/',
        routes: homeRoutes(async (request) => ({
          publicUrl: world.publicUrl,
          inbox: isDevelopment && (await isOfThisMachine(request)) ? INBOX_PATH : undefined,
        })),
      },
      { path: PAGE_FILES_PATH, routes: pageFiles.routes },
      { path: '/', routes: confirmationRoutes({ storage, world, sourceOf }) },
      { path: '/', routes: confirmationStateRoutes({ storage, world, sourceOf }) },
    ];
    if (isDevelopment) {
      const { inboxRoutes } = await import('../inbox/inbox.ts');
      const inbox = inboxRoutes({
        stores: storage.stores,
        vault: world.vault,
        log: world.log,
        publicUrl: () => world.publicUrl,
        sendsMail: config.mail !== undefined,
        exampleClient: () => exampleOf(parts.declared()),
      });
      mounts.push(...inbox);
    } else {
      mounts.push({ path: INBOX_PATH, routes: [noInbox(world.log)] });
    }
    return mounts;
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
