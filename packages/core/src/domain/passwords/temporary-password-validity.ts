import type { Pool } from '../pools/pool.ts';

const DAY_MS = 86_400_000;

/**
 * When a temporary password that is set now expires. 0 days mean the default, 7; the older setting `UnusedAccountValidityDays` counts if
 * the policy has none. Source: behaviour.md 5.1.
 */
export function temporaryPasswordEndsAtMs(pool: Pool, nowMs: number): number {
  const { Policies, AdminCreateUserConfig } = pool.settings;
  const days =
    Policies?.PasswordPolicy?.TemporaryPasswordValidityDays ??
    AdminCreateUserConfig?.UnusedAccountValidityDays;
  return nowMs + (days || 7) * DAY_MS;
}
