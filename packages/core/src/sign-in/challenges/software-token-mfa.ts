import { messages } from '../../domain/texts.ts';
import { openSoftwareToken, useSoftwareToken } from '../../mfa/software-token.ts';
import { requireGiven, type FactorChallenge } from './challenge.ts';
import { mfaTurn } from './mfa-turn.ts';

/** A code of the user's authenticator application. Source: settings.md 6, 7#8, 7#9. */
export const softwareTokenMfa: FactorChallenge = {
  ...mfaTurn('SOFTWARE_TOKEN_MFA'),
  carrier: 'Session',
  isFactor: true,
  usesUpCode: true,
  hasSecret: ({ sealedSoftwareToken }) => sealedSoftwareToken !== undefined,
  question: {
    read: () => undefined,
    async ask(ctx, subject, { given }) {
      if (subject.kind === 'decoy') return { parameters: {} };
      const { user } = subject;
      const sealed = user.sealedSoftwareToken;
      const token = sealed === undefined ? undefined : await openSoftwareToken(ctx, user, sealed);
      return {
        parameters: {
          ...(token?.deviceName !== undefined && { FRIENDLY_DEVICE_NAME: token.deviceName }),
          // Not after a choice.
          ...(given['ANSWER'] === undefined && { USER_ID_FOR_SRP: user.username }),
        },
      };
    },
  },
  readAnswer: (ctx, given) => void requireGiven(ctx, given, 'SOFTWARE_TOKEN_MFA_CODE'),
  async check(ctx, subject, { given }) {
    const code = given['SOFTWARE_TOKEN_MFA_CODE'] ?? '';
    const used =
      subject.kind === 'user' ? await useSoftwareToken(ctx, subject.user, code) : 'wrong';
    switch (used) {
      case 'right':
        return { kind: 'right' };
      case 'used':
      case 'used-last':
        return {
          ...{ kind: 'wrong', detail: 'code used before' },
          // Only the last one: older ones may have been guessed.
          ...(used === 'used-last' && { isNoGuess: true }),
          told: ['ExpiredCodeException', messages.usedSoftwareToken],
        };
      case 'wrong':
        return {
          ...{ kind: 'wrong', detail: 'software token' },
          told: ['CodeMismatchException', messages.wrongSoftwareToken],
        };
    }
  },
};
