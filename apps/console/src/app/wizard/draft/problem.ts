import { isInRange, type Range } from '@poolhouse/rules';
import type { Choices } from './choices.ts';

/** What keeps a step from being done: the field, and what to do about it. */
export interface Problem {
  readonly field: string;
  readonly text: string;
}

/** Looks through what a step asks; `undefined` stands for what is in order. */
export type Check = (choices: Choices, region: string) => readonly (Problem | undefined)[];

/** The problems that a step's check finds; none when the step is done. */
export function problemsOf(check: Check, choices: Choices, region: string): readonly Problem[] {
  return check(choices, region).filter((problem) => problem !== undefined);
}

/** A problem where something is wrong. */
export function when(wrong: boolean, field: string, text: string): Problem | undefined {
  return wrong ? { field, text } : undefined;
}

/** A problem where a number is none, or outside of what it may be. */
export function outside(value: number, range: Range, field: string, text: string) {
  return when(!isInRange(value, range), field, text);
}
