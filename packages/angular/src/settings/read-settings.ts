import { inject, InjectionToken } from '@angular/core';
import { inBrowser } from '../config/in-browser';
import { POOLHOUSE_CONFIG, type PoolhouseConfig } from '../config/poolhouse-config';
import { askPoolhouse } from '../pool/ask-poolhouse';
import type { ToldSettings } from './client-settings';

/** Asks the pool for what it tells everybody; null where it tells nothing, an error where it cannot be asked. */
export type ReadSettings = () => Promise<ToldSettings | null>;

/** How the configured pool is asked. On a server, and at Amazon Cognito, it is not. */
export const READ_SETTINGS = new InjectionToken<ReadSettings>('READ_SETTINGS', {
  providedIn: 'root',
  factory: () => settingsReader(inject(POOLHOUSE_CONFIG), inBrowser()),
});

/** Nobody waits longer for it: without it the forms are there all the same. */
const ANSWER_WITHIN_MS = 5_000;

/** Asks at the configured endpoint; without one the pool is Amazon Cognito's, which has nothing of the kind. */
export function settingsReader(config: PoolhouseConfig, canAsk: boolean): ReadSettings {
  return async () => {
    if (!config.endpoint || !canAsk) return null;
    const value = await askPoolhouse(config, 'settings', { withinMs: ANSWER_WITHIN_MS });
    return isTold(value) ? value : null;
  };
}

/** Whether an answer is what a pool tells: what listens at the endpoint may be something else. */
function isTold(value: unknown): value is ToldSettings {
  if (typeof value !== 'object' || value === null) return false;
  const { signInNames, signUp, passwordPolicy, authFlows } = value as Partial<ToldSettings>;
  const { requiredAttributes, verifiedAttributes } = signUp ?? {};
  return (
    [signInNames, requiredAttributes, verifiedAttributes, authFlows].every(Array.isArray) &&
    typeof passwordPolicy?.minimumLength === 'number'
  );
}
