import type { ScreenTexts } from './screen-texts';
import type { AuthErrorCode, PasswordReason } from '../errors/auth-error';

/** Every text that the kit shows to people, by section. */
export interface PoolhouseTexts {
  /** `{attributes}` stands for the names of the attributes that an error is about. */
  readonly errors: Readonly<Record<AuthErrorCode, string>>;
  /** Why a password is refused. */
  readonly passwordReasons: Readonly<Record<PasswordReason, string>>;
  /** What attributes are called, by their names in the pool. */
  readonly attributes: Readonly<Record<string, string>>;
  /** The words of the ready-made screens that are other than the English ones, which come with the screens. */
  readonly screens: Partial<ScreenTexts>;
}

/** Some texts of some sections. */
export type PartialPoolhouseTexts = {
  readonly [Section in keyof PoolhouseTexts]?: Partial<PoolhouseTexts[Section]>;
};
