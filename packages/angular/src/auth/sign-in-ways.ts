/** How a person proves who they are first, where there is a choice: the flow USER_AUTH. */
export type SignInWay = 'passkey' | 'email' | 'sms' | 'password';

/** What the API calls them, in the order of the kit's preference. Source: API model, ChallengeNameType; settings.md 8. */
export const WAY_NAMES = {
  passkey: ['WEB_AUTHN'],
  email: ['EMAIL_OTP'],
  sms: ['SMS_OTP'],
  password: ['PASSWORD_SRP', 'PASSWORD'],
} as const satisfies Readonly<Record<SignInWay, readonly string[]>>;

/** The way with this name in the API. */
export function wayNamed(name: string | undefined): SignInWay | undefined {
  return (Object.keys(WAY_NAMES) as SignInWay[]).find((way) =>
    (WAY_NAMES[way] as readonly (string | undefined)[]).includes(name),
  );
}

/** The ways in a list of the API's names, whose order means nothing. Source: settings.md 8#13. */
export function waysIn(names: readonly string[] = []): readonly SignInWay[] {
  const ways = names.map(wayNamed);
  return (Object.keys(WAY_NAMES) as SignInWay[]).filter((way) => ways.includes(way));
}

/** A choice of ways, or a passkey that is asked for. */
export interface WayChallenge {
  readonly kind: 'choose-way';
  readonly username: string;
  /** What this person can sign in with. */
  readonly ways: readonly SignInWay[];
}
