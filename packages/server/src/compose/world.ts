import { makeSigningKeys, systemRandom, type World } from '@poolhouse/core';
import {
  DEVELOPMENT_BUDGETS,
  makeAttemptBudgets,
  PRODUCTION_BUDGETS,
} from '../adapters/attempt-budgets.ts';
import { makeDayMetrics } from '../adapters/day-metrics.ts';
import { makeWebDocuments } from '../adapters/web-documents.ts';
import { makeLoadWebAuthn } from '../adapters/web-authn.ts';
import { slowWorkOf } from '../adapters/slow-work.ts';
import type { ServerConfig } from '../config/config.ts';
import { shownOnly } from '../delivery/transport.ts';
import type { Base } from './open-base.ts';
import type { Replacements } from './replacements.ts';

/** The account in ARNs: self-hosted pools belong to no AWS account. */
const ACCOUNT_ID = '000000000000';

/** Everything outside core, together with those parts that have to be closed. */
export async function worldOf(
  config: ServerConfig,
  { storage, vault, log, clock }: Base,
  {
    replacements,
    publicUrl,
    isBusy,
  }: {
    readonly replacements: Replacements;
    /** If the system chooses the port, it is known only once the server listens. */
    readonly publicUrl: () => string;
    readonly isBusy: () => boolean;
  },
) {
  const metrics = makeDayMetrics(storage.stores, { clock, log });
  const { hasher, srp, passwordHash } = await slowWorkOf(config);
  const signingKeys = makeSigningKeys(storage.stores, { vault, random: systemRandom, clock });
  const world: World = {
    clock,
    random: systemRandom,
    hasher: replacements.hasher ?? hasher,
    srp,
    vault,
    webAuthn: makeLoadWebAuthn(),
    documents: makeWebDocuments({ ownNetworks: config.providerNetworks }),
    ...(config.freshSignInMs !== undefined && { freshSignInMs: config.freshSignInMs }),
    signingKeys: replacements.signingKeys?.(signingKeys) ?? signingKeys,
    log,
    ...(replacements.triggers && { triggers: replacements.triggers }),
    metrics,
    attemptBudgets: makeAttemptBudgets(
      { clock, log },
      config.mode === 'development' ? DEVELOPMENT_BUDGETS : PRODUCTION_BUDGETS,
    ),
    get publicUrl() {
      return publicUrl();
    },
    issuerOfNewPools: config.issuer,
    shownOnly: shownOnly(config.mode, config),
    isBusy,
    accountId: ACCOUNT_ID,
  };
  return { world, metrics, srp, passwordHash };
}
