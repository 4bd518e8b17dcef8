import { consumeCode, draftCodes, sendCode, type VerifiableAttribute } from '../../codes/codes.ts';
import { type MfaMethod } from '../../domain/pools/mfa-methods.ts';
import { messages } from '../../domain/texts.ts';
import { requireGiven, type FactorChallenge } from './challenge.ts';
import { mfaTurn } from './mfa-turn.ts';

/** A code that is sent to an address of the user. Source: settings.md 6, 7#3; behaviour.md 6.8. */
function sentCode(
  method: Exclude<MfaMethod, 'SOFTWARE_TOKEN_MFA'>,
  attribute: VerifiableAttribute,
): FactorChallenge {
  const answer = `${method}_CODE`;
  return {
    ...mfaTurn(method),
    carrier: 'Session',
    isFactor: true,
    hasSecret: ({ attributes }) => Boolean(attributes[attribute]),
    question: {
      read: () => undefined,
      async ask(ctx, subject, { pool, client, given }) {
        if (subject.kind === 'decoy')
          throw new Error(`${method} asks nobody who does not exist yet`);
        const { user } = subject;
        const place = { poolId: pool.id, kind: 'mfa' } as const;
        const { EmailMfaConfiguration: texts } =
          (await ctx.stores.configurations.get(place))?.value ?? {};
        const codes = await draftCodes(
          ctx,
          {
            ...{ pool, user, client, purpose: 'sign-in', occasion: 'Authentication' },
            ownTexts: {
              ...(texts?.Subject !== undefined && { subject: texts.Subject }),
              ...(texts?.Message !== undefined && { email: texts.Message }),
            },
          },
          [attribute],
        );
        const destination = user.attributes[attribute] ?? '';
        const sent = await ctx.atomically((tx) => sendCode(tx, codes, { attribute, destination }));
        return {
          parameters: {
            CODE_DELIVERY_DELIVERY_MEDIUM: sent.DeliveryMedium ?? '',
            CODE_DELIVERY_DESTINATION: sent.Destination ?? '',
            // Not after a choice, by analogy with SOFTWARE_TOKEN_MFA [unsure].
            ...(given['ANSWER'] === undefined && { USER_ID_FOR_SRP: user.username }),
          },
        };
      },
    },
    readAnswer: (ctx, given) => void requireGiven(ctx, given, answer),
    async check(ctx, subject, { pool, client, given }) {
      const told = ['CodeMismatchException', messages.wrongSignInCode] as const;
      const wrong = { kind: 'wrong', detail: 'sent code', told } as const;
      if (subject.kind === 'decoy') return wrong;
      const { sub, attributes } = subject.user;
      const place = { poolId: pool.id, sub, purpose: 'sign-in', attribute } as const;
      const code = given[answer] ?? '';
      const address = attributes[attribute] ?? '';
      return (await consumeCode(ctx, place, client.id, code, address)) === 'right'
        ? { kind: 'right' }
        : wrong;
    },
  };
}

/** A code in a text message. */
export const smsMfa = sentCode('SMS_MFA', 'phone_number');

/** A code in a mail. */
export const emailOtp = sentCode('EMAIL_OTP', 'email');
