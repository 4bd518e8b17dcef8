import type { AuthFactorType, ChallengeNameType, ErrorOf } from '@poolhouse/model';
import type { ReadDevice } from '../../devices/named-device.ts';
import type { Proof } from '../../domain/tokens/session.ts';
import type { User } from '../../domain/users/user.ts';
import type { OperationContext, TransactionContext } from '../../operation.ts';
import type { At, Carrier, SignInAttempt } from '../attempt.ts';
import type { SignInStore } from '../complete.ts';
import type { Subject } from '../identify.ts';
import type { StepFacts, Turn } from '../next-step.ts';

/** Members of AuthParameters or ChallengeResponses, upper case but for `userAttributes.<name>`. */
export type Given = Readonly<Record<string, string>>;

/** A question to the one who signs in. */
export interface Question {
  /** ChallengeParameters. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Kept in the attempt until the answer. */
  readonly memory?: Readonly<Record<string, string>>;
}

/** An answer, and the attempt that it belongs to, which is genuine. */
export interface Answer extends At {
  readonly attempt: SignInAttempt;
  readonly given: Given;
}

/** What a wrong code is answered with: an error that answers declare, and its text. */
export type WrongCode = readonly ['CodeMismatchException' | 'ExpiredCodeException', string];

/**
 * Whether a secret is right. `sealedSrp`: a verifier made of the password just proved, for a user who has none yet. `proof`: what its
 * proof says besides.
 */
export type Verdict =
  | {
      readonly kind: 'right';
      readonly sealedSrp?: string;
      readonly proof?: Omit<Proof, 'challenge' | 'atMs'>;
    }
  /**
   * `detail` is for the log; `told` is what is answered instead of the text for a wrong password. `isNoGuess`: it was right before, as with a
   * form that is sent twice, and does not count.
   */
  | {
      readonly kind: 'wrong';
      readonly detail: string;
      readonly told?: WrongCode;
      readonly isNoGuess?: true;
    }
  /**
   * The pool's functions decide what follows, such as another round in an attempt of its own: the one that was answered is spent, whether
   * the answer was right or wrong. Unlike another try at a wrong answer, for which the attempt stays.
   */
  | { readonly kind: 'round'; readonly answered: 'right' | 'wrong' };

/** What of a user decides about first factors. */
export type FirstFactorUser = Pick<
  User,
  'poolId' | 'sub' | 'attributes' | 'sealedPassword' | 'sealedSrp' | 'mfa'
>;

/** A first factor that people may choose. */
interface FirstFactor {
  /** What the pool has to allow. */
  readonly factor: AuthFactorType;
  /** Whether this user can answer it, also asked of a decoy, for its time; `needsSecond` if a second factor would have to follow it. */
  readonly isReady: (
    ctx: OperationContext<never, SignInStore>,
    user: FirstFactorUser,
    facts: At & { readonly needsSecond: boolean },
  ) => boolean | Promise<boolean>;
}

/** What every challenge has. The engine does all that they share: secret hash, budgets, locks, attempts, decoys. */
interface ChallengeForm extends Turn {
  readonly carrier: Carrier;
  /** When it can be chosen as the first factor of USER_AUTH; absent where it never can. */
  readonly asFirst?: FirstFactor;
  /** Refuses a malformed answer, before anything is looked up. */
  readonly readAnswer: (
    ctx: TransactionContext<'InvalidParameterException', never>,
    given: Given,
    at: At,
  ) => void;
}

/** A challenge whose answer is an attempt at a secret of the user. */
export interface FactorChallenge extends ChallengeForm {
  readonly isFactor: true;
  readonly isChoice?: false;
  /**
   * Whether nobody finds an answer by trying: then no wrong answer counts at the user, and no lock stops an answer, so that guesses at the
   * password keep nobody out (security.md S13).
   */
  readonly isUnguessable?: boolean;
  /** Whether checking a right answer uses up a code that would be good elsewhere. */
  readonly usesUpCode?: boolean;
  /** Bounds of its own, beside the lock that counts wrong answers to all factors together. */
  readonly limit?: {
    /** Answers that one sign-in takes, where functions may want another round; one where nothing is said. */
    readonly rounds?: number;
    /** Wrong answers that a user may give in an hour. */
    readonly wrongAnHour?: number;
  };
  /** Whether the user has such a secret. */
  readonly hasSecret: (user: User) => boolean;
  /** Absent where nothing is asked: the first request of the flow brings the answer. */
  readonly question?: {
    /** Refuses a malformed request, before anything is looked up. */
    readonly read: (
      ctx: TransactionContext<'InvalidParameterException', never>,
      given: Given,
    ) => void;
    readonly ask: (
      ctx: OperationContext<SharedError, SignInStore>,
      subject: Subject,
      request: At & {
        /** Of the request that leads to the question; the ANSWER of one that chose this challenge. */
        readonly given: Given;
        readonly device: ReadDevice;
        /** Whether nothing is proved before it. */
        readonly isFirst: boolean;
        /** Of a sign-in that the pool's functions direct. */
        readonly history?: SignInAttempt['history'];
      },
    ) => Promise<Question>;
  };
  /** Checks the secret, at the same cost for a decoy, which is never right. */
  readonly check: (
    ctx: OperationContext<SharedError, SignInStore>,
    subject: Subject,
    answer: Pick<Answer, 'pool' | 'client' | 'given'> & {
      readonly memory: SignInAttempt['memory'];
      readonly device: ReadDevice;
      /** What the next step depended on before this answer. */
      readonly facts: (user: User) => Promise<StepFacts>;
    },
  ) => Promise<Verdict>;
}

/** What a task has led to. */
export interface TaskResult {
  /** As changed. */
  readonly user: User;
  /** The challenge that setting up its factor has proved. */
  readonly proved?: ChallengeNameType;
}

/** A challenge that is something to do for a user who has proved who they are. */
export interface TaskChallenge extends ChallengeForm {
  readonly isFactor: false;
  readonly isChoice?: false;
  readonly ask: (facts: StepFacts & At) => Question;
  /** Does it, and spends the attempt in the same transaction. */
  readonly carryOut: (
    ctx: OperationContext<TaskError, SignInStore>,
    user: User,
    answer: Answer,
  ) => Promise<TaskResult>;
}

/** A challenge that asks which of several factors is answered. Its answer is ANSWER, the name of one, and proves nothing. */
export interface ChoiceChallenge extends ChallengeForm {
  readonly isFactor: false;
  readonly isChoice: true;
  readonly ask: (offered: readonly ChallengeNameType[]) => Question;
}

/** A challenge whose answer only opens another one, which is asked at once. */
export interface OpeningChallenge extends ChallengeForm {
  readonly isFactor: false;
  readonly isChoice?: false;
  readonly opens: ChallengeNameType;
  /** The question, where its turn comes by itself and it is not chosen. */
  readonly ask?: (user: User) => Question;
}

/** One challenge of the API. */
export type Challenge = FactorChallenge | TaskChallenge | ChoiceChallenge | OpeningChallenge;

/** Errors that an answer may end with: RespondToAuthChallenge and its admin twin both declare them. */
export type TaskError = ErrorOf<'RespondToAuthChallenge'> & ErrorOf<'AdminRespondToAuthChallenge'>;

/** Errors that InitiateAuth, RespondToAuthChallenge and their admin twins all declare. */
export type SharedError = TaskError & ErrorOf<'InitiateAuth'> & ErrorOf<'AdminInitiateAuth'>;

/** A member that the flow or challenge cannot do without. Source: behaviour.md 6.1, step 5. */
export function requireGiven(
  ctx: TransactionContext<'InvalidParameterException', never>,
  given: Given,
  name: string,
): string {
  return given[name] || ctx.fail('InvalidParameterException', `Missing required parameter ${name}`);
}
