import { type EnvironmentProviders, makeEnvironmentProviders } from '@angular/core';
import { englishTexts } from '../texts/english';
import type { PartialPoolhouseTexts } from '../texts/poolhouse-texts';
import { mergeTexts, POOLHOUSE_TEXTS } from '../texts/texts-token';
import { POOLHOUSE_CONFIG, type PoolhouseConfig } from './poolhouse-config';

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
    { provide: POOLHOUSE_TEXTS, useFactory: () => mergeTexts(englishTexts, options.texts) },
  ]);
}
