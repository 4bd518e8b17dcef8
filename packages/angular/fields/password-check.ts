import { inject } from '@angular/core';
import { PoolSettings } from '@poolhouse/angular';
import { injectWords } from './inject-words';
import { passwordProblem } from './forms/password-rules';

/**
 * In an injection context: what holds a new password to the pool's policy. It answers "Still missing: a digit.", or null where nothing is
 * missing, nothing was typed yet, or nobody has told the policy; the pool has the last word.
 */
export function injectPasswordCheck(): (password: string) => string | null {
  const settings = inject(PoolSettings).current;
  const words = injectWords();
  return (password) =>
    password === '' ? null : passwordProblem(settings().passwordPolicy, password, words);
}
