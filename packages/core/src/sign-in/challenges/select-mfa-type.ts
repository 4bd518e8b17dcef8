import { requireGiven, type ChoiceChallenge } from './challenge.ts';

/** Which of several second factors is answered. Source: settings.md 7#8; behaviour.md 6.8. */
export const selectMfaType: ChoiceChallenge = {
  name: 'SELECT_MFA_TYPE',
  carrier: 'Session',
  isFactor: false,
  isChoice: true,
  isDue: () => true,
  readAnswer: (ctx, given) => void requireGiven(ctx, given, 'ANSWER'),
  ask: (offered) => ({ parameters: { MFAS_CAN_CHOOSE: JSON.stringify(offered) } }),
};
