import { messages } from '../../domain/texts.ts';
import { createChallenge, verifyAnswer } from '../custom-functions.ts';
import { shownName } from '../identify.ts';
import { requireGiven, type FactorChallenge } from './challenge.ts';

/** In one sign-in: more than the three of most applications, and few enough for a Session to remember their results. [unsure] */
const ROUNDS = 8;

/** Some sign-ins with three tries each. Besides, the lock counts wrong answers to all factors together. */
const WRONG_AN_HOUR = 20;

/**
 * A challenge of the pool's own: a function makes it, another one checks the answer, and a third decides what follows. They are called for whoever
 * does not exist, too, and may say what they like: no tokens follow. What they keep private leaves the server in the sealed attempt alone.
 * Source: behaviour.md 6.8, 6.11; settings.md 11.
 */
export const customChallenge: FactorChallenge = {
  name: 'CUSTOM_CHALLENGE',
  carrier: 'Session',
  isFactor: true,
  isDue: () => false,
  limit: { rounds: ROUNDS, wrongAnHour: WRONG_AN_HOUR },
  hasSecret: () => true,
  question: {
    read: () => undefined,
    async ask(ctx, subject, { pool, client, given, history = [] }) {
      const typed = given['USERNAME'] ?? '';
      const created = await createChallenge(ctx, { pool, client, subject, typed, history });
      if (created === undefined) {
        const { incorrectUsernameOrPassword } = messages;
        return ctx.fail('NotAuthorizedException', incorrectUsernameOrPassword, 'nothing private');
      }
      const { publicParameters, privateParameters, metadata } = created;
      return {
        parameters: { ...publicParameters, USERNAME: shownName(pool, subject, typed) },
        memory: {
          private: JSON.stringify(privateParameters),
          ...(metadata !== undefined && { metadata }),
        },
      };
    },
  },
  readAnswer: (ctx, given) => void requireGiven(ctx, given, 'ANSWER'),
  async check(ctx, subject, { pool, client, given, memory }) {
    const call = { pool, client, subject, typed: given['USERNAME'] ?? '' };
    const expected = JSON.parse(memory['private'] ?? '{}') as Record<string, string>;
    const isRight = await verifyAnswer(ctx, call, given['ANSWER'] ?? '', expected);
    return { kind: 'round', answered: isRight ? 'right' : 'wrong' };
  },
};
