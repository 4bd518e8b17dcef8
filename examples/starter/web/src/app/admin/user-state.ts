import type { ListedUser } from './listed-user';

/** The state of a user as a word, and the tone that it is shown in. */
export interface UserState {
  readonly word: string;
  readonly tone: 'good' | 'warn' | 'bad' | '';
}

/** Source: API model, UserStatusType. */
const STATES: Readonly<Record<string, UserState>> = {
  CONFIRMED: { word: 'Confirmed', tone: 'good' },
  UNCONFIRMED: { word: 'Unconfirmed', tone: '' },
  FORCE_CHANGE_PASSWORD: { word: 'Temp password', tone: 'warn' },
  RESET_REQUIRED: { word: 'Reset required', tone: 'warn' },
};

/** Reads the state of a user; disabled comes before everything else. */
export function stateOf({ enabled, status = '' }: ListedUser): UserState {
  if (!enabled) return { word: 'Disabled', tone: 'bad' };
  return STATES[status] ?? { word: 'From another provider', tone: '' };
}
