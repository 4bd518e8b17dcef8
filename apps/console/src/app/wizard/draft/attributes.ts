import type { Choices } from './choices.ts';

/** Standard attributes that people have, in the order of the API. Source: behaviour.md 3.2. */
export const STANDARD_ATTRIBUTES = [
  'name',
  'given_name',
  'family_name',
  'middle_name',
  'nickname',
  'preferred_username',
  'profile',
  'picture',
  'website',
  'email',
  'gender',
  'birthdate',
  'zoneinfo',
  'locale',
  'phone_number',
  'address',
  'updated_at',
] as const;

/** What a client may be let read beside them. */
export const READ_ONLY_ATTRIBUTES = ['email_verified', 'phone_number_verified'] as const;

/** Full names of the draft's custom attributes. */
export function customNames({ custom }: Choices): readonly string[] {
  return custom.filter(({ name }) => name !== '').map(({ name }) => `custom:${name}`);
}

/** The attributes that the app client may write: chosen ones, else all standard ones and no custom ones. */
export function writableOf(choices: Choices): readonly string[] {
  return inSchema(choices, choices.writable ?? STANDARD_ATTRIBUTES);
}

/** The attributes that the app client may read; `undefined` is all. */
export function readableOf(choices: Choices): readonly string[] | undefined {
  return choices.readable && inSchema(choices, choices.readable);
}

/** Only what the pool will have: a custom attribute may have been taken away since it was chosen. */
function inSchema(choices: Choices, names: readonly string[]): readonly string[] {
  const custom = new Set(customNames(choices));
  return names.filter((name) => !name.startsWith('custom:') || custom.has(name));
}
