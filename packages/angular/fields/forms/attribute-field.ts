import { isEmailAddress, isPhoneNumber } from '@poolhouse/rules';
import type { AttributeName, PoolhouseTexts, SignUpField, ScreenTexts } from '@poolhouse/angular';
import { fill, missingText, wordsOf } from '../texts/screen-texts';
import { Field } from './field';

/** An attribute that is asked for, ready to be shown. */
export interface AttributeField {
  readonly name: string;
  readonly label: string;
  readonly help: string;
  readonly required: boolean;
  readonly type: string;
  readonly autocomplete: string;
  readonly options: readonly { value: string; label: string }[];
  readonly field: Field;
}

/** How an attribute is typed, where it is not plain text. Source: HTML Standard, autofill field names. */
const KINDS: Readonly<Record<string, { type?: string; autocomplete: string }>> = {
  address: { autocomplete: 'street-address' },
  birthdate: { type: 'date', autocomplete: 'bday' },
  email: { type: 'email', autocomplete: 'email' },
  family_name: { autocomplete: 'family-name' },
  gender: { autocomplete: 'sex' },
  given_name: { autocomplete: 'given-name' },
  locale: { autocomplete: 'language' },
  middle_name: { autocomplete: 'additional-name' },
  name: { autocomplete: 'name' },
  nickname: { autocomplete: 'nickname' },
  phone_number: { type: 'tel', autocomplete: 'tel' },
  picture: { type: 'url', autocomplete: 'photo' },
  profile: { type: 'url', autocomplete: 'off' },
  website: { type: 'url', autocomplete: 'url' },
};

/** Makes the field of an attribute; a bare name is a required one. */
export function attributeField(
  entry: AttributeName | SignUpField,
  texts: PoolhouseTexts,
): AttributeField {
  const given: SignUpField = typeof entry === 'string' ? { name: entry } : entry;
  const words = wordsOf(texts);
  const type = given.type ?? KINDS[given.name]?.type ?? 'text';
  const label = given.label ?? attributeLabel(given.name, texts);
  const required = given.required ?? true;
  return {
    name: given.name,
    label,
    help: given.help ?? helpFor(given.name, words),
    required,
    type,
    autocomplete: given.autocomplete ?? KINDS[given.name]?.autocomplete ?? 'off',
    options: given.options ?? [],
    field: new Field({
      clean: type === 'tel' ? cleanPhone : (value) => value.trim(),
      check: (value) => {
        if (value === '') return required ? missingText(label, words) : null;
        return typeProblem(type, value, words) ?? lengthProblem(given, value, words);
      },
    }),
  };
}

/** What an attribute is called above a field. */
export function attributeLabel(name: string, texts: PoolhouseTexts): string {
  const words = texts.attributes[name] ?? name.replace(/^custom:/, '').replaceAll(/[_-]+/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Removes what people write into phone numbers to read them. Source: ITU-T E.123. */
export function cleanPhone(value: string): string {
  return value
    .trim()
    .replaceAll(/[\s().\-/]/g, '')
    .replace(/^00/, '+');
}

function helpFor(name: string, words: ScreenTexts): string {
  if (name === 'email') return words.emailHelp;
  return name === 'phone_number' ? words.phoneHelp : '';
}

function typeProblem(type: string, value: string, words: ScreenTexts): string | null {
  switch (type) {
    case 'email':
      return isEmailAddress(value) ? null : words.problemEmail;
    case 'tel':
      return isPhoneNumber(value) ? null : words.problemPhone;
    case 'url':
      return /^https?:\/\/\S+$/.test(value) ? null : words.problemUrl;
    case 'date':
      return /^\d{4}-\d{2}-\d{2}$/.test(value) ? null : words.problemDate;
    default:
      return null;
  }
}

function lengthProblem(given: SignUpField, value: string, words: ScreenTexts): string | null {
  const { minLength = 0, maxLength = 2048 } = given;
  if (value.length < minLength) return fill(words.problemShort, { minimum: minLength });
  return value.length > maxLength ? fill(words.problemLong, { maximum: maxLength }) : null;
}
