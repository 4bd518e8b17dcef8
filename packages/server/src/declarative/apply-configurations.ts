import {
  auditedWork,
  type ConfigurationKind,
  type ConfigurationValues,
  type Pool,
  type Storage,
  type World,
} from '@poolhouse/core';
import type { DeclaredPool } from './declaration.ts';
import { holds } from './same-settings.ts';

interface Parts {
  readonly storage: Storage;
  readonly world: World;
}

/** Configurations that are our own, as the file names them; `undefined` where it says nothing. */
function declaredConfigurations({ tellsOfFactorChanges, signInLinks }: DeclaredPool): {
  readonly [Kind in 'notices' | 'sign-in-links']: ConfigurationValues[Kind] | undefined;
} {
  return {
    notices:
      tellsOfFactorChanges === undefined
        ? undefined
        : { FactorChanges: tellsOfFactorChanges ? 'ENABLED' : 'DISABLED' },
    'sign-in-links': signInLinks && {
      Enabled: signInLinks.enabled,
      ...(signInLinks.subject !== undefined && { EmailSubject: signInLinks.subject }),
      ...(signInLinks.message !== undefined && { EmailMessage: signInLinks.message }),
    },
  };
}

/** What holds where nothing is set: a pool that is told so anyway has no other configuration by that. */
const unset: ReturnType<typeof declaredConfigurations> = {
  notices: { FactorChanges: 'ENABLED' },
  'sign-in-links': { Enabled: false },
};

/** Sets the configurations that no operation can set; returns whether there was something to do. */
export async function applyConfigurations(
  parts: Parts,
  pool: Pool,
  declared: DeclaredPool,
): Promise<boolean> {
  const wanted = declaredConfigurations(declared);
  let isOther = false;
  for (const kind of ['notices', 'sign-in-links'] as const) {
    isOther = (await applyOne(parts, pool, kind, wanted[kind], unset[kind])) || isOther;
  }
  return isOther;
}

async function applyOne<Kind extends ConfigurationKind>(
  { storage, world }: Parts,
  { id: poolId }: Pool,
  kind: Kind,
  wanted: ConfigurationValues[Kind] | undefined,
  otherwise: ConfigurationValues[Kind] | undefined,
): Promise<boolean> {
  if (wanted === undefined) return false;
  const place = { poolId, kind };
  const present = (await storage.stores.configurations.get(place))?.value ?? otherwise;
  if (holds(wanted, present) && holds(present, wanted)) return false;
  const work = { actor: 'declaration', operation: 'UpdateUserPool' };
  const { configurations } = auditedWork(storage, world, work).stores;
  await configurations.change(place, () => wanted, world.clock.nowMs());
  return true;
}
