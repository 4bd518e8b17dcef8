import type { Choices } from './choices.ts';

/** A line of a summary. */
export interface Fact {
  readonly label: string;
  readonly value: string;
  /** It stays for the life of the pool. */
  readonly fixed?: boolean;
}

/** What a step has set, in a few lines for people. */
export type Telling = (choices: Choices, region: string) => readonly Fact[];

/** Names in a row, or a word for none. */
export function list(names: readonly string[], none = 'none'): string {
  return names.join(', ') || none;
}

/** Yes or no. */
export function yes(value: boolean): string {
  return value ? 'yes' : 'no';
}
