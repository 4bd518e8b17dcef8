import type { CodeDeliveryDetailsType } from '@poolhouse/model';
import {
  consumeCode,
  draftCodes,
  sendCode,
  type CodeRequest,
  type VerifiableAttribute,
} from '../../codes/codes.ts';
import { pretendToSendCode } from '../../codes/decoy-codes.ts';
import type { CodeHolder } from '../../codes/user-codes.ts';
import {
  signInLink,
  signInLinkAddress,
  signInLinkTexts,
} from '../../domain/clients/sign-in-link.ts';
import type { MfaConfiguration } from '../../domain/pools/mfa-methods.ts';
import { sub } from '../../domain/ids.ts';
import type { Pool } from '../../domain/pools/pool.ts';
import { messages } from '../../domain/texts.ts';
import { isVerified, nameKey } from '../../domain/users/sign-in-names.ts';
import type { User } from '../../domain/users/user.ts';
import {
  requireGiven,
  type FactorChallenge,
  type FirstFactorUser,
  type Question,
} from './challenge.ts';
import { mfaTurn } from './mfa-turn.ts';

/** Digits of a code. Source: settings.md 7#3. */
const DIGITS = { first: 8, second: 6 } as const;

/** A code that is sent to an address of the user. Source: settings.md 6, 7#3, 8#2; behaviour.md 6.8. */
function sentCode(
  turn: Pick<FactorChallenge, 'name' | 'needs' | 'isDue'>,
  attribute: VerifiableAttribute,
  asFirst?: FactorChallenge['asFirst'],
): FactorChallenge {
  const answer = `${turn.name}_CODE`;
  return {
    ...turn,
    ...(asFirst && { asFirst }),
    carrier: 'Session',
    isFactor: true,
    usesUpCode: true,
    hasSecret: ({ attributes }) => Boolean(attributes[attribute]),
    question: {
      read: () => undefined,
      async ask(ctx, subject, { pool, client, given, isFirst }) {
        const purpose = 'sign-in';
        const occasion = 'Authentication';
        const request = { pool, client, purpose, occasion } as const;
        // Read for everybody: what only users need would tell them by its time.
        const mfa = await ctx.stores.configurations.get({ poolId: pool.id, kind: 'mfa' });
        const linked = await ctx.stores.configurations.get({
          ...{ poolId: pool.id, kind: 'sign-in-links' },
        });
        if (subject.kind === 'decoy') {
          const double = standInFor(pool, subject.id);
          const decoy = { ...double, username: nameKey(pool, given['USERNAME'] ?? ''), double };
          const ways = [attribute];
          return asked(await pretendToSendCode(ctx, { ...request, decoy, ways }));
        }
        const { user } = subject;
        const digits = DIGITS[isFirst ? 'first' : 'second'];
        const linkTo = isFirst && linked?.value.Enabled ? signInLinkAddress(client) : undefined;
        const texts =
          linkTo === undefined || linked === undefined
            ? { ownTexts: codeTexts(mfa?.value) }
            : {
                ownTexts: signInLinkTexts(linked.value),
                linkWith: (code: string) => signInLink(linkTo, code),
              };
        const codes = await draftCodes(ctx, { ...request, user, digits, ...texts }, [attribute]);
        const destination = user.attributes[attribute] ?? '';
        const sent = await ctx.atomically((tx) => sendCode(tx, codes, { attribute, destination }));
        // Not of a first factor, and not after a choice, by analogy with SOFTWARE_TOKEN_MFA [unsure].
        return asked(sent, isFirst || given['ANSWER'] !== undefined ? undefined : user);
      },
    },
    readAnswer: (ctx, given) => void requireGiven(ctx, given, answer),
    async check(ctx, subject, { pool, client, given }) {
      const told = ['CodeMismatchException', messages.wrongSignInCode] as const;
      const wrong = { kind: 'wrong', detail: 'sent code', told } as const;
      const { sub: holder, attributes } =
        subject.kind === 'user' ? subject.user : standInFor(pool, subject.id);
      const place = { poolId: pool.id, sub: holder, purpose: 'sign-in', attribute } as const;
      const code = given[answer] ?? '';
      const address = attributes[attribute] ?? '';
      const tried = await consumeCode(ctx, place, client.id, code, address);
      return tried === 'right' && subject.kind === 'user' ? { kind: 'right' } : wrong;
    },
  };
}

/** Whose codes a decoy's are. Its id was made for everybody: another one, made for decoys alone, would tell them by its time. */
function standInFor({ id: poolId }: Pool, id: string): CodeHolder {
  return { poolId, sub: sub(id), attributes: {} };
}

/** The pool's texts of a mail with a code. */
function codeTexts(configuration: MfaConfiguration): CodeRequest['ownTexts'] {
  const { Subject, Message } = configuration?.EmailMfaConfiguration ?? {};
  return {
    ...(Subject !== undefined && { subject: Subject }),
    ...(Message !== undefined && { email: Message }),
  };
}

function asked(sent: CodeDeliveryDetailsType, user?: Pick<User, 'username'>): Question {
  return {
    parameters: {
      CODE_DELIVERY_DELIVERY_MEDIUM: sent.DeliveryMedium ?? '',
      CODE_DELIVERY_DESTINATION: sent.Destination ?? '',
      ...(user && { USER_ID_FOR_SRP: user.username }),
    },
  };
}

/** By a code alone sign in only those whose address is proved, and who need no second factor. Source: settings.md 8#4; behaviour.md 6.9. */
function firstBy(factor: 'EMAIL_OTP' | 'SMS_OTP', attribute: VerifiableAttribute) {
  return {
    factor,
    isReady: (
      _: unknown,
      user: FirstFactorUser,
      { needsSecond }: { readonly needsSecond: boolean },
    ) => !needsSecond && isVerified(user, attribute),
  };
}

/** A code in a text message, as a second factor. */
export const smsMfa = sentCode(mfaTurn('SMS_MFA'), 'phone_number');

/** A code in a text message, as a first factor. */
export const smsOtp = sentCode(
  { name: 'SMS_OTP', isDue: () => false },
  'phone_number',
  firstBy('SMS_OTP', 'phone_number'),
);

/** A code in a mail, as either factor. */
export const emailOtp = sentCode(mfaTurn('EMAIL_OTP'), 'email', firstBy('EMAIL_OTP', 'email'));
