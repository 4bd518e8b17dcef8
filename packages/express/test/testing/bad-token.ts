import type { RefusalReason } from '../../src/index.ts';

/** A token that nobody may get in with. */
export interface BadToken {
  /** The attack of security.md 2.6 and its variant. */
  readonly name: string;
  readonly token: string;
  readonly reason: RefusalReason;
  /** What the route asks for; `access` when left out. */
  readonly tokenUse?: 'id';
  /** aws-jwt-verify lets this one in; we do not. */
  readonly stricter?: true;
}

/** A value as the name of a case shows it. */
export function label(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 120) ?? 'absent';
}
