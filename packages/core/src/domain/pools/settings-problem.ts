/** Why settings are refused: the error's name and its public text. */
export interface SettingsProblem<Code extends string = 'InvalidParameterException'> {
  readonly code: Code;
  readonly message: string;
}

/** A refusal as InvalidParameterException. */
export function invalid(message: string): SettingsProblem {
  return { code: 'InvalidParameterException', message };
}

/** The first problem that a list of checks finds, in their order. */
export function firstProblem<Subject, Code extends string>(
  checks: readonly ((subject: Subject) => SettingsProblem<Code> | undefined)[],
  subject: Subject,
): SettingsProblem<Code> | undefined {
  for (const check of checks) {
    const problem = check(subject);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
