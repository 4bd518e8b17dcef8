import {
  type EnvironmentProviders,
  makeEnvironmentProviders,
  provideEnvironmentInitializer,
} from '@angular/core';
import { Auth } from './auth/auth';
import { poolApi } from './pool/pool-api';
import { POOL_API } from './pool/pool-api-token';
import { leaveWhenEnded } from './routing/leave-when-ended';
import { PoolSettings } from './settings/pool-settings';
import { READ_SETTINGS, settingsReader } from './settings/read-settings';
import { englishTexts } from './texts/english';
import type { PartialPoolhouseTexts } from './texts/poolhouse-texts';
import { mergeTexts, POOLHOUSE_TEXTS } from './texts/texts-token';
import { inBrowser } from './config/in-browser';
import { apiUrl, POOLHOUSE_CONFIG, type PoolhouseConfig } from './config/poolhouse-config';

/** What goes with a configuration. */
export interface PoolhouseOptions {
  /** Texts in place of the English ones; what is absent stays English. */
  readonly texts?: PartialPoolhouseTexts;
}

/** Connects the application to a user pool, of Poolhouse or of Amazon Cognito. */
export function providePoolhouse(
  config: PoolhouseConfig,
  options: PoolhouseOptions = {},
): EnvironmentProviders {
  return makeEnvironmentProviders([
    { provide: POOLHOUSE_CONFIG, useValue: config },
    { provide: POOL_API, useFactory: () => poolApi(apiUrl(config)) },
    {
      provide: READ_SETTINGS,
      useFactory: () => settingsReader(config, inBrowser()),
    },
    { provide: POOLHOUSE_TEXTS, useFactory: () => mergeTexts(englishTexts, options.texts) },
    // Here too, so that a part of an application can have a pool of its own.
    Auth,
    PoolSettings,
    config.onSessionEnd === 'redirect' ? provideEnvironmentInitializer(leaveWhenEnded) : [],
  ]);
}
