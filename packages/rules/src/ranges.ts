/** From the least to the greatest number, both included. */
export type Range = readonly [least: number, greatest: number];

/** The ranges of whole numbers that the API checks and forms ask for. Source: API model. */
export const ranges = {
  /** PasswordPolicyMinLengthType. */
  minimumPasswordLength: [6, 99],
  /** PasswordHistorySizeType. */
  passwordHistorySize: [0, 24],
  /** AuthSessionValidityType. */
  sessionMinutes: [3, 15],
  /** RetryGracePeriodSecondsType. */
  retryGraceSeconds: [0, 60],
  /** CallbackURLsListType and LogoutURLsListType. */
  redirectUrls: [0, 100],
  /** PrecedenceType: a Java integer. */
  groupPrecedence: [0, 2_147_483_647],
} as const satisfies Readonly<Record<string, Range>>;

/** Whether it is a whole number within the range. */
export function isInRange(number: number, [least, greatest]: Range): boolean {
  return Number.isInteger(number) && number >= least && number <= greatest;
}
