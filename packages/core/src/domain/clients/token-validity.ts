import type { TimeUnitsType } from '@poolhouse/model';
import { settingsTexts } from '../settings-texts.ts';
import type { Client } from './client.ts';

/** How long what a client gets lives. */
export interface TokenValidity {
  readonly accessMs: number;
  readonly idMs: number;
  readonly refreshMs: number;
  /** Of one challenge step. */
  readonly sessionMs: number;
}

const unitMs: Readonly<Record<TimeUnitsType, number>> = {
  seconds: 1000,
  minutes: 60_000,
  hours: 3_600_000,
  days: 86_400_000,
};

/**
 * The client's validities; unset ones are an hour whatever the unit, refresh tokens 30 days, sessions 3 minutes.
 * Source: behaviour.md 4.1.
 */
export function tokenValidity(client: Pick<Client, 'settings'>): TokenValidity {
  const { settings } = client;
  const units = settings.TokenValidityUnits;
  const length = (value: number | undefined, unit: TimeUnitsType, unsetMs: number) =>
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

/**
 * Why the validities are refused: access and ID tokens live 5 minutes to a day, refresh tokens an hour to ten years
 * and not shorter than the others. Source: behaviour.md 4.1; settings.md 2.4.
 */
export function tokenValidityProblem(client: Pick<Client, 'settings'>): string | undefined {
  const { accessMs, idMs, refreshMs } = tokenValidity(client);
  const outside = (value: number, least: number, most: number) => value < least || value > most;
  const isOutOfRange =
    outside(accessMs, 5 * unitMs.minutes, unitMs.days) ||
    outside(idMs, 5 * unitMs.minutes, unitMs.days) ||
    outside(refreshMs, unitMs.hours, 3650 * unitMs.days);
  if (isOutOfRange) return settingsTexts.validityOutOfRange;
  return refreshMs < Math.max(accessMs, idMs) ? settingsTexts.validityBeyondRefresh : undefined;
}
