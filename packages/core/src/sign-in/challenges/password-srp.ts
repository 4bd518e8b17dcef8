import { requireGiven, type OpeningChallenge } from './challenge.ts';

/** The proof of a password by SRP, as it is chosen in USER_AUTH: its answer is SRP_A. Source: behaviour.md 6.8, 6.9. */
export const passwordSrp: OpeningChallenge = {
  name: 'PASSWORD_SRP',
  carrier: 'Session',
  isFactor: false,
  isDue: () => false,
  asFirst: { factor: 'PASSWORD', isReady: (_, user) => user.sealedSrp !== undefined },
  opens: 'PASSWORD_VERIFIER',
  readAnswer: (ctx, given) => void requireGiven(ctx, given, 'SRP_A'),
};
