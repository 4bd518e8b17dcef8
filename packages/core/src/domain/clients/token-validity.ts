import { tokenValidity, tokenValidityProblem as ruleBroken } from '@poolhouse/rules';
import { settingsTexts } from '../settings-texts.ts';
import type { Client } from './client.ts';

const texts = {
  'out-of-range': settingsTexts.validityOutOfRange,
  'beyond-refresh': settingsTexts.validityBeyondRefresh,
} as const;

/** Why the validities are refused, in the service's words, or `undefined`. */
export function tokenValidityProblem(client: Pick<Client, 'settings'>): string | undefined {
  const problem = ruleBroken(tokenValidity(client.settings));
  return problem && texts[problem];
}
