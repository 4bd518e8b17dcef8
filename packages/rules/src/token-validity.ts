/** The unit of a validity. Source: API model, TimeUnitsType. */
export type TimeUnit = 'seconds' | 'minutes' | 'hours' | 'days';

/** An app client's token settings, as in the API (UserPoolClientType). */
export interface TokenValiditySettings {
  readonly AccessTokenValidity?: number | undefined;
  readonly IdTokenValidity?: number | undefined;
  readonly RefreshTokenValidity?: number | undefined;
  /** In minutes. */
  readonly AuthSessionValidity?: number | undefined;
  readonly TokenValidityUnits?:
    | {
        readonly AccessToken?: TimeUnit | undefined;
        readonly IdToken?: TimeUnit | undefined;
        readonly RefreshToken?: TimeUnit | undefined;
      }
    | undefined;
}

/** How long a client's tokens and sessions are valid. */
export interface TokenValidity {
  readonly accessMs: number;
  readonly idMs: number;
  readonly refreshMs: number;
  /** Of one challenge step. */
  readonly sessionMs: number;
}

/** The length of each unit. */
export const unitMs: Readonly<Record<TimeUnit, number>> = {
  seconds: 1000,
  minutes: 60_000,
  hours: 3_600_000,
  days: 86_400_000,
};

/**
 * The client's validities; unset ones are an hour whatever the unit, refresh tokens 30 days, sessions 3 minutes.
 * Source: behaviour.md 4.1.
 */
export function tokenValidity(settings: TokenValiditySettings): TokenValidity {
  const units = settings.TokenValidityUnits;
  const length = (value: number | undefined, unit: TimeUnit, unsetMs: number) =>
    value ? value * unitMs[unit] : unsetMs;
  return {
    accessMs: length(settings.AccessTokenValidity, units?.AccessToken ?? 'hours', unitMs.hours),
    idMs: length(settings.IdTokenValidity, units?.IdToken ?? 'hours', unitMs.hours),
    refreshMs: length(
      settings.RefreshTokenValidity,
      units?.RefreshToken ?? 'days',
      30 * unitMs.days,
    ),
    sessionMs: (settings.AuthSessionValidity ?? 3) * unitMs.minutes,
  };
}

/** Whether access and ID tokens may be valid that long: 5 minutes to a day. Source: behaviour.md 4.1. */
export function isShortValidity(lengthMs: number): boolean {
  return lengthMs >= 5 * unitMs.minutes && lengthMs <= unitMs.days;
}

/** Whether refresh tokens may be valid that long: an hour to ten years. Source: behaviour.md 4.1. */
export function isRefreshValidity(lengthMs: number): boolean {
  return lengthMs >= unitMs.hours && lengthMs <= 3650 * unitMs.days;
}

/**
 * Why the validities are refused: out of range, or a refresh token that expires before the others.
 * Source: behaviour.md 4.1; settings.md 2.4.
 */
export function tokenValidityProblem(
  validity: Pick<TokenValidity, 'accessMs' | 'idMs' | 'refreshMs'>,
): 'out-of-range' | 'beyond-refresh' | undefined {
  const { accessMs, idMs, refreshMs } = validity;
  const isInRange =
    isShortValidity(accessMs) && isShortValidity(idMs) && isRefreshValidity(refreshMs);
  if (!isInRange) return 'out-of-range';
  return refreshMs < Math.max(accessMs, idMs) ? 'beyond-refresh' : undefined;
}
