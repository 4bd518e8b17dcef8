import { requireGiven, type ChoiceChallenge } from './challenge.ts';

/** Which first factor is answered. The ones to choose from stand beside it in the answer. Source: behaviour.md 6.8, 6.9. */
export const selectChallenge: ChoiceChallenge = {
  name: 'SELECT_CHALLENGE',
  carrier: 'Session',
  isFactor: false,
  isChoice: true,
  isDue: () => false,
  readAnswer: (ctx, given) => void requireGiven(ctx, given, 'ANSWER'),
  ask: () => ({ parameters: {} }),
};
