import type {
  ConfigurationKind,
  ConfigurationPlace,
  ConfigurationValues,
  PoolConfiguration,
} from '../../domain/pools/pool-configuration.ts';

/** Configurations of pools and app clients, apart from their settings. Reads may be at most one second old across nodes. */
export interface ConfigurationStore {
  /** The configuration at exactly this place: an app client without one of its own may have the pool's. */
  get<Kind extends ConfigurationKind>(
    place: ConfigurationPlace<Kind>,
  ): Promise<PoolConfiguration<Kind> | undefined>;
  /**
   * Writes what the pure function `change` returns for the present value, under a lock; `undefined` removes it. `false` if the app client
   * does not exist; throws PoolGoneError if the pool does not.
   */
  change<Kind extends ConfigurationKind>(
    place: ConfigurationPlace<Kind>,
    change: (
      current: ConfigurationValues[Kind] | undefined,
    ) => ConfigurationValues[Kind] | undefined,
    nowMs: number,
  ): Promise<boolean>;
}
