import { isInRange, type Range } from '@poolhouse/rules';

/** How long a temporary password is good for, in days. The API also takes 0, which stands for its default. */
export const TEMPORARY_DAYS: Range = [1, 365];

/** Whether what was typed is a whole number within the range. */
export function isTypedInRange(text: string, range: Range): boolean {
  return /^\d{1,10}$/.test(text) && isInRange(Number(text), range);
}
