/** The first account, as it is being entered. */
export interface SetUpDraft {
  readonly username: string;
  readonly email: string;
  readonly password: string;
}

/** Rules for the password, in the order shown; `met` as one types. */
export function passwordRules({ username, email, password }: SetUpDraft) {
  const lower = password.toLowerCase();
  const own = [username, email].map((text) => text.trim().toLowerCase()).filter(Boolean);
  return [
    { rule: 'length', met: [...password].length >= 15 },
    { rule: 'notName', met: password !== '' && !own.includes(lower) },
    { rule: 'edges', met: password !== '' && password.trim() === password },
  ] as const;
}

/** What is wrong with each field. */
export function setUpProblems(draft: SetUpDraft): {
  readonly username?: 'badName';
  readonly email?: 'badEmail';
  readonly password?: 'badPassword';
} {
  const { username, email } = draft;
  return {
    // The administrators' pool takes emails as aliases: a name that looks like one is refused there.
    ...(!/^[^\s@]{1,128}$/u.test(username.trim()) && { username: 'badName' as const }),
    ...(!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim()) && { email: 'badEmail' as const }),
    ...(passwordRules(draft).some(({ met }) => !met) && { password: 'badPassword' as const }),
  };
}
