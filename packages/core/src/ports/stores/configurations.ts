import type {
  ConfigurationKind,
  ConfigurationPlace,
  ConfigurationValues,
  PoolConfiguration,
} from '../../domain/pools/pool-configuration.ts';

/** Configurations of pools and app clients, apart from their settings. Reads may be at most one second old across nodes. */
export interface ConfigurationStore {
  /** The configuration at this very place: an app client that has none of its own may have the pool's. */
  get<Kind extends ConfigurationKind>(
    place: ConfigurationPlace<Kind>,
  ): Promise<PoolConfiguration<Kind> | undefined>;
  /**
   * Writes what the pure function `change` makes of the value that is there, under a lock; nothing of it is left where that is
   * `undefined`. `false` where the app client is not there; throws PoolGoneError where the pool is not.
   */
  change<Kind extends ConfigurationKind>(
    place: ConfigurationPlace<Kind>,
    change: (
      current: ConfigurationValues[Kind] | undefined,
    ) => ConfigurationValues[Kind] | undefined,
    nowMs: number,
  ): Promise<boolean>;
}
