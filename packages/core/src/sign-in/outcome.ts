import type {
  AuthenticationResultType,
  ChallengeNameType,
  InitiateAuthResponse,
} from '@poolhouse/model';

/** What a step of a sign-in ends in, whoever asked for it; a refusal is a `Failure`. */
export type Outcome =
  | {
      readonly kind: 'challenge';
      readonly name: ChallengeNameType;
      readonly parameters: Readonly<Record<string, string>>;
      /** The sealed attempt; absent where a parameter carries it. */
      readonly session?: string;
      /** The first factors that may be chosen, while none is proved. Source: settings.md 8#1. */
      readonly available?: readonly ChallengeNameType[];
    }
  | { readonly kind: 'tokens'; readonly tokens: AuthenticationResultType }
  /** The pool wants a further factor that cannot be asked for. Operations declare different errors for it. */
  | { readonly kind: 'factor-missing' };

/** The outcome as InitiateAuth, RespondToAuthChallenge and their admin twins answer it. Source: behaviour.md 6.3. */
export function authResponse(
  outcome: Exclude<Outcome, { kind: 'factor-missing' }>,
): InitiateAuthResponse {
  if (outcome.kind === 'tokens') {
    return { ChallengeParameters: {}, AuthenticationResult: outcome.tokens };
  }
  return {
    ChallengeName: outcome.name,
    ...(outcome.session !== undefined && { Session: outcome.session }),
    ChallengeParameters: { ...outcome.parameters },
    ...(outcome.available && { AvailableChallenges: outcome.available }),
  };
}
