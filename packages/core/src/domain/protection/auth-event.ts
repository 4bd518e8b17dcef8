import type {
  ChallengeNameType,
  ChallengeResponseType,
  EventResponseType,
  EventType,
  FeedbackValueType,
} from '@poolhouse/model';
import type { ClientId } from '../ids.ts';
import type { Pool } from '../pools/pool.ts';
import { provesSameFactor } from '../tokens/token-gate.ts';
import type { Proof } from '../tokens/session.ts';
import type { User } from '../users/user.ts';

/** How long events are kept. Source: federation-triggers.md 5.4. */
export const EVENTS_KEPT_MS = 2 * 365 * 24 * 3_600_000;

/** What somebody said of an event: that it was the user, or was not. */
export interface EventFeedback {
  readonly value: FeedbackValueType;
  readonly provider: 'Admin' | 'User';
  readonly atMs: number;
}

/** Something that a user did, or somebody in their name. Source: API model, AuthEventType. */
export interface AuthEvent extends Pick<User, 'poolId' | 'sub'> {
  /** Of a sign-in: what the claim `event_id` of its tokens says. */
  readonly id: string;
  readonly kind: EventType;
  readonly atMs: number;
  readonly clientId: ClientId;
  readonly result: EventResponseType;
  readonly challenges: readonly ChallengeResponseType[];
  /** Where it came from: sealed for as long as the event is kept. */
  readonly sealedContext: string;
  readonly feedback?: EventFeedback;
}

/** Whether the pool keeps what its users do. Source: API model, UserPoolAddOnsType: AUDIT records, and changes nothing. */
export function recordsEvents({ settings }: Pick<Pool, 'settings'>): boolean {
  return (settings.UserPoolAddOns?.AdvancedSecurityMode ?? 'OFF') !== 'OFF';
}

/**
 * The answers of a sign-in, as an event has them: it knows passwords and second factors only, so another first factor is left out [unsure].
 * Source: API model, ChallengeName.
 */
export function challengeResponses(
  proofs: readonly Pick<Proof, 'challenge'>[],
  wrong?: ChallengeNameType,
): readonly ChallengeResponseType[] {
  const answers = [
    ...proofs.map(({ challenge }) => [challenge, 'Success'] as const),
    ...(wrong === undefined ? [] : [[wrong, 'Failure'] as const]),
  ];
  return answers.flatMap(([challenge, ChallengeResponse], at): ChallengeResponseType[] => {
    if (provesSameFactor(challenge, 'PASSWORD')) {
      return [{ ChallengeName: 'Password', ChallengeResponse }];
    }
    return at === 0 ? [] : [{ ChallengeName: 'Mfa', ChallengeResponse }];
  });
}
