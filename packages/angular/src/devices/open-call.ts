import type { PoolhouseConfig } from '../config/poolhouse-config';
import type { CallPool } from '../pool/pool-api';
import { chosenStorage } from '../storage/token-storage';
import { withDevices } from './device-calls';
import { KeptDevices } from './kept-device';

/** The line to the pool of one app client in this browser. */
export function openCall(call: CallPool, config: PoolhouseConfig, inBrowser: boolean): CallPool {
  return withDevices(call, keptDevices(config, inBrowser), config.clientId);
}

/** What this browser keeps of the devices that it is to the pool of an app client. */
export function keptDevices(
  { clientId, storage }: PoolhouseConfig,
  inBrowser: boolean,
): KeptDevices {
  return new KeptDevices(chosenStorage(inBrowser ? storage : 'memory'), clientId);
}
