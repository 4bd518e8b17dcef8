import type { Pool } from '../domain/pools/pool.ts';
import { hasTrigger } from '../domain/pools/unbuilt-settings.ts';
import { messages } from '../domain/texts.ts';
import type { OperationContext } from '../operation.ts';
import {
  callTrigger,
  refuseOutput,
  type TriggerCall,
  type TriggerError,
} from '../triggers/call-trigger.ts';
import { requireNoTrigger } from '../triggers/fail-closed.ts';
import type { Answered, At } from './attempt.ts';
import { shownName, type Subject } from './identify.ts';

const TRIGGERS = [
  'DefineAuthChallenge',
  'CreateAuthChallenge',
  'VerifyAuthChallengeResponse',
] as const;

/** Whom a function is called for. */
interface CalledFor extends At {
  readonly subject: Subject;
  /** USERNAME as it came in, for whoever does not exist. */
  readonly typed: string;
}

/** Whom a function is called for, and the answers so far. */
interface CalledAfter extends CalledFor {
  readonly history: readonly Answered[];
}

/** What follows, as the pool's owner wants it. */
type Decision = 'tokens' | 'failure' | 'CUSTOM_CHALLENGE' | 'PASSWORD_VERIFIER';

/** A challenge as a function made it. */
interface CreatedChallenge {
  readonly publicParameters: Readonly<Record<string, string>>;
  readonly privateParameters: Readonly<Record<string, string>>;
  readonly metadata?: string;
}

type Context = OperationContext<TriggerError | 'InvalidParameterException', never>;
type Members = Readonly<Record<string, unknown>>;

/** Refuses CUSTOM_AUTH for a pool without functions for it, and where they cannot be run. Source: behaviour.md 6.1. */
export function requireCustomAuth(ctx: Context, pool: Pool): void {
  if (ctx.world.triggers === undefined) requireNoTrigger(ctx, pool, ...TRIGGERS);
  if (!hasTrigger(pool, 'DefineAuthChallenge')) refuseUnconfigured(ctx);
}

/**
 * Asks what follows. A failure is more than tokens, and tokens are more than a challenge. The password can only be asked for where SRP has just
 * begun. Source: behaviour.md 6.11; neither a flag nor a challenge [unsure].
 */
export async function defineNext(ctx: Context, call: CalledAfter): Promise<Decision> {
  const response = await callFunction(ctx, call, {
    trigger: 'DefineAuthChallenge',
    request: { session: sessionOf(call) },
    response: { challengeName: null, issueTokens: null, failAuthentication: null },
    hidesMetadata: isBeginning(call),
  });
  const fails = flagOf(ctx, response, 'failAuthentication');
  const issues = flagOf(ctx, response, 'issueTokens');
  if (fails) return 'failure';
  if (issues) return 'tokens';
  const { challengeName: name } = response;
  if (name === 'CUSTOM_CHALLENGE') return name;
  if (name === 'PASSWORD_VERIFIER' && call.history.at(-1)?.challenge === 'SRP_A') return name;
  return refuseOutput(ctx, 'neither a flag nor a challenge that can be asked');
}

/** Makes the next challenge; `undefined` without private parameters, which counts as a wrong user or password. Source: settings.md 11. */
export async function createChallenge(
  ctx: Context,
  call: CalledAfter,
): Promise<CreatedChallenge | undefined> {
  const response = await callFunction(ctx, call, {
    trigger: 'CreateAuthChallenge',
    request: { challengeName: 'CUSTOM_CHALLENGE', session: sessionOf(call) },
    response: {
      publicChallengeParameters: null,
      privateChallengeParameters: null,
      challengeMetadata: null,
    },
    hidesMetadata: isBeginning(call),
  });
  const publicParameters = textsOf(ctx, response['publicChallengeParameters']);
  const privateParameters = textsOf(ctx, response['privateChallengeParameters']);
  const metadata = response['challengeMetadata'] ?? undefined;
  if (metadata !== undefined && typeof metadata !== 'string') {
    return refuseOutput(ctx, 'challengeMetadata is no text');
  }
  if (Object.keys(privateParameters).length === 0) return undefined;
  return { publicParameters, privateParameters, ...(metadata !== undefined && { metadata }) };
}

/** Whether an answer is right. A function that says nothing has not found it right, so that a guess counts as one. */
export async function verifyAnswer(
  ctx: Context,
  call: CalledFor,
  answer: string,
  privateParameters: CreatedChallenge['privateParameters'],
): Promise<boolean> {
  const response = await callFunction(ctx, call, {
    trigger: 'VerifyAuthChallengeResponse',
    request: { privateChallengeParameters: privateParameters, challengeAnswer: answer },
    response: { answerCorrect: null },
  });
  return flagOf(ctx, response, 'answerCorrect');
}

/** Who does not exist has no attributes [unsure]. */
async function callFunction(
  ctx: Context,
  { pool, client, subject, typed }: CalledFor,
  call: Omit<TriggerCall, 'cause' | 'user' | 'client'>,
): Promise<Members> {
  const userNotFound = subject.kind === 'decoy';
  const user = userNotFound
    ? { username: shownName(pool, subject, typed), attributes: {} }
    : subject.user;
  const response = await callTrigger(ctx, pool, {
    ...{ ...call, cause: 'Authentication', user, client },
    request: { ...call.request, userNotFound },
  });
  return response ?? refuseUnconfigured(ctx);
}

function refuseUnconfigured(ctx: Context): never {
  return ctx.fail('InvalidParameterException', messages.customAuthNotConfigured);
}

/** The answers so far as functions hear of them; where there is no metadata it is null, as in logged events [field]. */
function sessionOf({ history }: CalledAfter) {
  return history.map(({ challenge, isRight, metadata = null }) => ({
    challengeName: challenge,
    challengeResult: isRight,
    challengeMetadata: metadata,
  }));
}

/** Whether InitiateAuth calls, whose metadata these functions do not get. Source: federation-triggers.md 3.4. */
function isBeginning({ history }: CalledAfter): boolean {
  return history.every(({ challenge }) => challenge === 'SRP_A');
}

function flagOf(ctx: Context, response: Members, name: string): boolean {
  const flag = response[name] ?? false;
  return typeof flag === 'boolean' ? flag : refuseOutput(ctx, `${name} is no boolean`);
}

/** Parameters are texts. Numbers and booleans in their place become some, as parsers of typed JSON make them [unsure]. */
function textsOf(ctx: Context, value: unknown): Readonly<Record<string, string>> {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) {
    return refuseOutput(ctx, 'no parameters where they belong');
  }
  const texts = Object.entries(value).map(([name, one]: [string, unknown]) => {
    const isText = ['string', 'number', 'boolean'].includes(typeof one);
    return [name, isText ? String(one) : refuseOutput(ctx, `${name} is no text`)] as const;
  });
  return Object.fromEntries(texts);
}
