import { inject, InjectionToken } from '@angular/core';
import { apiUrl, POOLHOUSE_CONFIG } from '../config/poolhouse-config';
import { poolApi, type CallPool } from './pool-api';

/** The line to the configured pool. */
export const POOL_API = new InjectionToken<CallPool>('POOL_API', {
  providedIn: 'root',
  factory: () => poolApi(apiUrl(inject(POOLHOUSE_CONFIG))),
});
