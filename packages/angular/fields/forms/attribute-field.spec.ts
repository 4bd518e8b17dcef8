import { type AttributeName, englishTexts, type SignUpField } from '@poolhouse/angular';
import { screenTexts } from '../texts/screen-texts';
import { attributeField, cleanPhone } from './attribute-field';

const { problemEmail, problemPhone, problemDate, problemUrl } = screenTexts;

function problemOf(entry: AttributeName | SignUpField, value: string): string | null {
  const { field } = attributeField(entry, englishTexts);
  field.value.set(value);
  return field.problem();
}

describe('attributeField', () => {
  it.each<[AttributeName, string, string | null]>([
    ['email', 'mara@example.com', null],
    ['email', ' mara@example.com ', null],
    ['email', 'mara', problemEmail],
    ['email', 'mara@example', problemEmail],
    ['email', 'mara@@example.com', problemEmail],
    ['email', 'mara@example.', problemEmail],
    ['phone_number', '+49 (30) 90-18/20', null],
    ['phone_number', '0049 30 901820', null],
    ['phone_number', '030 901820', problemPhone],
    ['phone_number', '+49 30 9018200000000', problemPhone],
    ['birthdate', '1990-05-31', null],
    ['birthdate', '31.5.1990', problemDate],
    ['website', 'https://example.com', null],
    ['website', 'javascript:alert(1)', problemUrl],
    ['given_name', 'Mara', null],
    ['given_name', '   ', 'Enter your given name.'],
    ['custom:shirt_size', '', 'Enter your shirt size.'],
  ])('checks %s %j', (name, value, problem) => {
    expect(problemOf(name, value)).toBe(problem);
  });

  it('lets an optional one be empty, and not wrong', () => {
    const phone: SignUpField = { name: 'phone_number', required: false };
    expect(problemOf(phone, '')).toBeNull();
    expect(problemOf(phone, '12')).toBe(problemPhone);
  });

  it('holds values to their lengths', () => {
    const plan: SignUpField = { name: 'custom:plan', minLength: 3, maxLength: 5 };
    expect(problemOf(plan, 'ab')).toBe('Enter 3 characters or more.');
    expect(problemOf(plan, 'abcdef')).toBe('Enter 5 characters at most.');
    expect(problemOf(plan, 'abcd')).toBeNull();
  });

  it('tells browsers what they can fill in', () => {
    const shown = (name: AttributeName) => {
      const { type, autocomplete, label } = attributeField(name, englishTexts);
      return { type, autocomplete, label };
    };
    expect(shown('phone_number')).toEqual({
      type: 'tel',
      autocomplete: 'tel',
      label: 'Phone number',
    });
    expect(shown('given_name')).toEqual({
      type: 'text',
      autocomplete: 'given-name',
      label: 'Given name',
    });
    expect(shown('custom:shirt_size')).toEqual({
      type: 'text',
      autocomplete: 'off',
      label: 'Shirt size',
    });
  });

  it('sends phone numbers as the pool wants them', () => {
    expect(cleanPhone(' 0049 (30) 90.18-20 ')).toBe('+4930901820');
  });
});
