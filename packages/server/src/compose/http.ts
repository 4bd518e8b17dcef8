import { registry as operations, type Execute, type Storage, type World } from '@poolhouse/core';
import type { AccessKeys } from '../access-keys/access-keys.ts';
import { makeAwsJson } from '../aws-json/aws-json.ts';
import { makeKeyFinder } from '../aws-json/key-finder.ts';
import { makeVerify } from '../aws-json/signature.ts';
import type { ServerConfig } from '../config/config.ts';
import type { AppliedDeclaration } from '../declarative/apply-declaration.ts';
import { makeClientSettings } from '../discovery-http/client-settings.ts';
import { makeDiscovery } from '../discovery-http/discovery.ts';
import type { AuditWatch } from '../jobs/audit-watch.ts';
import { makeServer, type HttpServer } from '../listener/server.ts';
import { makeSourceOf } from '../http/source-address.ts';
import type { Replacements } from './replacements.ts';

/** What answers requests: the API, the documents that every application reads, and the pages. */
export function httpOf(
  config: ServerConfig,
  parts: {
    readonly storage: Storage;
    readonly world: World;
    readonly execute: Execute;
    readonly accessKeys: AccessKeys;
    readonly auditWatch: AuditWatch;
    readonly declared: () => AppliedDeclaration | undefined;
  },
  { registry = operations }: Pick<Replacements, 'registry'>,
): HttpServer {
  const { storage, world, execute, accessKeys, auditWatch, declared } = parts;
  const { stores } = storage;
  const { clock, log, accountId, signingKeys } = world;
  const sourceOf = makeSourceOf(config.trustedProxies, log);
  const keys = makeKeyFinder(config.mode, accessKeys, log);
  const verify = makeVerify(keys, { clock, log, region: config.region });
  const awsJson = makeAwsJson({ registry, execute, verify, log, sourceOf, accountId });
  const documents = [
    makeDiscovery({ stores, signingKeys, log, publicUrl: () => world.publicUrl }),
    makeClientSettings({ stores, clock, log, sourceOf }),
  ];
  const pages = { config, storage, world, execute, sourceOf, auditWatch, declared };
  // Loaded only when needed, like everything that not every server uses: this keeps the start fast and idle memory low.
  const mounts = async () => (await import('./pages.ts')).mountsOf(pages);
  return makeServer({ awsJson, documents, mounts, storage, log });
}
