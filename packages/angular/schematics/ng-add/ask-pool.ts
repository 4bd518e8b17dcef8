/** What was learned of a pool, in a sentence for whoever adds the kit. */
export interface PoolWord {
  /** Whether the application can begin with it. */
  readonly isFine: boolean;
  readonly text: string;
}

const ANSWER_WITHIN_MS = 5_000;

/** Asks the pool for what it tells applications, so that a slip in an id is noticed now. Whatever it says, the kit is added. */
export async function askPool({
  userPoolId,
  clientId,
  endpoint,
}: {
  readonly userPoolId: string;
  readonly clientId: string;
  readonly endpoint?: string;
}): Promise<PoolWord> {
  if (!endpoint) {
    return {
      isFine: true,
      text: 'Amazon Cognito does not tell an application how its pool is set. Say so in providePoolhouse where people sign in with more than a user name, for a list of password rules, or where a link confirms sign-ups: signInNames, passwordPolicy, signUpVerification.',
    };
  }
  const url = `${endpoint.replace(/\/*$/, '')}/${userPoolId}/clients/${clientId}/settings`;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    const answer = (await response.json()) as {
      readonly message?: string;
      readonly signInNames?: readonly string[];
      readonly signUp?: { readonly open?: boolean };
    };
    if (!response.ok || !Array.isArray(answer.signInNames)) {
      return { isFine: false, text: `${endpoint} says: ${answer.message ?? response.status}` };
    }
    const names = answer.signInNames.join(', ');
    const signUp = answer.signUp?.open ? 'open to everyone' : 'for administrators only';
    return { isFine: true, text: `The pool takes ${names} to sign in; sign-up is ${signUp}.` };
  } catch {
    return {
      isFine: false,
      text: `Nothing that knows user pools answers at ${endpoint}. Is the server running?`,
    };
  }
}
